import { add, mul, reshape, rsqrt, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { filled, type Held, type LayerPlan, planOf, type RowShape } from './plan.ts';

export interface BatchNormSpec {
  readonly kind: 'batch-norm';
}

export function planBatchNorm(_: BatchNormSpec, input: RowShape): LayerPlan {
  const shape = input.slice(-1);
  return planOf({
    output: input,
    parameters: [
      { name: 'scale', shape, initial: filled(shape, 1) },
      { name: 'shift', shape, initial: filled(shape, 0) },
    ],
    statistics: [
      { name: 'mean', shape, initial: filled(shape, 0) },
      { name: 'variance', shape, initial: filled(shape, 1) },
    ],
    work: 4 * input.reduce((a, b) => a * b, 1),
    apply: (held) => (held.masks ? batchNorm(held) : fixedNorm(held)),
  });
}

export const epsilon = 1e-3;

/** Share of the running statistics that a step keeps. */
const memory = 0.9;

/**
 * y = s (x - mean) / sqrt(variance + epsilon) + t, with mean and variance of each channel (the last axis) over the batch (Ioffe and
 * Szegedy 2015, algorithm 1). The running statistics move a tenth of the way to the batch's.
 */
export const batchNorm =
  ({ parameters: [scale, shift], statistics: [runningMean, runningVariance] }: Held): Layer =>
  (x) => {
    const flat = reshape(x, [-1, scale.size]);
    const meanOf = (values: Tensor) => mul(sum(values, 0), scale.size / x.size);
    const mean = meanOf(flat);
    const centred = sub(flat, mean);
    const variance = meanOf(mul(centred, centred));
    const inverse = rsqrt(add(variance, epsilon));
    const normalised = mul(centred, inverse);
    const moved = (running: Tensor, now: Tensor) => add(mul(running, memory), mul(now, 1 - memory));
    return {
      output: reshape(add(mul(normalised, scale), shift), x.shape),
      statistics: [moved(runningMean, mean), moved(runningVariance, variance)],
      backward(gradient) {
        const slope = reshape(gradient, [-1, scale.size]);
        const [scaleSlope, shiftSlope] = [sum(mul(slope, normalised), 0), sum(slope, 0)];
        const share = scale.size / x.size;
        return {
          parameters: [scaleSlope, shiftSlope],
          input() {
            const along = mul(normalised, mul(scaleSlope, share));
            const free = sub(sub(slope, mul(shiftSlope, share)), along);
            return reshape(mul(free, mul(scale, inverse)), x.shape);
          },
        };
      },
    };
  };

/** The same with the running statistics, as the trained network predicts. */
export const fixedNorm =
  ({ parameters: [scale, shift], statistics: [mean, variance] }: Held): Layer =>
  (x) => {
    const flat = reshape(x, [-1, scale.size]);
    const inverse = rsqrt(add(variance, epsilon));
    const normalised = mul(sub(flat, mean), inverse);
    return {
      output: reshape(add(mul(normalised, scale), shift), x.shape),
      statistics: [mean, variance],
      backward(gradient) {
        const slope = reshape(gradient, [-1, scale.size]);
        return {
          parameters: [sum(mul(slope, normalised), 0), sum(slope, 0)],
          input: () => reshape(mul(slope, mul(scale, inverse)), x.shape),
        };
      },
    };
  };
