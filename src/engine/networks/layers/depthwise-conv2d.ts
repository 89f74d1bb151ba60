import {
  add,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  depthwiseConv2d as depthwise,
  engine,
  type NamedAttrMap,
  reshape,
  sum,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { filled, imageOf, type LayerPlan, normal, planOf, type RowShape } from './plan.ts';
import { type Padding, windows } from './windows.ts';

export interface DepthwiseConv2dSpec {
  readonly kind: 'depthwise-conv2d';
  readonly size: number;
  readonly stride?: number;
  readonly padding?: Padding;
  readonly gain?: number;
}

export function planDepthwiseConv2d(spec: DepthwiseConv2dSpec, input: RowShape): LayerPlan {
  const { size, stride = 1, padding = 'same', gain = 1 } = spec;
  const [height, width, channels] = imageOf(input, 'depthwise-conv2d');
  const output = [windows(height, size, stride, padding), windows(width, size, stride, padding), channels];
  const shape = [size, size, channels, 1];
  return planOf(
    {
      output,
      parameters: [
        { name: 'kernel', shape, initial: normal(shape, gain / size), decays: true },
        { name: 'bias', shape: [channels], initial: filled([channels], 0) },
      ],
      work: size * size * output[0] * output[1] * channels,
      apply: ({ parameters: [kernel, bias] }) => depthwiseConv2d(kernel, bias, [stride, stride], padding),
    },
    height * width * channels,
  );
}

/** One filter for each channel, seeing that channel alone (Howard et al. 2017, section 3.1); kernel [height x width x channels x 1]. */
export const depthwiseConv2d =
  (kernel: Tensor, bias: Tensor, strides: [number, number], pad: Padding): Layer =>
  (x) => {
    const shared: NamedAttrMap = { strides, pad, dilations: [1, 1] };
    return {
      output: add(depthwise(x as Tensor4D, kernel as Tensor4D, strides, pad), bias),
      backward: (gradient) => ({
        parameters: [
          engine().runKernel(
            DepthwiseConv2dNativeBackpropFilter,
            { x, dy: gradient },
            { ...shared, filterShape: kernel.shape },
          ),
          sum(reshape(gradient, [-1, bias.size]), 0),
        ],
        input: () =>
          engine().runKernel(
            DepthwiseConv2dNativeBackpropInput,
            { dy: gradient, filter: kernel },
            { ...shared, inputShape: x.shape },
          ),
      }),
    };
  };
