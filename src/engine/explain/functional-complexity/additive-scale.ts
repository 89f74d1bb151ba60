import type { Table } from '../../data/table.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';

/** Numbers that a model adds up in, whatever it is: [rows x outputs] row-major. */
export interface Scores {
  readonly outputs: number;
  readonly values: Float64Array;
}

/** Probabilities are told apart down to here: log odds of a leaf without a row of the class would outweigh all else. */
const floor = 1e-4;

/** Predicts on the scale of `additiveScale`. */
export const predictScores = async (predictor: Predictor, rows: Table): Promise<Scores> =>
  additiveScale(await predictor.predict(rows));

/**
 * Values as they are; two classes as the log odds of the second; several as log probabilities less their mean over the classes. On
 * this scale a logistic regression is a sum of its columns, as it is on no other.
 */
export function additiveScale(prediction: Prediction): Scores {
  if (prediction.kind === 'values') return { outputs: 1, values: prediction.values };
  const { classCount } = prediction;
  const logs = prediction.values.map((p) => Math.log(Math.min(1 - floor, Math.max(floor, p))));
  if (classCount === 2) {
    const values = new Float64Array(logs.length / 2);
    for (let row = 0; row < values.length; row++) values[row] = logs[row * 2 + 1] - logs[row * 2];
    return { outputs: 1, values };
  }
  for (let base = 0; base < logs.length; base += classCount) {
    const own = logs.subarray(base, base + classCount);
    const mean = own.reduce((sum, log) => sum + log, 0) / classCount;
    for (let k = 0; k < classCount; k++) own[k] -= mean;
  }
  return { outputs: classCount, values: logs };
}
