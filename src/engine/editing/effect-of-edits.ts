import { isMetricName, type MetricName } from '../../shared/metrics.ts';
import type { EditEffect, MetricChange } from '../../shared/results/model-editing.ts';
import { type Dataset, type Target, takeTarget } from '../data/dataset.ts';
import { mostProbable } from '../metrics/classification.ts';
import { isPredictive, metricValue, type PredictiveMetric } from '../metrics/measure.ts';
import { type Prediction, takePrediction } from '../models/predictor.ts';
import type { Random } from '../random.ts';
import { centralInterval } from '../statistics/quantile.ts';
import { type GroupGap, gapChanges, groupGaps } from './group-gaps.ts';

/** The rows that models are compared on, and how. */
export interface Judging {
  readonly data: Dataset;
  /** Of which part they are, in words. */
  readonly part: string;
  readonly metric: PredictiveMetric;
  /** Columns whose groups are compared. */
  readonly sensitive: readonly string[];
  /** [resamples][rows] positions, drawn with replacement. */
  readonly resamples: readonly Uint32Array[];
}

/** A model on these rows: all that comparisons with another one need, so that each model is measured once. */
export interface JudgedModel {
  readonly prediction: Prediction;
  readonly values: Resampled;
  readonly gaps: readonly GroupGap[];
}

/** A metric on all rows, and on each resample of them; NaN where the rows do not determine it. */
interface Resampled {
  readonly whole: number;
  readonly each: Float64Array;
}

/** Predictions that differ by less, for their size, are taken for the same: graphs that are centred anew are rounded. */
const same = 1e-10;
const resampleCount = 200;

/** The rows with the resamples that every comparison on them shares, so that each interval is of pairs. */
export const judgingOn = (
  data: Dataset,
  part: string,
  metric: PredictiveMetric,
  sensitive: readonly string[],
  random: Random,
): Judging => ({
  data,
  part,
  metric,
  sensitive,
  resamples: Array.from({ length: resampleCount }, () => drawn(data.features.rowCount, random)),
});

const drawn = (rows: number, random: Random): Uint32Array =>
  Uint32Array.from({ length: rows }, () => random.integer(rows));

/** The first objective where it is a metric of predictions, else the task's own loss. */
export function judgedMetric(objective: string | undefined, target: Target): PredictiveMetric {
  if (objective !== undefined && isMetricName(objective) && isPredictive(objective)) return objective;
  const usual: MetricName & PredictiveMetric = target.kind === 'classes' ? 'log_loss' : 'rmse';
  return usual;
}

export function judgedModel(prediction: Prediction, { data, metric, sensitive, resamples }: Judging): JudgedModel {
  return {
    prediction,
    values: resampled(prediction, data.target, metric, undefined, resamples),
    gaps: groupGaps(prediction, data, sensitive, resamples),
  };
}

/**
 * What lies between two models on the same rows: the metric with the 95 % interval of its change over resamples of the rows, the same ones
 * before and after (the paired bootstrap: Efron and Tibshirani 1993, section 13.3), for all rows and for those whose prediction differs.
 */
export function effectOfEdits(before: JudgedModel, after: JudgedModel, judging: Judging): EditEffect {
  const { data, part, metric, resamples } = judging;
  const rows = data.features.rowCount;
  const distance = distances(before.prediction, after.prediction);
  const touched = Array.from({ length: rows }, (_, row) => row).filter((row) => distance[row] > 0);
  return {
    metric,
    part,
    rows,
    ...metricChange(before.values, after.values),
    touched: touched.length,
    ofTouched: touched.length > 0 ? changeWithin(touched) : null,
    ...(before.prediction.kind === 'probabilities' && { flipped: flips(before.prediction, after.prediction) }),
    moved: {
      mean: touched.reduce((sum, row) => sum + distance[row], 0) / Math.max(1, touched.length),
      largest: touched.reduce((most, row) => Math.max(most, distance[row]), 0),
    },
    fairness: gapChanges(before.gaps, after.gaps),
  };

  function changeWithin(chosen: readonly number[]): MetricChange {
    if (chosen.length === rows) return metricChange(before.values, after.values);
    const isIn = new Uint8Array(rows);
    for (const row of chosen) isIn[row] = 1;
    const within = resamples.map((all) => all.filter((row) => isIn[row] === 1));
    const [old, now] = [before, after].map(({ prediction }) =>
      resampled(prediction, data.target, metric, chosen, within),
    );
    return metricChange(old, now);
  }
}

const widthOf = (prediction: Prediction): number => (prediction.kind === 'probabilities' ? prediction.classCount : 1);

/** [rows] the largest difference of a row's probabilities, or of its value; 0 where it is nothing but rounding. */
function distances(before: Prediction, after: Prediction): Float64Array {
  const width = widthOf(before);
  const largest = new Float64Array(before.values.length / width);
  before.values.forEach((value, i) => {
    const row = Math.floor(i / width);
    const difference = Math.abs(value - after.values[i]);
    if (difference > same * Math.max(1, Math.abs(value))) largest[row] = Math.max(largest[row], difference);
  });
  return largest;
}

/** rows: absent: all. */
function resampled(
  prediction: Prediction,
  target: Target,
  metric: PredictiveMetric,
  rows: ArrayLike<number> | undefined,
  resamples: readonly Uint32Array[],
): Resampled {
  const on = (chosen: ArrayLike<number>) =>
    metricValue(metric, takePrediction(prediction, chosen), takeTarget(target, chosen)) ?? Number.NaN;
  return {
    whole: rows ? on(rows) : (metricValue(metric, prediction, target) ?? Number.NaN),
    each: Float64Array.from(resamples, on),
  };
}

function metricChange(before: Resampled, after: Resampled): MetricChange {
  const change = after.whole - before.whole;
  const changes = after.each.map((value, b) => value - before.each[b]).filter(Number.isFinite);
  return {
    before: known(before.whole),
    after: known(after.whole),
    change: {
      value: known(change),
      interval: Number.isFinite(change) && changes.length > 0 ? centralInterval(changes, 0.95) : null,
    },
  };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

function flips(before: Prediction, after: Prediction): number {
  const width = widthOf(before);
  const [old, now] = [before, after].map(({ values }) => mostProbable(values, width));
  return old.reduce((sum, label, row) => sum + (label === now[row] ? 0 : 1), 0);
}
