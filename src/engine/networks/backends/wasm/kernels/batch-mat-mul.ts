import { BatchMatMul, broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall, WasmKernel } from '../kernel.ts';
import { heapMatrix, multiplyMatrices } from '../product.ts';

/**
 * [..., n, k] times [..., k, m], either operand transposed; leading axes broadcast. The stock kernel leaves XNNPACK for
 * a plain triple loop as soon as an operand is transposed, which is the whole backward pass.
 */
export const batchMatMul: WasmKernel = { name: BatchMatMul, create: () => (call) => product(call) };

/** The product, with `bias` [m] added where there is one. Throws a RangeError where shapes do not fit. */
export function product({ inputs: { a, b }, backend, attrs }: KernelCall, bias?: TensorInfo): TensorInfo {
  const transposeA = Boolean(attrs.transposeA);
  const transposeB = Boolean(attrs.transposeB);
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [rows, inner] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [innerOfB, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  if (inner !== innerOfB)
    throw new RangeError(`no product of [${a.shape}] and [${b.shape}]: ${inner} is not ${innerOfB}`);
  const [aOuter, bOuter] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = broadcast_util.assertAndGetBroadcastShape(aOuter, bOuter);
  const out = backend.makeOutput([...outer, rows, columns], 'float32');
  const address = (tensor: TensorInfo) => backend.dataIdMap.get(tensor.dataId).memoryOffset;
  for (let i = 0; i < util.sizeFromShape(outer); i++) {
    const aAt = address(a) + 4 * aRows * aColumns * broadcastIndex(i, outer, aOuter);
    const bAt = address(b) + 4 * bRows * bColumns * broadcastIndex(i, outer, bOuter);
    multiplyMatrices(
      backend,
      { rows, inner, columns },
      heapMatrix(aAt, aColumns, transposeA),
      heapMatrix(bAt, bColumns, transposeB),
      address(out) + 4 * rows * columns * i,
      bias && address(bias),
    );
  }
  return out;
}

/** Which matrix of an operand with leading axes `shape` goes with the i-th of the result's, `outer`. */
function broadcastIndex(i: number, outer: readonly number[], shape: readonly number[]): number {
  let [index, stride] = [0, 1];
  for (let axis = outer.length - 1; axis >= 0; axis--) {
    const size = shape[axis - outer.length + shape.length] ?? 1;
    if (size > 1) index += (i % outer[axis]) * stride;
    stride *= size;
    i = Math.floor(i / outer[axis]);
  }
  return index;
}
