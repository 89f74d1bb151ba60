import { cast, div, equal, max, mul, ones, reshape, sum } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { type LayerPlan, planOf, type RowShape, sizeOf } from './plan.ts';

export interface GlobalPoolSpec {
  readonly kind: 'global-max-pool' | 'global-average-pool';
}

/** Takes images [height, width, channels] and sequences [length, units]. */
export function planGlobalPool({ kind }: GlobalPoolSpec, input: RowShape): LayerPlan {
  if (input.length < 2) throw new RangeError(`${kind} takes images or sequences, not rows of shape [${input}]`);
  const layer = kind === 'global-max-pool' ? globalMaximum : globalAverage;
  return planOf({ output: input.slice(-1), work: sizeOf(input), apply: () => layer }, sizeOf(input));
}

/** The largest number of each channel, [rows x channels]; places that tie share the gradient. */
export const globalMaximum: Layer = (x) => {
  const places = reshape(x, [x.shape[0], -1, x.shape[x.rank - 1]]);
  const largest = max(places, 1, true);
  return {
    output: reshape(largest, [x.shape[0], -1]),
    backward: (gradient) => ({
      parameters: [],
      input() {
        const found = cast(equal(places, largest), 'float32');
        return reshape(mul(found, div(reshape(gradient, largest.shape), sum(found, 1, true))), x.shape);
      },
    }),
  };
};

/** The mean of each channel, [rows x channels]. */
export const globalAverage: Layer = (x) => {
  const [rows, channels] = [x.shape[0], x.shape[x.rank - 1]];
  const places = reshape(x, [rows, -1, channels]);
  const share = (channels * rows) / x.size;
  return {
    output: mul(sum(places, 1), share),
    backward: (gradient) => ({
      parameters: [],
      input: () => reshape(mul(ones(places.shape), reshape(mul(gradient, share), [rows, 1, channels])), x.shape),
    }),
  };
};
