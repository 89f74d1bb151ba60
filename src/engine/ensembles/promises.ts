import type { Target } from '../data/dataset.ts';
import { mostProbable } from '../metrics/classification.ts';
import { labelMetrics } from '../metrics/labels.ts';
import type { Prediction } from '../models/predictor.ts';
import {
  type ConformalIntervals,
  type ConformalSets,
  fitIntervals,
  fitSets,
  intervalsOf,
  type PredictionSets,
  setsOf,
} from './conformal.ts';
import { type Coverage, intervalCoverage, setCoverage } from './coverage.ts';
import { type DecisionRule, type TunedDecision, tuneDecision } from './thresholds.ts';

/** Shares of rows whose truth a set or an interval may be asked to hold. */
export const coverages = [0.8, 0.9, 0.95, 0.99] as const;
export type CoverageLevel = (typeof coverages)[number];

/** What stands beside a model's predictions, learnt from predictions out of fold; plain JSON. */
export interface Promises {
  /** Which label a row is given, where that is not the most probable class. */
  readonly decision?: DecisionRule & { readonly metric: LabelMetricName };
  /** One a level of `coverages`, sets for classes and intervals for values. */
  readonly sets?: readonly ConformalSets[];
  readonly intervals?: readonly ConformalIntervals[];
}

type LabelMetricName = keyof typeof labelMetrics;
export const isLabelMetric = (name: string): name is LabelMetricName => Object.hasOwn(labelMetrics, name);

/**
 * Sets of classes that are small on average, intervals of equal width, and for a metric of labels the decision that serves it best. The
 * predictions of each row are by a model that was not fitted on it (cross-conformal, Vovk 2015); a refitted model's errors are taken
 * to be like them.
 * @param foldOf [rows]
 */
export function makePromises(
  { values }: Prediction,
  target: Target,
  foldOf: ArrayLike<number>,
  metric: string,
): { promises: Promises; tuned?: TunedDecision } {
  if (target.kind === 'values')
    return { promises: { intervals: coverages.map((level) => fitIntervals(values, target.values, 1 - level)) } };
  const { codes, classes } = target;
  const sets = coverages.map((level) => widened(fitSets(values, codes, classes.length, { kind: 'lac' }, 1 - level)));
  if (!isLabelMetric(metric)) return { promises: { sets } };
  const tuned = tuneDecision(values, codes, classes.length, labelMetrics[metric], foldOf);
  return { promises: { sets, ...(tuned.rule && { decision: { ...tuned.rule, metric } }) }, tuned };
}

/**
 * The probabilities of a model that is fitted anew, or of several folds' models averaged, are not those that the sets were learnt from;
 * where two classes are as likely as the limit allows, a thousandth decides whether a set has one of them or both.
 */
const slack = 0.01;
const widened = (sets: ConformalSets): ConformalSets => ({
  ...sets,
  largest: sets.largest.map((limit) => limit && limit + slack),
});

/** The classes of each row; the most probable one is always among them, so that no set is empty. */
export function promisedSets(sets: ConformalSets, probabilities: Float64Array, classCount: number): PredictionSets {
  const { member } = setsOf(sets, probabilities, classCount);
  mostProbable(probabilities, classCount).forEach((label, row) => {
    member[row * classCount + label] = 1;
  });
  return { member, classCount };
}

/** How a promise was kept on rows that had no part in it; undefined where there is none of that kind, or no rows. */
export function checkPromise(
  promises: Promises,
  level: CoverageLevel,
  { values }: Prediction,
  target: Target,
): Coverage | undefined {
  const at = coverages.indexOf(level);
  if (values.length === 0) return undefined;
  if (target.kind === 'values') {
    const intervals = promises.intervals?.[at];
    return intervals && intervalCoverage(intervalsOf(intervals, values), target.values);
  }
  const sets = promises.sets?.[at];
  return sets && setCoverage(promisedSets(sets, values, target.classes.length), target.codes);
}
