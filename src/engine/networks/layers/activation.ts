import { mul } from '@tensorflow/tfjs-core';
import { type Activation, activationFunctions } from '../activation.ts';
import type { Layer } from './layer.ts';

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
