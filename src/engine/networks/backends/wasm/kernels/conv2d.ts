import { backend_util, Conv2D, FusedConv2D, type TensorInfo } from '@tensorflow/tfjs-core';
import { convolve, windowsOf } from '../convolution.ts';
import { type KernelCall, runKernel, type WasmKernel } from '../kernel.ts';
import { activated } from './fused-mat-mul.ts';

type Four = [number, number, number, number];

/** What tfjs makes of the attributes of a convolution. */
export function convolutionInfo(x: readonly number[], filter: readonly number[], attrs: KernelCall['attrs']) {
  return backend_util.computeConv2DInfo(
    x as Four,
    filter as Four,
    attrs.strides as [number, number],
    (attrs.dilations as [number, number] | undefined) ?? [1, 1],
    attrs.pad as 'same' | 'valid' | number,
    attrs.dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
    false,
    backend_util.convertConv2DDataFormat((attrs.dataFormat as 'NHWC' | undefined) ?? 'NHWC'),
  );
}

/** Whether it is one that ours are made for; the stock kernels take the others. */
const isPlain = ({ inputs: { x, filter }, attrs }: KernelCall): boolean => {
  const info = convolutionInfo(x.shape, filter.shape, attrs);
  return info.dilationHeight === 1 && info.dilationWidth === 1 && info.dataFormat === 'channelsLast';
};

function convolved({ inputs: { x, filter }, backend, attrs }: KernelCall, bias?: TensorInfo): TensorInfo {
  const info = convolutionInfo(x.shape, filter.shape, attrs);
  const out = backend.makeOutput(info.outShape, 'float32');
  const [from, kernel, to] = [x, filter, out].map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset);
  const start = bias && backend.dataIdMap.get(bias.dataId).memoryOffset;
  convolve(backend, windowsOf(info), info.batchSize, info.outChannels, from, kernel, to, start);
  return out;
}

/** Filters slid over images, without copying the windows side by side. */
export const conv2d: WasmKernel = {
  name: Conv2D,
  create(stock) {
    if (!stock) throw new Error('the wasm backend came without its Conv2D');
    return (call) => (isPlain(call) ? convolved(call) : runKernel(stock, call));
  },
};

/** The same with bias and activation. */
export const fusedConv2d: WasmKernel = {
  name: FusedConv2D,
  create(stock) {
    if (!stock) throw new Error('the wasm backend came without its FusedConv2D');
    return (call) => {
      const { bias } = call.inputs;
      const isVector = !bias || bias.shape.length === 1;
      return isVector && isPlain(call) ? activated(convolved(call, bias), call) : runKernel(stock, call);
    };
  },
};
