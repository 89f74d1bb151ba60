import { backend_util, MaxPoolGrad } from '@tensorflow/tfjs-core';
import { heapFloats, type WasmKernel } from '../kernel.ts';

/**
 * The slope of each window goes to its largest number, to the first of equals. The stock kernel is wrong where a window's largest
 * number is negative.
 */
export const maxPoolGrad: WasmKernel = {
  name: MaxPoolGrad,
  create:
    () =>
    ({ inputs: { dy, input, output }, backend, attrs }) => {
      const info = backend_util.computePool2DInfo(
        input.shape as [number, number, number, number],
        attrs.filterSize as [number, number],
        attrs.strides as [number, number],
        1,
        attrs.pad as 'same' | 'valid' | number,
        attrs.dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
      );
      const out = backend.makeOutput(input.shape, 'float32');
      const [slope, x, y, to] = [dy, input, output, out].map((tensor) => heapFloats(backend, tensor));
      to.fill(0);
      for (let window = 0; window < info.batchSize * info.outHeight * info.outWidth; window++) {
        passWindow(info, window, slope, x, y, to);
      }
      return out;
    },
};

function passWindow(
  info: backend_util.Conv2DInfo,
  window: number,
  slope: Float32Array,
  x: Float32Array,
  y: Float32Array,
  to: Float32Array,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  const image = Math.floor(window / (outHeight * outWidth));
  const top = (Math.floor(window / outWidth) % outHeight) * info.strideHeight - info.padInfo.top;
  const left = (window % outWidth) * info.strideWidth - info.padInfo.left;
  const [firstRow, lastRow] = [Math.max(0, top), Math.min(inHeight, top + info.filterHeight)];
  const [firstColumn, lastColumn] = [Math.max(0, left), Math.min(inWidth, left + info.filterWidth)];
  for (let c = 0; c < inChannels; c++) {
    const largest = y[window * inChannels + c];
    search: for (let row = firstRow; row < lastRow; row++) {
      for (let column = firstColumn; column < lastColumn; column++) {
        const at = ((image * inHeight + row) * inWidth + column) * inChannels + c;
        if (x[at] !== largest) continue;
        to[at] += slope[window * inChannels + c];
        break search;
      }
    }
  }
}
