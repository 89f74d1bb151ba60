import type { MetricName } from '../../shared/metrics.ts';

/**
 * A metric of labels, from a confusion matrix [classes x classes] whose rows are the truth; higher is better. Undefined where the rows
 * do not determine it.
 */
export type LabelMetric = (counts: Float64Array, classCount: number) => number | undefined;

/** How often class `truth` was given the label `predicted`. [classes x classes], row = truth. */
export function confusionOf(predicted: Int32Array, truth: Int32Array, classCount: number): Float64Array {
  const counts = new Float64Array(classCount * classCount);
  for (let row = 0; row < truth.length; row++) counts[truth[row] * classCount + predicted[row]]++;
  return counts;
}

/** Rows, predictions and hits of each class. */
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
const accuracy: LabelMetric = (counts, classCount) => sum(margins(counts, classCount).hits) / sum(counts);

/** Mean recall over the classes that occur in the truth. */
const balancedAccuracy: LabelMetric = (counts, classCount) => {
  const { actual, hits } = margins(counts, classCount);
  return meanOver(classCount, (k) => (actual[k] > 0 ? hits[k] / actual[k] : undefined));
};

/** Macro F1 over the classes that occur in truth or prediction; F1 = 2 hits / (rows + predictions). */
const f1: LabelMetric = (counts, classCount) => {
  const { actual, predicted, hits } = margins(counts, classCount);
  return meanOver(classCount, (k) => {
    const size = actual[k] + predicted[k];
    return size > 0 ? (2 * hits[k]) / size : undefined;
  });
};

/** Matthews correlation for any number of classes (Gorodkin 2004, equation 8); 0 where truth or prediction is constant. */
const mcc: LabelMetric = (counts, classCount) => {
  const { actual, predicted, hits } = margins(counts, classCount);
  const rows = sum(counts);
  let cross = 0;
  let actualSquares = 0;
  let predictedSquares = 0;
  for (let k = 0; k < classCount; k++) {
    cross += actual[k] * predicted[k];
    actualSquares += actual[k] ** 2;
    predictedSquares += predicted[k] ** 2;
  }
  const denominator = Math.sqrt((rows * rows - actualSquares) * (rows * rows - predictedSquares));
  return denominator > 0 ? (rows * sum(hits) - cross) / denominator : 0;
};

/** Cohen's kappa (1960, equation 1): agreement beyond chance; undefined where truth and prediction are one and the same class. */
const kappa: LabelMetric = (counts, classCount) => {
  const { actual, predicted, hits } = margins(counts, classCount);
  const rows = sum(counts);
  let byChance = 0;
  for (let k = 0; k < classCount; k++) byChance += (actual[k] * predicted[k]) / rows;
  return byChance < rows ? (sum(hits) - byChance) / (rows - byChance) : undefined;
};

/** Mean of the defined values; undefined where there is none. */
export function meanOver(count: number, value: (k: number) => number | undefined): number | undefined {
  const values = Array.from({ length: count }, (_, k) => value(k)).filter((v) => v !== undefined);
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : undefined;
}

export const labelMetrics = {
  accuracy,
  balanced_accuracy: balancedAccuracy,
  f1,
  mcc,
  kappa,
} as const satisfies Partial<Record<MetricName, LabelMetric>>;
