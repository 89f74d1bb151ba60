import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { logistic } from '../../../../numerics/logistic.ts';
import { emscripten } from '../emscripten.ts';
import type { WasmKernel } from '../kernel.ts';
import { programsFor } from '../programs.ts';

/** x sigmoid(x) in one pass instead of two; input `x`. */
export const silu: WasmKernel = {
  name: 'Silu',
  create:
    () =>
    ({ inputs: { x }, backend }) => {
      const out = backend.makeOutput(x.shape, 'float32');
      const address = (tensor: TensorInfo) => backend.dataIdMap.get(tensor.dataId).memoryOffset;
      const [from, to] = [x, out].map(address);
      const size = util.sizeFromShape(x.shape);
      const vectored = size - (size % 4);
      if (vectored > 0) programsFor(backend).silu(from, to, vectored);
      const heap = emscripten(backend).HEAPF32;
      for (let i = vectored; i < size; i++) heap[to / 4 + i] = heap[from / 4 + i] * logistic(heap[from / 4 + i]);
      return out;
    },
};

/** Its slope times `dy` in one pass instead of five; inputs `x` and `dy`. */
export const siluGrad: WasmKernel = {
  name: 'SiluGrad',
  create:
    () =>
    ({ inputs: { x, dy }, backend }) => {
      const out = backend.makeOutput(x.shape, 'float32');
      const address = (tensor: TensorInfo) => backend.dataIdMap.get(tensor.dataId).memoryOffset;
      const [from, slope, to] = [x, dy, out].map(address);
      const size = util.sizeFromShape(x.shape);
      const vectored = size - (size % 4);
      if (vectored > 0) programsFor(backend).siluGradient(from, slope, to, vectored);
      const heap = emscripten(backend).HEAPF32;
      for (let i = vectored; i < size; i++) {
        const value = heap[from / 4 + i];
        const s = logistic(value);
        heap[to / 4 + i] = heap[slope / 4 + i] * s * (1 + value * (1 - s));
      }
      return out;
    },
};
