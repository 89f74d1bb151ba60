import type { MetricName } from '../../shared/metrics.ts';
import { calibrationError } from './calibration-error.ts';
import { confusionOf, type LabelMetric, labelMetrics, meanOver } from './labels.ts';

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

/** A metric of labels as one of probabilities: the most probable class is the label. */
const ofMostProbable =
  (metric: LabelMetric): ClassificationMetric =>
  (probabilities, truth, classCount) =>
    metric(confusionOf(mostProbable(probabilities, classCount), truth, classCount), classCount);

export const mcc = ofMostProbable(labelMetrics.mcc);

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
  const { positives, negatives } = scoresBySide(probabilities, truth, classCount, k);
  if (positives.length === 0 || negatives.length === 0) return undefined;
  return pairsWon(positives, negatives) / positives.length / negatives.length;
}

/** The probabilities of a class, ascending, of the rows that are of it and of the others. */
function scoresBySide(probabilities: Float64Array, truth: Int32Array, classCount: number, k: number) {
  let inside = 0;
  for (const code of truth) if (code === k) inside++;
  const positives = new Float64Array(inside);
  const negatives = new Float64Array(truth.length - inside);
  for (let row = 0, p = 0, n = 0; row < truth.length; row++) {
    const score = probabilities[row * classCount + k];
    if (truth[row] === k) positives[p++] = score;
    else negatives[n++] = score;
  }
  return { positives: positives.sort(), negatives: negatives.sort() };
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

/**
 * Average precision: precision at each distinct score, weighted by the recall that it adds, without interpolation (Davis and Goadrich
 * 2006); several classes: one against the rest, mean over the classes that have rows. Undefined where none of them has.
 */
export const averagePrecision: ClassificationMetric = (probabilities, truth, classCount) => {
  if (classCount === 2) return averagePrecisionOf(probabilities, truth, 2, 1);
  return meanOver(classCount, (k) => averagePrecisionOf(probabilities, truth, classCount, k));
};

function averagePrecisionOf(probabilities: Float64Array, truth: Int32Array, classCount: number, k: number) {
  const { positives, negatives } = scoresBySide(probabilities, truth, classCount, k);
  if (positives.length === 0) return undefined;
  let total = 0;
  let [p, n] = [positives.length, negatives.length];
  while (p > 0) {
    const score = positives[p - 1];
    const found = p;
    while (p > 0 && positives[p - 1] === score) p--;
    while (n > 0 && negatives[n - 1] >= score) n--;
    const right = positives.length - p;
    total += ((found - p) * right) / (right + negatives.length - n);
  }
  return total / positives.length;
}

export const classificationMetrics = {
  log_loss: logLoss,
  accuracy: ofMostProbable(labelMetrics.accuracy),
  balanced_accuracy: ofMostProbable(labelMetrics.balanced_accuracy),
  f1: ofMostProbable(labelMetrics.f1),
  roc_auc: rocAuc,
  brier,
  mcc,
  pr_auc: averagePrecision,
  kappa: ofMostProbable(labelMetrics.kappa),
  calibration_error: calibrationError,
} as const satisfies Partial<Record<MetricName, ClassificationMetric>>;
