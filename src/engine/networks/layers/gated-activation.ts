import { add, mul, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { type Activation, activationFunctions } from '../activation.ts';
import type { Layer } from './layer.ts';

/**
 * y = x + a (f(x) - x) with a weight a for each unit, [units]: linear at a = 0, f at a = 1 (Wei et al. 2016, section 3.4).
 * A layer can so be put into a trained network without changing it, whatever f is.
 */
export const gatedActivation =
  (name: Activation, gate: Tensor): Layer =>
  (x) => {
    const f = activationFunctions[name];
    const y = f.value(x);
    const bend = sub(y, x);
    return {
      output: add(x, mul(gate, bend)),
      backward: (gradient) => ({
        parameters: [sum(mul(gradient, bend), 0)],
        // dy/dx = 1 + a (f'(x) - 1)
        input: () => add(gradient, mul(gradient, mul(gate, sub(f.slope(x, y), 1)))),
      }),
    };
  };
