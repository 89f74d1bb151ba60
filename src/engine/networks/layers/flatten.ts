import { reshape } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { type LayerPlan, planOf, type RowShape, sizeOf } from './plan.ts';

export interface FlattenSpec {
  readonly kind: 'flatten';
}

export const planFlatten = (_: FlattenSpec, input: RowShape): LayerPlan =>
  planOf({ output: [sizeOf(input)], apply: () => flatten });

/** All numbers of a row side by side. */
export const flatten: Layer = (x) => ({
  output: reshape(x, [x.shape[0], -1]),
  backward: (gradient) => ({ parameters: [], input: () => reshape(gradient, x.shape) }),
});
