import type { MetricName, Metrics } from '../../shared/metrics.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { type Column, type Table, takeRows, withColumns } from '../data/table.ts';
import type { Model } from '../models/model.ts';
import type { Prediction } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { checkRobustness } from '../robustness/report.ts';

/** Metrics that cost more than a prediction: measured only where the experiment asks for them, on the first fold's model. */
export const costlyMetrics = ['robustness', 'interpretability'] as const satisfies readonly MetricName[];
export type CostlyMetric = (typeof costlyMetrics)[number];

interface FittedModel {
  readonly model: Model;
  readonly train: Dataset;
  /** Rows that it was not fitted on. */
  readonly evaluation: Dataset;
}

const measures: Readonly<
  Record<CostlyMetric, (fitted: FittedModel, seed: number, signal: AbortSignal) => Promise<number>>
> = {
  robustness,
  interpretability,
};

export async function measureCostly(
  wanted: readonly CostlyMetric[],
  fitted: FittedModel,
  seed: number,
  signal: AbortSignal,
): Promise<Metrics> {
  const measured: Record<string, number> = {};
  for (const name of wanted) measured[name] = await measures[name](fitted, seed, signal);
  return measured;
}

/** Size of the edits, in interquartile ranges of the column. */
const epsilon = 0.25;
const attacked = { rowCap: 60, queriesPerRow: 20 };

/** Share of the rows that are right and stay right under a short attack: see `robustness/report.ts`. */
async function robustness(
  { model, train, evaluation }: FittedModel,
  seed: number,
  signal: AbortSignal,
): Promise<number> {
  const data = { train, evaluation, part: 'validation' } as const;
  const options = { ...attacked, seed, epsilons: [epsilon], examples: 0 };
  const { curve } = await checkRobustness(model, data, options, () => {}, signal);
  return curve[curve.length - 1].robustAccuracy;
}

const sampledRows = 100;
const draws = 3;

/**
 * Share of the columns that the model does without. A column is used where a prediction changes when the row's value is replaced by
 * that of another row (Molnar, Casalicchio and Bischl 2019, number of features, algorithm 1).
 */
async function interpretability(
  { model, evaluation }: FittedModel,
  seed: number,
  signal: AbortSignal,
): Promise<number> {
  const random = createRandom(seed).fork('interpretability');
  const count = Math.min(sampledRows, evaluation.features.rowCount);
  const rows = takeDataset(evaluation, random.permutation(evaluation.features.rowCount).subarray(0, count)).features;
  const before = await model.predict(rows);
  let used = 0;
  for (const column of rows.columns) {
    signal.throwIfAborted();
    if (await isUsed(model, rows, column, before, random)) used++;
  }
  return rows.columns.length === 0 ? 1 : 1 - used / rows.columns.length;
}

async function isUsed(model: Model, rows: Table, column: Column, before: Prediction, random: Random): Promise<boolean> {
  for (let draw = 0; draw < draws; draw++) {
    const donors = takeRows({ rowCount: rows.rowCount, columns: [column] }, random.permutation(rows.rowCount));
    const after = await model.predict(withColumns(rows, donors.columns));
    if (after.values.some((value, i) => value !== before.values[i])) return true;
  }
  return false;
}
