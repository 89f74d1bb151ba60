import { isMetricName, type MetricName } from '../../shared/metrics.ts';
import type { EditEffect, FairnessChange, MetricChange } from '../../shared/results/model-editing.ts';
import { type Dataset, type Target, takeTarget } from '../data/dataset.ts';
import { differencesFor } from '../fairness/differences.ts';
import { type JudgedRows, measuresOf } from '../fairness/group-measures.ts';
import { groupsOf } from '../fairness/grouping.ts';
import { mostProbable } from '../metrics/classification.ts';
import { isPredictive, metricValue, type PredictiveMetric } from '../metrics/measure.ts';
import type { Prediction } from '../models/predictor.ts';
import type { Random } from '../random.ts';
import { centralInterval } from '../statistics/quantile.ts';

/** The rows that models are compared on, and how. */
export interface Judging {
  readonly data: Dataset;
  readonly metric: PredictiveMetric;
  /** Columns whose groups are compared. */
  readonly sensitive: readonly string[];
  /** [resamples][rows] positions, drawn with replacement. */
  readonly resamples: readonly Uint32Array[];
}

/** Predictions that differ by less, for their size, are taken for the same: graphs that are centred anew are rounded. */
const same = 1e-10;
/** Groups of fewer rows are not compared. */
const smallestGroup = 30;
const resampleCount = 200;

/** The rows with the resamples that every comparison on them shares, so that each interval is of pairs. */
export const judgingOn = (
  data: Dataset,
  metric: PredictiveMetric,
  sensitive: readonly string[],
  random: Random,
): Judging => ({
  data,
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

/**
 * What lies between two predictions of the same rows: the metric with the 95 % interval of its change over resamples of the rows, the same
 * ones before and after (the paired bootstrap: Efron and Tibshirani 1993, section 13.3), for all rows and for those that differ.
 */
export function effectOfEdits(before: Prediction, after: Prediction, judging: Judging): EditEffect {
  const { data, metric, resamples } = judging;
  const { target } = data;
  const distance = distances(before, after);
  const rows = data.features.rowCount;
  const touched = Array.from({ length: rows }, (_, row) => row).filter((row) => distance[row] > 0);
  const isIn = new Uint8Array(rows);
  for (const row of touched) isIn[row] = 1;
  const within = resamples.map((drawnRows) => drawnRows.filter((row) => isIn[row] === 1));
  return {
    metric,
    rows,
    ...metricChange(before, after, target, metric, undefined, resamples),
    touched: touched.length,
    ofTouched: touched.length > 0 ? metricChange(before, after, target, metric, touched, within) : null,
    ...(before.kind === 'probabilities' && { flipped: flips(before, after) }),
    moved: {
      mean: touched.reduce((sum, row) => sum + distance[row], 0) / Math.max(1, touched.length),
      largest: touched.reduce((most, row) => Math.max(most, distance[row]), 0),
    },
    fairness: judging.sensitive.flatMap((column) => fairnessChange(before, after, judging, column)),
  };
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

function taken(prediction: Prediction, rows: ArrayLike<number>): Prediction {
  const width = widthOf(prediction);
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    for (let k = 0; k < width; k++) values[i * width + k] = prediction.values[rows[i] * width + k];
  return { ...prediction, values };
}

/** rows: absent: all. */
function metricChange(
  before: Prediction,
  after: Prediction,
  target: Target,
  metric: PredictiveMetric,
  rows: ArrayLike<number> | undefined,
  resamples: readonly Uint32Array[],
): MetricChange {
  const of = (prediction: Prediction, chosen: ArrayLike<number> | undefined) =>
    chosen === undefined
      ? metricValue(metric, prediction, target)
      : metricValue(metric, taken(prediction, chosen), takeTarget(target, chosen));
  const changeOn = (chosen: ArrayLike<number> | undefined) => {
    const [old, now] = [of(before, chosen), of(after, chosen)];
    return { old, now, change: old === undefined || now === undefined ? Number.NaN : now - old };
  };
  const { old = null, now = null, change } = changeOn(rows);
  const known = Number.isFinite(change);
  const changes = known ? resamples.map((one) => changeOn(one).change).filter(Number.isFinite) : [];
  return {
    before: old,
    after: now,
    change: {
      value: known ? change : null,
      interval: changes.length > 0 ? centralInterval(changes, 0.95) : null,
    },
  };
}

function flips(before: Prediction, after: Prediction): number {
  const width = widthOf(before);
  const [old, now] = [before, after].map(({ values }) => mostProbable(values, width));
  return old.reduce((sum, label, row) => sum + (label === now[row] ? 0 : 1), 0);
}

/** The difference between groups that is largest before, of rates for two classes and of errors for numbers; nothing of several classes. */
function fairnessChange(before: Prediction, after: Prediction, judging: Judging, column: string): FairnessChange[] {
  const { data, resamples } = judging;
  const found = data.features.columns.find(({ name }) => name === column);
  const [old, now] = [before, after].map((prediction) => judgedRows(prediction, data.target));
  if (!found || !old || !now) return [];
  const { names, codes } = groupsOf(found);
  const apart = (judged: JudgedRows, of: Gap, rows: ArrayLike<number>) => {
    const members = names.map(() => [] as number[]);
    for (let i = 0; i < rows.length; i++) members[codes[rows[i]]].push(rows[i]);
    return of(members.filter((own, g) => compared[g] && own.length > 0).map((own) => measuresOf(judged, own)));
  };
  const all = Uint32Array.from(codes.keys());
  const compared = names.map((_, g) => codes.filter((code) => code === g).length >= smallestGroup);
  if (compared.filter(Boolean).length < 2) return [];
  const kinds = differencesFor(old).filter(({ name }) => !name.endsWith('ratio'));
  const gaps = kinds.map(({ name, of }) => ({ name, of, value: apart(old, of, all) }));
  const largest = gaps
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => b.value - a.value)
    .at(0);
  if (!largest) return [];
  const { name, of, value } = largest;
  const later = apart(now, of, all);
  const changes = resamples.map((rows) => apart(now, of, rows) - apart(old, of, rows)).filter(Number.isFinite);
  return [
    {
      column,
      name,
      before: value,
      after: Number.isFinite(later) ? later : null,
      change: {
        value: Number.isFinite(later) ? later - value : null,
        interval: changes.length > 0 ? centralInterval(changes, 0.95) : null,
      },
    },
  ];
}

type Gap = ReturnType<typeof differencesFor>[number]['of'];

function judgedRows(prediction: Prediction, target: Target): JudgedRows | undefined {
  if (prediction.kind === 'values')
    return target.kind === 'values'
      ? { kind: 'values', truth: target.values, prediction: prediction.values }
      : undefined;
  if (target.kind !== 'classes' || prediction.classCount !== 2) return undefined;
  const probability = Float64Array.from(target.codes, (_, row) => prediction.values[2 * row + 1]);
  return {
    kind: 'labels',
    truth: Uint8Array.from(target.codes),
    label: Uint8Array.from(probability, (one) => (one > 0.5 ? 1 : 0)),
    probability,
  };
}
