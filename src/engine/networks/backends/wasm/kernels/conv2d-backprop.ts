import { Conv2DBackpropFilter, Conv2DBackpropInput } from '@tensorflow/tfjs-core';
import { convolveBack, kernelSlope, windowsOf } from '../convolution.ts';
import type { WasmKernel } from '../kernel.ts';
import { convolutionInfo } from './conv2d.ts';

/** d loss / d images; throws a RangeError for dilated filters. */
export const conv2dBackpropInput: WasmKernel = {
  name: Conv2DBackpropInput,
  create:
    () =>
    ({ inputs: { dy, filter }, backend, attrs }) => {
      const info = convolutionInfo(attrs.inputShape as number[], filter.shape, attrs);
      const out = backend.makeOutput(info.inShape, 'float32');
      const [slope, kernel, to] = [dy, filter, out].map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset);
      convolveBack(backend, windowsOf(info), info.batchSize, info.outChannels, slope, kernel, to);
      return out;
    },
};

/** d loss / d filter, which the stock backend lacks; throws a RangeError for dilated filters. */
export const conv2dBackpropFilter: WasmKernel = {
  name: Conv2DBackpropFilter,
  create:
    () =>
    ({ inputs: { x, dy }, backend, attrs }) => {
      const info = convolutionInfo(x.shape, attrs.filterShape as number[], attrs);
      const out = backend.makeOutput(info.filterShape, 'float32');
      const [from, slope, to] = [x, dy, out].map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset);
      kernelSlope(backend, windowsOf(info), info.batchSize, info.outChannels, from, slope, to);
      return out;
    },
};
