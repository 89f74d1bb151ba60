import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import { conv2d } from './conv2d.ts';
import type { Layer } from './layer.ts';
import { filled, type LayerPlan, normal, planOf, type RowShape } from './plan.ts';
import { type Padding, windows } from './windows.ts';

export interface Conv1dSpec {
  readonly kind: 'conv1d';
  readonly filters: number;
  /** Neighbours that a filter sees. */
  readonly size: number;
  readonly stride?: number;
  readonly padding?: Padding;
  readonly gain?: number;
}

export function planConv1d(spec: Conv1dSpec, input: RowShape): LayerPlan {
  const { filters, size, stride = 1, padding = 'same', gain = 1 } = spec;
  if (input.length !== 2) throw new RangeError(`conv1d takes sequences [length, units], not [${input}]`);
  const [length, units] = input;
  const output = [windows(length, size, stride, padding), filters];
  const shape = [1, size, units, filters];
  return planOf(
    {
      output,
      parameters: [
        { name: 'kernel', shape, initial: normal(shape, gain / Math.sqrt(size * units)), decays: true },
        { name: 'bias', shape: [filters], initial: filled([filters], 0) },
      ],
      work: size * units * output[0] * filters,
      apply: ({ parameters: [kernel, bias] }) => conv1d(kernel, bias, stride, padding),
    },
    Math.max(length * units, output[0] * filters),
  );
}

/** Each filter slid along sequences x [rows x length x units]: images of height 1. kernel [1 x size x units x filters]. */
export const conv1d =
  (kernel: Tensor, bias: Tensor, stride: number, padding: Padding): Layer =>
  (x) => {
    const [rows, length, units] = x.shape;
    const pass = conv2d(kernel, bias, [1, stride], padding)(reshape(x, [rows, 1, length, units]));
    const [, , places, filters] = pass.output.shape;
    return {
      output: reshape(pass.output, [rows, places, filters]),
      backward(gradient) {
        const { parameters, input } = pass.backward(reshape(gradient, pass.output.shape));
        return { parameters, input: () => reshape(input(), x.shape) };
      },
    };
  };
