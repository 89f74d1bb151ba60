import { tensor2d } from '@tensorflow/tfjs-core';
import type { Target } from '../../data/dataset.ts';
import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import { crossEntropyGradient, type LossGradient, squaredErrorGradient } from '../../networks/loss.ts';
import type { TrainingRows } from '../../networks/training.ts';

/** How a target is turned into what a network puts out: values are standardised, classes need no scale (0 and 1). */
export interface TargetScale {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and deviation of the values; a constant target keeps deviation 1. */
export function targetScale(target: Target): TargetScale {
  if (target.kind === 'classes') return { mean: 0, deviation: 1 };
  let mean = 0;
  for (let i = 0; i < target.values.length; i++) mean += (target.values[i] - mean) / (i + 1);
  let squares = 0;
  for (const value of target.values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / target.values.length);
  return { mean, deviation: deviation > 0 && Number.isFinite(deviation) ? deviation : 1 };
}

/** Encoded rows with their target, in batches: classes one-hot, values standardised. */
export function trainingRows(x: EncodedMatrix, target: Target, outputs: number, scale: TargetScale): TrainingRows {
  return {
    count: x.rows,
    batch: (rows) => ({
      x: tensor2d(gatherRows(x, rows), [rows.length, x.columns]),
      target: targetTensor(target, outputs, scale, rows),
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

function gatherRows({ values, columns }: EncodedMatrix, rows: Uint32Array): Float32Array {
  const gathered = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * columns;
    gathered.set(values.subarray(from, from + columns), i * columns);
  }
  return gathered;
}
