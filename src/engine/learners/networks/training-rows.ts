import { tensor2d } from '@tensorflow/tfjs-core';
import type { Target } from '../../data/dataset.ts';
import { crossEntropyGradient, type LossGradient, squaredErrorGradient } from '../../networks/loss.ts';
import type { TrainingRows } from '../../networks/training.ts';
import { scaleOf } from '../target-scale.ts';
import type { NetworkRows } from './network-rows.ts';

/** How a target is turned into what a network puts out: values are standardised, classes need no scale (0 and 1). */
export interface TargetScale {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and deviation of the values; a constant target keeps deviation 1. @param weights [rows], mean 1 */
export const targetScale = (target: Target, weights?: Float64Array): TargetScale =>
  target.kind === 'classes' ? { mean: 0, deviation: 1 } : scaleOf(target.values, weights);

/** Encoded rows with their target, in batches: classes one-hot, values standardised. @param weights [rows], mean 1 */
export function trainingRows(
  x: NetworkRows,
  target: Target,
  outputs: number,
  scale: TargetScale,
  weights?: Float64Array,
): TrainingRows {
  return {
    count: x.count,
    batch: (rows) => ({
      x: x.tensor(rows),
      target: targetTensor(target, outputs, scale, rows),
      ...(weights && {
        weights: tensor2d(
          Float32Array.from(rows, (row) => weights[row]),
          [rows.length, 1],
        ),
      }),
    }),
  };
}

export const lossGradientFor = (target: Target): LossGradient =>
  target.kind === 'classes' ? crossEntropyGradient : squaredErrorGradient;

/** [rows x outputs] of the rows at these positions. */
export function targetTensor(target: Target, outputs: number, { mean, deviation }: TargetScale, rows: Uint32Array) {
  const values = new Float32Array(rows.length * outputs);
  for (let i = 0; i < rows.length; i++) {
    if (target.kind === 'classes') values[i * outputs + target.codes[rows[i]]] = 1;
    else values[i] = (target.values[rows[i]] - mean) / deviation;
  }
  return tensor2d(values, [rows.length, outputs]);
}
