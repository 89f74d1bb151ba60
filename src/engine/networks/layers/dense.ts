import { fused, matMul, sum, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { filled, type LayerPlan, normal, planOf, type RowShape, unitsOf } from './plan.ts';

export interface DenseSpec {
  readonly kind: 'dense';
  readonly units: number;
  /** Deviation of a fresh weight is gain / sqrt(inputs): 1 by default, the root of 2 before a relu; 0 begins at nothing. */
  readonly gain?: number;
}

export function planDense({ units, gain = 1 }: DenseSpec, input: RowShape): LayerPlan {
  const inputs = unitsOf(input, 'dense');
  const shape = [inputs, units];
  return planOf({
    output: [units],
    parameters: [
      { name: 'kernel', shape, initial: normal(shape, gain / Math.sqrt(Math.max(inputs, 1))), decays: true },
      { name: 'bias', shape: [units], initial: filled([units], 0) },
    ],
    work: inputs * units,
    apply: ({ parameters: [kernel, bias] }) => dense(kernel, bias),
  });
}

/** y = x W + b; x [rows x inputs], kernel W [inputs x units], bias b [units]. */
export const dense =
  (kernel: Tensor, bias: Tensor): Layer =>
  (x) => ({
    output: fused.matMul({ a: x as Tensor2D, b: kernel as Tensor2D, bias }),
    backward: (gradient) => ({
      parameters: [matMul(x, gradient, true, false), sum(gradient, 0)],
      input: () => matMul(gradient, kernel, false, true),
    }),
  });
