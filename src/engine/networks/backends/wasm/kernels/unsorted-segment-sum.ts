import { UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import { heapFloats, heapIntegers, type WasmKernel } from '../kernel.ts';

/**
 * x [n, ...inner] summed into [segments, ...inner] by segmentIds [n]: the gradient of `gather`, hence of embeddings.
 * Rows whose id is negative or past the last segment are left out, as TensorFlow does.
 */
export const unsortedSegmentSum: WasmKernel = {
  name: UnsortedSegmentSum,
  create: () => (call) => {
    const { x, segmentIds } = call.inputs;
    if (segmentIds.shape.length !== 1 || segmentIds.shape[0] !== x.shape[0]) {
      throw new RangeError(`segment ids [${segmentIds.shape}] do not fit x [${x.shape}]: one id a row is needed`);
    }
    const segmentCount = call.attrs.numSegments as number;
    const out = call.backend.makeOutput([segmentCount, ...x.shape.slice(1)], 'float32');
    addSegments(heapFloats(call.backend, x), heapIntegers(call.backend, segmentIds), heapFloats(call.backend, out));
    return out;
  },
};

function addSegments(x: Float32Array, ids: Int32Array, sums: Float32Array): void {
  sums.fill(0);
  const inner = ids.length === 0 ? 0 : x.length / ids.length;
  for (let row = 0; row < ids.length; row++) {
    const to = ids[row] * inner;
    if (to < 0 || to + inner > sums.length) continue;
    for (let j = 0; j < inner; j++) sums[to + j] += x[row * inner + j];
  }
}
