import {
  backend_util,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
} from '@tensorflow/tfjs-core';
import { heapFloats, type KernelCall, type WasmKernel } from '../kernel.ts';

type Four = [number, number, number, number];

/** Both gradients of a depthwise convolution, which the stock backend lacks. */
export const depthwiseConv2dBackpropInput: WasmKernel = {
  name: DepthwiseConv2dNativeBackpropInput,
  create:
    () =>
    ({ inputs: { dy, filter }, backend, attrs }) => {
      const info = infoOf(attrs.inputShape as Four, filter.shape as Four, attrs);
      const out = backend.makeOutput(info.inShape, 'float32');
      const [slope, kernel, to] = [dy, filter, out].map((tensor) => heapFloats(backend, tensor));
      to.fill(0);
      forEachTap(info, (at, tap, window) => {
        for (let c = 0; c < info.inChannels; c++) {
          for (let m = 0; m < info.outChannels / info.inChannels; m++) {
            const channel = (c * info.outChannels) / info.inChannels + m;
            to[at + c] += slope[window + channel] * kernel[tap * info.outChannels + channel];
          }
        }
      });
      return out;
    },
};

export const depthwiseConv2dBackpropFilter: WasmKernel = {
  name: DepthwiseConv2dNativeBackpropFilter,
  create:
    () =>
    ({ inputs: { x, dy }, backend, attrs }) => {
      const info = infoOf(x.shape as Four, attrs.filterShape as Four, attrs);
      const out = backend.makeOutput(info.filterShape, 'float32');
      const [from, slope, to] = [x, dy, out].map((tensor) => heapFloats(backend, tensor));
      to.fill(0);
      forEachTap(info, (at, tap, window) => {
        for (let c = 0; c < info.inChannels; c++) {
          for (let m = 0; m < info.outChannels / info.inChannels; m++) {
            const channel = (c * info.outChannels) / info.inChannels + m;
            to[tap * info.outChannels + channel] += slope[window + channel] * from[at + c];
          }
        }
      });
      return out;
    },
};

const infoOf = (x: Four, filter: Four, { strides, dilations, pad, dimRoundingMode }: KernelCall['attrs']) =>
  backend_util.computeConv2DInfo(
    x,
    filter,
    strides as [number, number],
    (dilations as [number, number] | undefined) ?? [1, 1],
    pad as 'same' | 'valid' | number,
    dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
    true,
  );

/** Each place of each window that lies inside of its image: where its pixel, its place in the filter and its result begin. */
function forEachTap(info: backend_util.Conv2DInfo, visit: (pixel: number, tap: number, window: number) => void): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  for (let window = 0; window < batchSize * outHeight * outWidth; window++) {
    const image = Math.floor(window / (outHeight * outWidth));
    const top = (Math.floor(window / outWidth) % outHeight) * info.strideHeight - info.padInfo.top;
    const left = (window % outWidth) * info.strideWidth - info.padInfo.left;
    for (let tap = 0; tap < info.filterHeight * info.filterWidth; tap++) {
      const y = top + Math.floor(tap / info.filterWidth) * info.dilationHeight;
      const x = left + (tap % info.filterWidth) * info.dilationWidth;
      if (y < 0 || y >= inHeight || x < 0 || x >= inWidth) continue;
      visit(((image * inHeight + y) * inWidth + x) * inChannels, tap, window * outChannels);
    }
  }
}
