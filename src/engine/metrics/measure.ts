import type { Metrics } from '../../shared/metrics.ts';
import type { Task } from '../../shared/task.ts';
import { type Target, targetLength } from '../data/dataset.ts';
import type { Prediction } from '../models/predictor.ts';
import { classificationMetrics } from './classification.ts';
import { regressionMetrics } from './regression.ts';

/** Metrics that need nothing but a prediction and the truth; the others (energy, latency, ...) are measured where they arise. */
export const predictiveMetrics = [
  ...(Object.keys(classificationMetrics) as (keyof typeof classificationMetrics)[]),
  ...(Object.keys(regressionMetrics) as (keyof typeof regressionMetrics)[]),
] as const;
export type PredictiveMetric = (typeof predictiveMetrics)[number];

export const isPredictive = (name: string): name is PredictiveMetric =>
  (predictiveMetrics as readonly string[]).includes(name);

/** Every predictive metric of the task. One that these rows do not determine (AUC of one class, R2 of a constant) is absent. */
export function measure(prediction: Prediction, target: Target, task: Task): Metrics {
  const names = task === 'regression' ? Object.keys(regressionMetrics) : Object.keys(classificationMetrics);
  const measured = (names as PredictiveMetric[]).map((name) => [name, metricValue(name, prediction, target)] as const);
  return Object.fromEntries(measured.filter(([, value]) => value !== undefined));
}

/**
 * One metric; undefined where the rows do not determine it, as for no rows at all.
 * Throws a RangeError where prediction, target and metric do not belong together.
 */
export function metricValue(name: PredictiveMetric, prediction: Prediction, target: Target): number | undefined {
  const rows = targetLength(target);
  const width = prediction.kind === 'probabilities' ? prediction.classCount : 1;
  if (prediction.values.length !== rows * width) {
    throw new RangeError(`${prediction.values.length} predicted numbers for ${rows} rows of ${width}`);
  }
  if (prediction.kind === 'probabilities' && target.kind === 'classes' && name in classificationMetrics) {
    const metric = classificationMetrics[name as keyof typeof classificationMetrics];
    return rows === 0 ? undefined : metric(prediction.values, target.codes, prediction.classCount);
  }
  if (prediction.kind === 'values' && target.kind === 'values' && name in regressionMetrics) {
    const metric = regressionMetrics[name as keyof typeof regressionMetrics];
    return rows === 0 ? undefined : metric(prediction.values, target.values);
  }
  throw new RangeError(
    `metric "${name}" does not fit a prediction of ${prediction.kind} and a target of ${target.kind}`,
  );
}
