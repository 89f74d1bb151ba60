import { mul, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { filled, type LayerPlan, planOf, type RowShape, unitsOf } from './plan.ts';

export interface ScaleSpec {
  readonly kind: 'scale';
  /** Factor of the learning rate; absent: 1. */
  readonly rate?: number;
}

export function planScale({ rate }: ScaleSpec, input: RowShape): LayerPlan {
  const shape = [unitsOf(input, 'scale')];
  return planOf({
    output: input,
    parameters: [{ name: 'scale', shape, initial: filled(shape, 1), rate }],
    apply: ({ parameters: [factors] }) => scale(factors),
  });
}

/** y = s x with a factor for each column: a soft choice of features (RealMLP, Holzmueller et al. 2024, section 3). */
export const scale =
  (factors: Tensor): Layer =>
  (x) => ({
    output: mul(x, factors),
    backward: (gradient) => ({
      parameters: [sum(mul(gradient, x), 0)],
      input: () => mul(gradient, factors),
    }),
  });
