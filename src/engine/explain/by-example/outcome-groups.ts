import type { Target } from '../../data/dataset.ts';
import { mostProbable } from '../../metrics/classification.ts';
import type { Prediction } from '../../models/predictor.ts';
import { quantile } from '../../statistics/quantile.ts';

/** Outcomes as a few groups: the classes, or the lower, middle and upper third of the training part's values. */
export interface OutcomeGroups {
  readonly names: readonly string[];
  /** [rows] */
  ofTarget(target: Target): Int32Array;
  /** [rows] */
  ofPrediction(prediction: Prediction): Int32Array;
}

export function outcomeGroups(train: Target): OutcomeGroups {
  if (train.kind === 'classes') {
    return {
      names: train.classes,
      ofTarget: (target) => (target.kind === 'classes' ? target.codes : new Int32Array(0)),
      ofPrediction: (prediction) =>
        prediction.kind === 'probabilities'
          ? Int32Array.from(mostProbable(prediction.values, prediction.classCount))
          : new Int32Array(0),
    };
  }
  const sorted = train.values.slice().sort();
  const [low, high] = [quantile(sorted, 1 / 3), quantile(sorted, 2 / 3)];
  const thirds = (values: Float64Array) =>
    Int32Array.from(values, (value) => (value <= low ? 0 : value <= high ? 1 : 2));
  return {
    names: ['lower third', 'middle third', 'upper third'],
    ofTarget: (target) => (target.kind === 'values' ? thirds(target.values) : new Int32Array(0)),
    ofPrediction: ({ values }) => thirds(values),
  };
}
