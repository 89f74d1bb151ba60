import type { Metrics } from '../../shared/metrics.ts';
import type { GroupDecisionCost } from '../../shared/results/final-models.ts';
import type { TrialFairness } from '../../shared/results/trial-fairness.ts';
import { type Dataset, type Fold, type Target, takeDataset } from '../data/dataset.ts';
import { takeRows } from '../data/table.ts';
import { groupColumn } from '../fairness/group-column.ts';
import {
  type FairnessBound,
  type GroupDecision,
  probabilityOfSecond,
  tuneGroupDecision,
} from '../fairness/group-decision.ts';
import { measureFairness } from '../fairness/measure-fairness.ts';
import { mostProbable } from '../metrics/classification.ts';
import { confusionOf, labelMetrics } from '../metrics/labels.ts';
import type { Prediction } from '../models/predictor.ts';
import { createRandom } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import type { FairnessWishes } from './fairness-wishes.ts';
import { type JudgedRows, judgedRows } from './judged-rows.ts';

export interface FairJudgement {
  /** One a constraint; what the rows do not determine is left out. */
  readonly fairness: readonly TrialFairness[];
  /** Thresholds a group, where they are asked for. */
  readonly byGroup?: { readonly decision: GroupDecision; readonly labels: Int32Array };
}

/**
 * How alike predictions out of fold treat groups: as the most probable class, or where thresholds a group are asked for, by those that other
 * folds say.
 * @param prediction of `rows`
 */
export function judgeFairly(
  { measures, thresholds }: FairnessWishes,
  data: Dataset,
  { rows, foldOf, target }: JudgedRows,
  prediction: Prediction,
  seed: number,
): FairJudgement {
  const columnOf = (name: string) =>
    takeRows({ rowCount: data.features.rowCount, columns: [groupColumn(data, name)] }, rows).columns[0];
  const tuned =
    thresholds && target.kind === 'classes' ? tunedOn(thresholds, target, prediction, columnOf, foldOf) : undefined;
  const labels = tuned?.crossFitted;
  const fairness = measures.flatMap((measure) => {
    const random = createRandom(seed).fork(`fairness ${measure.column} ${measure.criterion}`);
    const measured = measureFairness(
      { prediction, target, ...(labels && { labels }) },
      columnOf(measure.column),
      measure,
      random,
    );
    return measured ? [{ ...measured, ...(labels && { thresholds: true as const }) }] : [];
  });
  return { fairness, ...(tuned && { byGroup: { decision: tuned.decision, labels: tuned.crossFitted } }) };
}

const tunedOn = (
  bound: FairnessBound,
  target: Extract<Target, { kind: 'classes' }>,
  { values }: Prediction,
  columnOf: (name: string) => ReturnType<typeof groupColumn>,
  foldOf: ArrayLike<number>,
) =>
  tuneGroupDecision(
    { truth: target.codes, probability: probabilityOfSecond(values) },
    columnOf(bound.column),
    bound,
    foldOf,
  );

/** What deciding by group costs against the most probable class, on rows that the thresholds were not chosen on. */
export function costOfGroups(
  { decision, labels }: NonNullable<FairJudgement['byGroup']>,
  data: Dataset,
  { rows, target }: JudgedRows,
  prediction: Prediction,
  seed: number,
): GroupDecisionCost {
  if (target.kind !== 'classes') throw new RangeError('groups are decided between two classes');
  const one = mostProbable(prediction.values, 2);
  const { column, criterion, limit, groups, thresholds } = decision;
  const table = { rowCount: data.features.rowCount, columns: [groupColumn(data, column)] };
  const by = takeRows(table, rows).columns[0];
  const random = createRandom(seed).fork('cost of groups');
  const [differenceOfOne, differenceOfEach] = [one, labels].map((given) =>
    measureFairness({ prediction, target, labels: given }, by, { column, criterion }, random),
  );
  const isRight = (given: Int32Array, row: number) => (given[row] === target.codes[row] ? 1 : 0);
  const changes = Float64Array.from(target.codes, (_, row) => isRight(labels, row) - isRight(one, row));
  const change = mean(changes);
  const error = (1.96 * Math.sqrt(mean(changes.map((value) => (value - change) ** 2)))) / Math.sqrt(changes.length);
  const [before, after] = [one, labels].map((given) => metricsOfLabels(given, target));
  return {
    column,
    criterion,
    limit,
    positive: target.classes[1],
    thresholds: groups.names.map((group, g) => ({ group, from: thresholds[g] })),
    accuracy: { one: before.accuracy!, each: after.accuracy!, change: { low: change - error, high: change + error } },
    balancedAccuracy: { one: before.balanced_accuracy!, each: after.balanced_accuracy! },
    difference: {
      one: differenceOfOne?.value ?? 0,
      each: differenceOfEach?.value ?? 0,
      interval: differenceOfEach?.interval ?? null,
    },
  };
}

/** As metrics are kept. */
export const fairnessMetrics = (fairness: readonly TrialFairness[]): Metrics =>
  Object.fromEntries(fairness.map(({ metric, value }) => [metric, value]));

/** A trial's folds, judged together. */
export function judgeFolds(
  wishes: FairnessWishes,
  data: Dataset,
  folds: readonly Fold[],
  predictions: readonly Prediction[],
  seed: number,
): FairJudgement & { readonly labelMetrics?: readonly Metrics[] } {
  if (wishes.measures.length === 0 && !wishes.thresholds) return { fairness: [] };
  const rows = judgedRows(data, folds);
  const values = Float64Array.from(predictions.flatMap(({ values: own }) => Array.from(own)));
  const judgement = judgeFairly(wishes, data, rows, { ...predictions[0], values }, seed);
  const labels = judgement.byGroup?.labels;
  if (!labels || data.target.kind !== 'classes') return judgement;
  let at = 0;
  const each = folds.map(({ validation }) => {
    const own = labels.subarray(at, at + validation.length);
    at += validation.length;
    return metricsOfLabels(own, takeDataset(data, validation).target);
  });
  return { ...judgement, labelMetrics: each };
}

/** Every metric of labels that these determine. */
export function metricsOfLabels(labels: Int32Array, target: Target): Metrics {
  if (target.kind !== 'classes') return {};
  const { codes, classes } = target;
  const counts = confusionOf(labels, codes, classes.length);
  const measured = Object.entries(labelMetrics).map(
    ([name, metric]) => [name, metric(counts, classes.length)] as const,
  );
  return Object.fromEntries(measured.filter(([, value]) => value !== undefined));
}
