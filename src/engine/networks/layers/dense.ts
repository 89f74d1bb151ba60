import { fused, matMul, sum, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';

/** y = x W + b; kernel W [inputs x units], bias b [units]. */
export const dense =
  (kernel: Tensor, bias: Tensor): Layer =>
  (x) => ({
    output: fused.matMul({ a: x, b: kernel as Tensor2D, bias }) as Tensor2D,
    backward: (gradient) => ({
      parameters: [matMul(x, gradient, true, false), sum(gradient, 0)],
      input: () => matMul(gradient, kernel as Tensor2D, false, true),
    }),
  });
