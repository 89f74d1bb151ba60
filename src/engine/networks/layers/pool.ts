import {
  AvgPoolGrad,
  avgPool,
  engine,
  MaxPoolGrad,
  maxPool,
  type NamedAttrMap,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { imageOf, type LayerPlan, planOf, type RowShape, sizeOf } from './plan.ts';
import { type Padding, windows } from './windows.ts';

export interface PoolSpec {
  readonly kind: 'max-pool' | 'average-pool';
  readonly size: number;
  /** By default the size: windows that do not overlap. */
  readonly stride?: number;
  /** Of maxima only: at the edge, backends disagree on the gradient of a mean. */
  readonly padding?: Padding;
}

export function planPool({ kind, size, stride = size, padding = 'valid' }: PoolSpec, input: RowShape): LayerPlan {
  const [height, width, channels] = imageOf(input, kind);
  if (kind === 'average-pool' && padding === 'same') throw new RangeError('average-pool takes padding valid only');
  const output = [windows(height, size, stride, padding), windows(width, size, stride, padding), channels];
  const layer = kind === 'max-pool' ? maximum : average;
  return planOf({ output, work: sizeOf(input), apply: () => layer(size, stride, padding) }, sizeOf(input));
}

const attributes = (size: number, stride: number, pad: Padding): NamedAttrMap => ({
  filterSize: [size, size],
  strides: [stride, stride],
  pad,
});

/** The largest number of each window of each channel; x [rows x height x width x channels]. */
export const maximum =
  (size: number, stride: number, pad: Padding): Layer =>
  (x) => {
    const output = maxPool(x as Tensor4D, size, stride, pad);
    return {
      output,
      backward: (dy) => ({
        parameters: [],
        input: () => engine().runKernel(MaxPoolGrad, { dy, input: x, output }, attributes(size, stride, pad)),
      }),
    };
  };

/** The mean of each window of each channel. */
export const average =
  (size: number, stride: number, pad: Padding): Layer =>
  (x) => ({
    output: avgPool(x as Tensor4D, size, stride, pad),
    backward: (dy) => ({
      parameters: [],
      input: () => engine().runKernel(AvgPoolGrad, { dy, input: x }, attributes(size, stride, pad)),
    }),
  });
