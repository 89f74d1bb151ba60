import type { MetricName } from '../../shared/metrics.ts';

/** A metric of probabilities [rows x classes] against true classes [rows]; undefined where the rows do not determine it. */
export type ClassificationMetric = (
  probabilities: Float64Array,
  truth: Int32Array,
  classCount: number,
) => number | undefined;

/** Probabilities are clipped to at least this (and normalised again) before the logarithm, as in the peers' tables. */
export const probabilityFloor = 1e-7;

/** Mean of -log p of the true class. */
export const logLoss: ClassificationMetric = (probabilities, truth, classCount) => {
  let sum = 0;
  for (let row = 0; row < truth.length; row++) {
    let total = 0;
    for (let k = row * classCount; k < (row + 1) * classCount; k++) total += clip(probabilities[k]);
    sum -= Math.log(clip(probabilities[row * classCount + truth[row]]) / total);
  }
  return sum / truth.length;
};

const clip = (p: number) => Math.min(1, Math.max(probabilityFloor, p));

/** Most probable class of each row, the first of equals. [rows] */
export function mostProbable(probabilities: Float64Array, classCount: number): Int32Array {
  const best = new Int32Array(probabilities.length / classCount);
  for (let row = 0, base = 0; row < best.length; row++, base += classCount) {
    for (let k = 1; k < classCount; k++) if (probabilities[base + k] > probabilities[base + best[row]]) best[row] = k;
  }
  return best;
}

/** How often class `truth` was predicted as `predicted`. [classes x classes], row = truth. */
export function confusion(probabilities: Float64Array, truth: Int32Array, classCount: number): Float64Array {
  const predicted = mostProbable(probabilities, classCount);
  const counts = new Float64Array(classCount * classCount);
  for (let row = 0; row < truth.length; row++) counts[truth[row] * classCount + predicted[row]]++;
  return counts;
}

/** Rows, predictions and hits of each class, from a confusion matrix. */
function margins(counts: Float64Array, classCount: number) {
  const actual = new Float64Array(classCount);
  const predicted = new Float64Array(classCount);
  const hits = new Float64Array(classCount);
  for (let i = 0; i < classCount; i++) {
    hits[i] = counts[i * classCount + i];
    for (let j = 0; j < classCount; j++) {
      actual[i] += counts[i * classCount + j];
      predicted[j] += counts[i * classCount + j];
    }
  }
  return { actual, predicted, hits };
}

const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

/** Share of rows predicted rightly. */
export const accuracy: ClassificationMetric = (probabilities, truth, classCount) =>
  sum(margins(confusion(probabilities, truth, classCount), classCount).hits) / truth.length;

/** Mean recall over the classes that occur in the truth. */
export const balancedAccuracy: ClassificationMetric = (probabilities, truth, classCount) => {
  const { actual, hits } = margins(confusion(probabilities, truth, classCount), classCount);
  return meanOver(actual.length, (k) => (actual[k] > 0 ? hits[k] / actual[k] : undefined));
};

/** Macro F1 over the classes that occur in truth or prediction; F1 = 2 hits / (rows + predictions). */
export const f1: ClassificationMetric = (probabilities, truth, classCount) => {
  const { actual, predicted, hits } = margins(confusion(probabilities, truth, classCount), classCount);
  return meanOver(actual.length, (k) => {
    const size = actual[k] + predicted[k];
    return size > 0 ? (2 * hits[k]) / size : undefined;
  });
};

/** Matthews correlation for any number of classes (Gorodkin 2004, equation 8); 0 where truth or prediction is constant. */
export const mcc: ClassificationMetric = (probabilities, truth, classCount) => {
  const { actual, predicted, hits } = margins(confusion(probabilities, truth, classCount), classCount);
  const n = truth.length;
  let cross = 0;
  let actualSquares = 0;
  let predictedSquares = 0;
  for (let k = 0; k < classCount; k++) {
    cross += actual[k] * predicted[k];
    actualSquares += actual[k] ** 2;
    predictedSquares += predicted[k] ** 2;
  }
  const denominator = Math.sqrt((n * n - actualSquares) * (n * n - predictedSquares));
  return denominator > 0 ? (n * sum(hits) - cross) / denominator : 0;
};

/** Brier (1950): two classes (p - y)^2 of the second class, several the sum over the classes, as scikit-learn has it. */
export const brier: ClassificationMetric = (probabilities, truth, classCount) => {
  let squares = 0;
  for (let row = 0; row < truth.length; row++) {
    for (let k = 0; k < classCount; k++) {
      squares += (probabilities[row * classCount + k] - (truth[row] === k ? 1 : 0)) ** 2;
    }
  }
  return squares / truth.length / (classCount === 2 ? 2 : 1);
};

/**
 * Area under the ROC curve as the Mann-Whitney statistic, ties counting half; several classes: one against the rest, mean
 * over the classes that have rows on both sides. Undefined where no class has.
 */
export const rocAuc: ClassificationMetric = (probabilities, truth, classCount) => {
  if (classCount === 2) return oneAgainstRest(probabilities, truth, 2, 1);
  return meanOver(classCount, (k) => oneAgainstRest(probabilities, truth, classCount, k));
};

function oneAgainstRest(probabilities: Float64Array, truth: Int32Array, classCount: number, k: number) {
  let inside = 0;
  for (const code of truth) if (code === k) inside++;
  const positives = new Float64Array(inside);
  const negatives = new Float64Array(truth.length - inside);
  if (positives.length === 0 || negatives.length === 0) return undefined;
  for (let row = 0, p = 0, n = 0; row < truth.length; row++) {
    const score = probabilities[row * classCount + k];
    if (truth[row] === k) positives[p++] = score;
    else negatives[n++] = score;
  }
  return pairsWon(positives.sort(), negatives.sort()) / positives.length / negatives.length;
}

/** Number of pairs in which the positive is above the negative, ties half. Both ascending. */
function pairsWon(positives: Float64Array, negatives: Float64Array): number {
  let won = 0;
  let below = 0;
  let notAbove = 0;
  for (const score of positives) {
    while (below < negatives.length && negatives[below] < score) below++;
    while (notAbove < negatives.length && negatives[notAbove] <= score) notAbove++;
    won += (below + notAbove) / 2;
  }
  return won;
}

/** Mean of the defined values; undefined where there is none. */
function meanOver(count: number, value: (k: number) => number | undefined): number | undefined {
  const values = Array.from({ length: count }, (_, k) => value(k)).filter((v) => v !== undefined);
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : undefined;
}

export const classificationMetrics = {
  log_loss: logLoss,
  accuracy,
  balanced_accuracy: balancedAccuracy,
  f1,
  roc_auc: rocAuc,
  brier,
  mcc,
} as const satisfies Partial<Record<MetricName, ClassificationMetric>>;
