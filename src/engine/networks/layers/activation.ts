import { mul } from '@tensorflow/tfjs-core';
import { type Activation, activationFunctions } from '../activation.ts';
import type { Layer } from './layer.ts';
import { type LayerPlan, planOf, type RowShape } from './plan.ts';

/** y = f(x), entry by entry. */
export const activation =
  (name: Activation): Layer =>
  (x) => {
    const f = activationFunctions[name];
    const output = f.value(x);
    return {
      output,
      backward: (gradient) => ({ parameters: [], input: () => mul(gradient, f.slope(x, output)) }),
    };
  };

export interface ActivationSpec {
  readonly kind: 'activation';
  readonly activation: Activation;
}

export const planActivation = (spec: ActivationSpec, input: RowShape): LayerPlan =>
  planOf({ output: input, apply: () => activation(spec.activation) });
