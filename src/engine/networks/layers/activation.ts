import { mul, type Tensor } from '@tensorflow/tfjs-core';
import { type Activation, type ActivationFunction, activationFunctions } from '../activation.ts';
import type { Layer } from './layer.ts';
import { type LayerPlan, planOf, type RowShape } from './plan.ts';

/** y = f(x), entry by entry. */
export const activation =
  (name: Activation): Layer =>
  (x) => {
    const f = activationFunctions[name];
    const { value: output, times } = f.both?.(x) ?? separately(f, x);
    return { output, backward: (gradient) => ({ parameters: [], input: () => times(gradient) }) };
  };

function separately(f: ActivationFunction, x: Tensor) {
  const value = f.value(x);
  return { value, times: (gradient: Tensor) => mul(gradient, f.slope(x, value)) };
}

export interface ActivationSpec {
  readonly kind: 'activation';
  readonly activation: Activation;
}

export const planActivation = (spec: ActivationSpec, input: RowShape): LayerPlan =>
  planOf({ output: input, apply: () => activation(spec.activation) });
