import type { Target } from '../data/dataset.ts';
import { probabilityFloor } from '../metrics/classification.ts';
import type { Prediction } from '../models/predictor.ts';

/**
 * [rows] each row's share of the task's default loss: -log p(true class), or the squared error.
 * Throws a RangeError where prediction and target are of different kinds.
 */
export function rowLosses(prediction: Prediction, target: Target): Float64Array {
  if (prediction.kind === 'probabilities' && target.kind === 'classes') {
    const { classCount, values } = prediction;
    return Float64Array.from(
      target.codes,
      (code, row) => -Math.log(Math.max(probabilityFloor, values[row * classCount + code])),
    );
  }
  if (prediction.kind === 'values' && target.kind === 'values')
    return Float64Array.from(target.values, (truth, row) => (prediction.values[row] - truth) ** 2);
  throw new RangeError(`a target of ${target.kind} cannot be compared with a prediction of ${prediction.kind}`);
}

/** From the mean row loss to the metric: log loss as it is, RMSE by its root. */
export const lossFromMean = (target: Target): ((mean: number) => number) =>
  target.kind === 'classes' ? (mean) => mean : Math.sqrt;
