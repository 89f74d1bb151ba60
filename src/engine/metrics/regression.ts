import type { MetricName } from '../../shared/metrics.ts';

/** A metric of predicted values against true ones, both [rows]; undefined where the rows do not determine it. */
export type RegressionMetric = (predicted: Float64Array, truth: Float64Array) => number | undefined;

const meanSquaredError = (predicted: Float64Array, truth: Float64Array): number => {
  let squares = 0;
  for (let row = 0; row < truth.length; row++) squares += (predicted[row] - truth[row]) ** 2;
  return squares / truth.length;
};

/** Root mean squared error, in the target's unit. */
export const rmse: RegressionMetric = (predicted, truth) => Math.sqrt(meanSquaredError(predicted, truth));

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
  let variance = 0;
  for (const value of truth) variance += (value - mean) ** 2 / truth.length;
  return variance > 0 ? 1 - meanSquaredError(predicted, truth) / variance : undefined;
};

export const regressionMetrics = { rmse, mae, r2 } as const satisfies Partial<Record<MetricName, RegressionMetric>>;
