import type { Target } from '../../data/dataset.ts';
import { metricValue } from '../../metrics/measure.ts';
import { softmaxRows } from '../../numerics/softmax.ts';
import { priorOf } from '../constant.ts';
import type { TargetScale } from './training-rows.ts';

/**
 * Logarithms of the class frequencies, each class counted half a row more; 0 for values, which are standardised. A network whose last
 * layer is 0 then predicts the prior. @param weights [rows], mean 1
 */
export function outputBias(target: Target, weights?: Float64Array): Float32Array {
  if (target.kind === 'values') return new Float32Array(1);
  const rows = target.codes.length;
  return Float32Array.from(priorOf(target, weights), (share) =>
    Math.log((share * rows + 0.5) / (rows + 0.5 * target.classes.length)),
  );
}

/** [rows x classes] probabilities, in double precision so that each row sums to 1. */
export function probabilitiesOf(logits: Float32Array, classCount: number): Float64Array {
  return softmaxRows(Float64Array.from(logits), classCount);
}

/** [rows] values in the target's unit. */
export const valuesOf = (outputs: Float32Array, { mean, deviation }: TargetScale): Float64Array =>
  Float64Array.from(outputs, (output) => output * deviation + mean);

/** What the search watches: log loss or RMSE of a network's outputs, smaller is better. NaN where they are no numbers. */
export function validationLoss(outputs: Float32Array, target: Target, scale: TargetScale): number {
  if (!outputs.every(Number.isFinite)) return Number.NaN;
  if (target.kind === 'values') return scale.deviation * scaledError(outputs, target.values, scale);
  const classCount = target.classes.length;
  const values = probabilitiesOf(outputs, classCount);
  return metricValue('log_loss', { kind: 'probabilities', classCount, values }, target) ?? Number.NaN;
}

/** Root mean squared error in deviations of the target: its square stays finite where that of a target of 1e300 would not. */
function scaledError(outputs: Float32Array, values: Float64Array, { mean, deviation }: TargetScale): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (outputs[i] - (values[i] - mean) / deviation) ** 2;
  return Math.sqrt(squares / values.length);
}
