import type { Target } from '../../data/dataset.ts';
import { mostProbable } from '../../metrics/classification.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';

/** [rows] the class or the value that is predicted. */
export function answersOf(prediction: Prediction, { classes }: Pick<Predictor, 'classes'>): (string | number)[] {
  if (prediction.kind === 'values') return [...prediction.values];
  return Array.from(mostProbable(prediction.values, prediction.classCount), (k) => classes![k]);
}

export const truthOf = (target: Target, row: number): string | number =>
  target.kind === 'classes' ? target.classes[target.codes[row]] : target.values[row];
