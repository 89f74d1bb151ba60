import { Sum, type TensorInfo } from '@tensorflow/tfjs-core';
import { emscripten } from '../emscripten.ts';
import { type KernelCall, runKernel, type WasmKernel } from '../kernel.ts';
import { programsFor } from '../programs.ts';

/** Sums down the columns of a float32 matrix, the gradient of a bias, row by row; any other sum is the stock kernel's. */
export const sum: WasmKernel = {
  name: Sum,
  create(stock) {
    if (!stock) throw new Error('the wasm backend came without its Sum');
    return (call) => (isColumnSum(call) ? columnSums(call) : runKernel(stock, call));
  },
};

function isColumnSum({ inputs: { x }, attrs }: KernelCall): boolean {
  const axes = [attrs.axis].flat();
  return x.dtype === 'float32' && x.shape.length === 2 && axes.length === 1 && axes[0] === 0;
}

function columnSums({ inputs: { x }, backend, attrs }: KernelCall): TensorInfo {
  const [rows, columns] = x.shape;
  const out = backend.makeOutput(attrs.keepDims ? [1, columns] : [columns], 'float32');
  const [from, to] = [x, out].map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset);
  const heap = emscripten(backend).HEAPF32;
  heap.fill(0, to / 4, to / 4 + columns);
  if (columns > 0 && columns % 4 === 0 && rows > 0) programsFor(backend).sumRows(from, to, rows, columns);
  else for (let i = 0; i < rows * columns; i++) heap[to / 4 + (i % columns)] += heap[from / 4 + i];
  return out;
}
