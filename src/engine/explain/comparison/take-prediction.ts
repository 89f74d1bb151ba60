import type { Prediction } from '../../models/predictor.ts';

/** Of these rows, in this order, as often as they are named. */
export function takePrediction(prediction: Prediction, rows: ArrayLike<number>): Prediction {
  const width = prediction.kind === 'probabilities' ? prediction.classCount : 1;
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    for (let k = 0; k < width; k++) values[i * width + k] = prediction.values[rows[i] * width + k];
  return { ...prediction, values };
}
