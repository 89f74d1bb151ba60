import type { Target } from '../data/dataset.ts';
import type { GroupDecision } from '../fairness/group-decision.ts';
import { labelMetrics } from '../metrics/labels.ts';
import { predictionIntervals } from './prediction-intervals.ts';
import { predictionSets } from './prediction-sets.ts';
import type { JudgedPredictions, Promised, PromiseKind } from './promise-kind.ts';
import { type DecisionRule, type TunedDecision, tuneDecision } from './thresholds.ts';

/** What stands beside a model's predictions, learnt from predictions out of fold; plain JSON. */
export interface Promises {
  /** Which label a row is given, where that is not the most probable class. */
  readonly decision?: DecisionRule & { readonly metric: LabelMetricName };
  /** A threshold for each group, in place of that; who predicts then needs the column. */
  readonly byGroup?: GroupDecision;
  /** What holds the truth in a promised share of rows. */
  readonly held?: { readonly kind: string; readonly state: unknown };
}

/** One for each kind of target. */
export const promiseKinds: readonly PromiseKind<unknown>[] = [predictionSets, predictionIntervals];

type LabelMetricName = keyof typeof labelMetrics;
export const isLabelMetric = (name: string): name is LabelMetricName => Object.hasOwn(labelMetrics, name);

/** Sets of classes or intervals, and for a metric of labels the decision that serves it best, unless groups have thresholds of their own. */
export async function makePromises(
  known: JudgedPredictions,
  metric: string,
  signal: AbortSignal,
  byGroup?: GroupDecision,
): Promise<{ promises: Promises; tuned?: TunedDecision }> {
  const { target, prediction, foldOf } = known;
  const kind = kindFor(target);
  const held = { kind: kind.name, state: await kind.make(known, signal) };
  if (byGroup) return { promises: { held, byGroup } };
  if (target.kind === 'values' || !isLabelMetric(metric)) return { promises: { held } };
  const { codes, classes } = target;
  const tuned = tuneDecision(prediction.values, codes, classes.length, labelMetrics[metric], foldOf);
  return { promises: { held, ...(tuned.rule && { decision: { ...tuned.rule, metric } }) }, tuned };
}

const kindFor = (target: Target): PromiseKind<unknown> => promiseKinds.find((kind) => kind.target === target.kind)!;

/** What a bundle promises; undefined where it promises nothing that this Vitrine knows. */
export function promisedBy({ held }: Promises): Promised | undefined {
  return held && promiseKinds.find(({ name }) => name === held.kind)?.restore(held.state);
}
