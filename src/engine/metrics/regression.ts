import type { MetricName } from '../../shared/metrics.ts';
import { median } from '../statistics/median.ts';

/** A metric of predicted values against true ones, both [rows]; undefined where the rows do not determine it. */
export type RegressionMetric = (predicted: Float64Array, truth: Float64Array) => number | undefined;

const meanSquaredError = (predicted: Float64Array, truth: Float64Array, unit = 1): number => {
  let squares = 0;
  for (let row = 0; row < truth.length; row++) squares += ((predicted[row] - truth[row]) / unit) ** 2;
  return squares / truth.length;
};

/** Root mean squared error, in the target's unit. */
export const rmse: RegressionMetric = (predicted, truth) => {
  const plain = meanSquaredError(predicted, truth);
  if (hasKeptDigits(plain)) return Math.sqrt(plain);
  const unit = largestOf(absoluteErrors(predicted, truth));
  return unit > 0 && Number.isFinite(unit) ? unit * Math.sqrt(meanSquaredError(predicted, truth, unit)) : unit;
};

/** Squares of 1e160 are too large for a double, and those of 1e-160 too small. */
const hasKeptDigits = (squares: number): boolean => squares > 1e-280 && squares < Number.POSITIVE_INFINITY;

/** Mean absolute error, in the target's unit. */
export const mae: RegressionMetric = (predicted, truth) => {
  let sum = 0;
  for (let row = 0; row < truth.length; row++) sum += Math.abs(predicted[row] - truth[row]);
  return sum / truth.length;
};

/** 1 - squared error / variance; undefined where the truth does not vary. */
export const r2: RegressionMetric = (predicted, truth) => {
  let mean = 0;
  for (let row = 0; row < truth.length; row++) mean += (truth[row] - mean) / (row + 1);
  const spread = largestOf(truth.map((value) => Math.abs(value - mean)));
  if (spread === 0) return undefined;
  const unit = hasKeptDigits(spread ** 2) ? 1 : spread;
  let variance = 0;
  for (const value of truth) variance += ((value - mean) / unit) ** 2 / truth.length;
  return 1 - meanSquaredError(predicted, truth, unit) / variance;
};

const absoluteErrors = (predicted: Float64Array, truth: Float64Array) =>
  truth.map((value, row) => Math.abs(value - predicted[row]));

const largestOf = (values: Float64Array): number => values.reduce((largest, value) => Math.max(largest, value), 0);

const medianAbsoluteError: RegressionMetric = (predicted, truth) => median(absoluteErrors(predicted, truth));

const maxError: RegressionMetric = (predicted, truth) => largestOf(absoluteErrors(predicted, truth));

/** Mean of |error| / |truth|; as in scikit-learn a truth nearer to 0 than the spacing of numbers at 1 counts as that spacing. */
const mape: RegressionMetric = (predicted, truth) => {
  let sum = 0;
  for (let row = 0; row < truth.length; row++) {
    sum += Math.abs(truth[row] - predicted[row]) / Math.max(Number.EPSILON, Math.abs(truth[row]));
  }
  return sum / truth.length;
};

/** 1 - absolute error / absolute error of the median; undefined where the truth does not vary. */
const d2AbsoluteError: RegressionMetric = (predicted, truth) => {
  const middle = median(truth);
  let around = 0;
  for (const value of truth) around += Math.abs(value - middle) / truth.length;
  const error = mae(predicted, truth);
  return around > 0 && error !== undefined ? 1 - error / around : undefined;
};

/** Mean pinball loss (Koenker and Bassett 1978), in the target's unit. level: between 0 and 1 */
const pinball =
  (level: number): RegressionMetric =>
  (predicted, truth) => {
    let sum = 0;
    for (let row = 0; row < truth.length; row++) {
      const above = truth[row] - predicted[row];
      sum += above > 0 ? level * above : (level - 1) * above;
    }
    return sum / truth.length;
  };

export const regressionMetrics = {
  rmse,
  mae,
  r2,
  median_absolute_error: medianAbsoluteError,
  max_error: maxError,
  mape,
  d2_absolute_error: d2AbsoluteError,
  pinball_10: pinball(0.1),
  pinball_50: pinball(0.5),
  pinball_90: pinball(0.9),
} as const satisfies Partial<Record<MetricName, RegressionMetric>>;
