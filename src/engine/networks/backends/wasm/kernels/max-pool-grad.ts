import { backend_util, MaxPoolGrad } from '@tensorflow/tfjs-core';
import { heapFloats, type WasmKernel } from '../kernel.ts';
import { type Programs, programsFor } from '../programs.ts';

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
      if (info.inChannels % 4 === 0) {
        for (let row = 0; row < info.batchSize * info.outHeight; row++) {
          passRow(programsFor(backend), info, row, [x, y, slope, to]);
        }
      } else {
        for (let window = 0; window < info.batchSize * info.outHeight * info.outWidth; window++) {
          passWindow(info, window, slope, x, y, to);
        }
      }
      return out;
    },
};

/** One row of windows, four channels at a time: those that lie inside of the image at once, those at its edge one by one. */
function passRow(
  programs: Programs,
  info: backend_util.Conv2DInfo,
  row: number,
  arrays: readonly Float32Array[],
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideWidth, filterWidth } = info;
  const top = (row % outHeight) * info.strideHeight - info.padInfo.top;
  const firstRow = Math.max(0, top);
  const rows = Math.min(inHeight, top + info.filterHeight) - firstRow;
  const imageRow = Math.floor(row / outHeight) * inHeight + firstRow;
  const pixel = 4 * inChannels;
  const pass = (window: number, count: number) => {
    const left = window * strideWidth - info.padInfo.left;
    const first = Math.max(0, left);
    const width = Math.min(inWidth, left + filterWidth) - first;
    const [at, result] = [(imageRow * inWidth + first) * pixel, (row * outWidth + window) * pixel];
    const [x, y, slope, to] = arrays.map(({ byteOffset }, i) => byteOffset + (i === 1 || i === 2 ? result : at));
    const lengths = [rows, width * pixel, inWidth * pixel];
    programs.maxPoolGradient(x, y, slope, to, count, pixel, strideWidth * pixel, ...lengths);
  };
  const inside = Array.from({ length: outWidth }, (_, window) => window).filter((window) => {
    const left = window * strideWidth - info.padInfo.left;
    return left >= 0 && left + filterWidth <= inWidth;
  });
  const [from, to] = [inside[0] ?? 0, (inside.at(-1) ?? -1) + 1];
  if (to > from) pass(from, to - from);
  for (let window = 0; window < outWidth; window++) if (window < from || window >= to) pass(window, 1);
}

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
