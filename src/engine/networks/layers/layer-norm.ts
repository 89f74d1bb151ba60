import { add, mul, reshape, rsqrt, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { filled, type LayerPlan, planOf, type RowShape } from './plan.ts';

export interface LayerNormSpec {
  readonly kind: 'layer-norm';
}

export function planLayerNorm(_: LayerNormSpec, input: RowShape): LayerPlan {
  const shape = input.slice(-1);
  return planOf({
    output: input,
    parameters: [
      { name: 'scale', shape, initial: filled(shape, 1) },
      { name: 'shift', shape, initial: filled(shape, 0) },
    ],
    work: 4 * input.reduce((a, b) => a * b, 1),
    apply: ({ parameters: [scale, shift] }) => layerNorm(scale, shift),
  });
}

const epsilon = 1e-5;

/**
 * y = s (x - mean) / sqrt(variance + epsilon) + t, with mean and variance over the last axis of each row (Ba et al. 2016, equation
 * 4); scale s and shift t [units].
 */
export const layerNorm =
  (scale: Tensor, shift: Tensor): Layer =>
  (x) => {
    const units = scale.size;
    const flat = reshape(x, [-1, units]);
    const meanOf = (values: Tensor) => mul(sum(values, 1, true), 1 / units);
    const centred = sub(flat, meanOf(flat));
    const inverse = rsqrt(add(meanOf(mul(centred, centred)), epsilon));
    const normalised = mul(centred, inverse);
    return {
      output: reshape(add(mul(normalised, scale), shift), x.shape),
      backward(gradient) {
        const slope = reshape(gradient, [-1, units]);
        return {
          parameters: [sum(mul(slope, normalised), 0), sum(slope, 0)],
          input() {
            const scaled = mul(slope, scale);
            const along = mul(normalised, meanOf(mul(scaled, normalised)));
            return reshape(mul(inverse, sub(sub(scaled, meanOf(scaled)), along)), x.shape);
          },
        };
      },
    };
  };
