import { type CohortCondition, isByError } from '../../shared/cohort/cohort.ts';
import { cohortWords } from '../../shared/cohort/cohort-words.ts';
import { type MetricName, metricInfo } from '../../shared/metrics.ts';
import type { CohortMetric, CohortRow, CohortRows } from '../../shared/results/cohort-rows.ts';
import type { Interval } from '../../shared/results/result.ts';
import { type Dataset, takeTarget } from '../data/dataset.ts';
import { cell } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import { measure } from '../metrics/measure.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { quantile } from '../statistics/quantile.ts';
import { type Sums, welch } from '../statistics/welch.ts';
import { type CohortPart, cohortRows } from './cohort-rows.ts';
import { countPredictions } from './counted-predictor.ts';
import { predictInParts } from './predict-in-parts.ts';
import { rowLosses } from './row-losses.ts';

/** Rows and columns that are told. */
const [mostRows, mostColumns] = [200, 50];
/** Resamples behind the interval; of a large cohort so many draws in all. */
const [resamples, mostDraws] = [400, 20_000_000];

/** How well the rows of a cohort are predicted beside all rows, and the rows themselves. Throws the UserErrors of `cohortRows`. */
export async function describeCohort(
  predictor: Predictor,
  part: CohortPart,
  conditions: readonly CohortCondition[],
  seed: number,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<CohortRows> {
  const { features, target, info, keys } = part.rows;
  const counted = countPredictions(predictor, signal);
  const prediction = await predictInParts(counted, features, progress);
  const rows = await cohortRows(part, conditions, async () => prediction);
  const losses = rowLosses(prediction, target);
  const inside = new Uint8Array(losses.length);
  for (const row of rows) inside[row] = 1;
  const own = losses.filter((_, row) => inside[row] === 1);
  const rest = losses.filter((_, row) => inside[row] === 0);
  const columns = [...features.columns, ...keys.columns];
  progress(1);
  return {
    kind: 'cohort-rows',
    version: 1,
    question: 'when does it fail',
    options: {},
    seed,
    dataHash: info.hash,
    cost: counted.cost(),
    quality: {
      measure: 'rows of the cohort',
      value: rows.length,
      words:
        rows.length < 30
          ? `Figures of ${rows.length === 1 ? 'one row say' : `${rows.length} rows say`} little of others like them.`
          : 'The interval is that of the mean loss were such rows drawn again.',
    },
    cohort: { conditions, words: cohortWords(conditions), rows: rows.length, of: losses.length },
    part: part.name,
    target: info.target,
    loss: {
      cohort: mean(own),
      interval: meanInterval(own, createRandom(seed)),
      rest: rest.length === 0 ? null : mean(rest),
    },
    p: isByError(conditions) ? null : chanceOf(own, rest),
    metrics: compared(prediction, part.rows, rows),
    columns: columns.slice(0, mostColumns).map(({ name }) => name),
    further: Math.max(0, columns.length - mostColumns),
    rows: toldRows(prediction, part.rows, losses, rows),
  };
}

function compared(prediction: Prediction, { target, info }: Dataset, rows: Uint32Array): CohortMetric[] {
  const width = prediction.kind === 'probabilities' ? prediction.classCount : 1;
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    values.set(prediction.values.subarray(row * width, (row + 1) * width), i * width);
  });
  const ofCohort = measure({ ...prediction, values }, takeTarget(target, rows), info.task);
  const ofAll = measure(prediction, target, info.task);
  const names = [...new Set([...Object.keys(ofAll), ...Object.keys(ofCohort)])] as MetricName[];
  const isFamiliar = (name: MetricName) => (metricInfo(name).familiar ? 0 : 1);
  return names
    .sort((a, b) => isFamiliar(a) - isFamiliar(b))
    .map((name) => ({ name, cohort: ofCohort[name] ?? null, all: ofAll[name] ?? null }));
}

function toldRows(prediction: Prediction, data: Dataset, losses: Float64Array, rows: Uint32Array): CohortRow[] {
  const { target } = data;
  const columns = [...data.features.columns, ...data.keys.columns].slice(0, mostColumns);
  const codes =
    prediction.kind === 'probabilities' ? mostProbable(prediction.values, prediction.classCount) : undefined;
  const actual = (row: number) => (target.kind === 'classes' ? target.classes[target.codes[row]] : target.values[row]);
  const predicted = (row: number) =>
    codes && target.kind === 'classes' ? target.classes[codes[row]] : prediction.values[row];
  return Array.from(rows)
    .sort((a, b) => losses[b] - losses[a])
    .slice(0, mostRows)
    .map((row) => ({
      rowIndex: row,
      cells: columns.map((column) => cell(column, row)),
      actual: actual(row),
      predicted: predicted(row),
      loss: losses[row],
    }));
}

/** Both sides; null where one has no two rows. */
function chanceOf(own: Float64Array, rest: Float64Array): number | null {
  if (own.length < 2 || rest.length < 2) return null;
  const [a, b] = [sumsOf(own), sumsOf(rest)];
  return Math.min(1, 2 * Math.min(welch(a, b).p, welch(b, a).p));
}

const sumsOf = (values: Float64Array): Sums => ({
  count: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value ** 2, 0),
});

/** 95 % percentile interval of the mean, by resampling. */
function meanInterval(values: Float64Array, random: Random): Interval {
  const count = Math.max(50, Math.min(resamples, Math.floor(mostDraws / values.length)));
  const means = Float64Array.from({ length: count }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[random.integer(values.length)];
    return sum / values.length;
  }).sort();
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}
