import {
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  engine,
  fused,
  type NamedAttrMap,
  reshape,
  sum,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { filled, imageOf, type LayerPlan, normal, planOf, type RowShape } from './plan.ts';
import { type Padding, windows } from './windows.ts';

export interface Conv2dSpec {
  readonly kind: 'conv2d';
  readonly filters: number;
  /** Side of the square that a filter sees. */
  readonly size: number;
  readonly stride?: number;
  readonly padding?: Padding;
  /** As of a dense layer. */
  readonly gain?: number;
}

export function planConv2d(spec: Conv2dSpec, input: RowShape): LayerPlan {
  const { filters, size, stride = 1, padding = 'same', gain = 1 } = spec;
  const [height, width, channels] = imageOf(input, 'conv2d');
  const output = [windows(height, size, stride, padding), windows(width, size, stride, padding), filters];
  const shape = [size, size, channels, filters];
  const inputs = size * size * channels;
  return planOf(
    {
      output,
      parameters: [
        { name: 'kernel', shape, initial: normal(shape, gain / Math.sqrt(inputs)), decays: true },
        { name: 'bias', shape: [filters], initial: filled([filters], 0) },
      ],
      work: inputs * output[0] * output[1] * filters,
      apply: ({ parameters: [kernel, bias] }) => conv2d(kernel, bias, [stride, stride], padding),
    },
    Math.max(input[0] * input[1] * input[2], output[0] * output[1] * filters),
  );
}

/**
 * Each filter slid over images x [rows x height x width x channels] (LeCun et al. 1998); kernel [height x width x channels x
 * filters], bias [filters].
 */
export const conv2d =
  (kernel: Tensor, bias: Tensor, strides: [number, number], pad: Padding): Layer =>
  (x) => {
    const shared: NamedAttrMap = { strides, pad, dataFormat: 'NHWC' };
    return {
      output: fused.conv2d({ x: x as Tensor4D, filter: kernel as Tensor4D, strides, pad, bias }),
      backward: (gradient) => ({
        parameters: [
          engine().runKernel(Conv2DBackpropFilter, { x, dy: gradient }, { ...shared, filterShape: kernel.shape }),
          sum(reshape(gradient, [-1, bias.size]), 0),
        ],
        input: () =>
          engine().runKernel(Conv2DBackpropInput, { dy: gradient, filter: kernel }, { ...shared, inputShape: x.shape }),
      }),
    };
  };
