import type { Random } from '../random.ts';
import { type SetScore, setScores } from './conformal-scores.ts';

/** [rows] each; infinite where there were too few rows for the level. */
export interface PredictionIntervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** member: [rows x classes] 1 where the class is in the row's set. */
export interface PredictionSets {
  readonly member: Uint8Array;
  readonly classCount: number;
}

/** How much the truth may differ, for each group of rows (one, where there are no groups); null: without bound. Plain JSON. */
export interface ConformalIntervals {
  readonly margins: readonly (number | null)[];
}

/** Largest score of a class that is still in a set, for each class (one for all, where they are not told apart); null: any. Plain JSON. */
export interface ConformalSets {
  readonly score: SetScore;
  readonly largest: readonly (number | null)[];
  /** Whether scores were broken by chance, which `setsOf` must then do as well. */
  readonly randomised: boolean;
}

/**
 * The ceil((m + 1)(1 - alpha))-th smallest of m scores (Vovk, Gammerman and Shafer 2005; Lei et al. 2018, algorithm 2); null where m
 * is too small for the level. At least a share 1 - alpha of new scores is not above it, if they are exchangeable with these.
 */
export function conformalQuantile(scores: Float64Array, alpha: number): number | null {
  checkLevel(alpha);
  // (m + 1)(1 - alpha) as written can land a hair above a whole number.
  const rank = Math.ceil((scores.length + 1) * (1 - alpha) - 1e-9);
  return rank > scores.length ? null : scores.slice().sort()[Math.max(0, rank - 1)];
}

/** Throws a RangeError unless 0 < alpha < 1. */
export function checkLevel(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must be between 0 and 1, not ${alpha}`);
}

/**
 * Split conformal intervals: the quantile of absolute errors on rows that were not fitted on, for each group apart where there are
 * groups (Mondrian).
 * @param groupOf [rows] 0, 1, ...: a group that has no row here gets no bound
 */
export function fitIntervals(
  predicted: Float64Array,
  truth: Float64Array,
  alpha: number,
  groupOf?: Int32Array,
  groupCount = 1,
): ConformalIntervals {
  const errors = truth.map((value, row) => Math.abs(value - predicted[row]));
  return { margins: quantilePerGroup(errors, alpha, groupOf, groupCount) };
}

/** @param groupOf [rows] as it was fitted */
export function intervalsOf(
  { margins }: ConformalIntervals,
  predicted: Float64Array,
  groupOf?: Int32Array,
): PredictionIntervals {
  return around(predicted, predicted, margins, groupOf);
}

/**
 * Conformalised quantile regression (Romano, Patterson and Candes 2019): how far the truth is outside a predicted interval, negative
 * within it.
 * @param low [rows] predicted lower quantile
 * @param high [rows] predicted upper quantile
 */
export function fitQuantileIntervals(
  { low, high }: PredictionIntervals,
  truth: Float64Array,
  alpha: number,
  groupOf?: Int32Array,
  groupCount = 1,
): ConformalIntervals {
  const outside = truth.map((value, row) => Math.max(low[row] - value, value - high[row]));
  return { margins: quantilePerGroup(outside, alpha, groupOf, groupCount) };
}

/** A predicted interval, widened (or narrowed, at most to its middle) by what was fitted. */
export function quantileIntervalsOf(
  { margins }: ConformalIntervals,
  { low, high }: PredictionIntervals,
  groupOf?: Int32Array,
): PredictionIntervals {
  const widened = around(low, high, margins, groupOf);
  widened.low.forEach((bottom, row) => {
    if (bottom > widened.high[row]) widened.low[row] = widened.high[row] = (low[row] + high[row]) / 2;
  });
  return widened;
}

function around(
  low: Float64Array,
  high: Float64Array,
  margins: readonly (number | null)[],
  groupOf?: Int32Array,
): PredictionIntervals {
  const marginOf = (row: number) => margins[groupOf ? groupOf[row] : 0] ?? Number.POSITIVE_INFINITY;
  return {
    low: low.map((value, row) => value - marginOf(row)),
    high: high.map((value, row) => value + marginOf(row)),
  };
}

export interface SetOptions {
  /** A quantile for each class of its own, so that every class is covered as promised (label-conditional). */
  readonly perClass?: boolean;
  /**
   * Breaks adaptive scores by chance, which makes sets smaller and some of them empty; without it they always hold the most probable
   * class.
   */
  readonly random?: Random;
}

/**
 * What a set of classes must hold to miss the truth in a share alpha of rows at most.
 * @param probabilities [rows x classes] of rows that were not fitted on
 * @param codes [rows]
 */
export function fitSets(
  probabilities: Float64Array,
  codes: Int32Array,
  classCount: number,
  score: SetScore,
  alpha: number,
  { perClass = false, random }: SetOptions = {},
): ConformalSets {
  const all = setScores(score, probabilities, classCount, random);
  const own = Float64Array.from(codes, (code, row) => all[row * classCount + code]);
  const largest = quantilePerGroup(own, alpha, perClass ? codes : undefined, perClass ? classCount : 1);
  return { score, largest, randomised: random !== undefined };
}

/**
 * The classes of each row whose score is not above what was fitted. Throws a RangeError where chance is missing that the fit had, or
 * the other way round.
 */
export function setsOf(
  { score, largest, randomised }: ConformalSets,
  probabilities: Float64Array,
  classCount: number,
  random?: Random,
): PredictionSets {
  if (randomised !== (random !== undefined))
    throw new RangeError('sets must be broken by chance both when fitted and when made, or neither time');
  const scores = setScores(score, probabilities, classCount, random);
  const limits = Array.from({ length: classCount }, (_, k) => largest[largest.length > 1 ? k : 0]);
  const member = Uint8Array.from(scores, (value, i) => {
    const limit = limits[i % classCount];
    return limit === null || value <= limit ? 1 : 0;
  });
  return { member, classCount };
}

function quantilePerGroup(
  scores: Float64Array,
  alpha: number,
  groupOf: Int32Array | undefined,
  groupCount: number,
): (number | null)[] {
  if (groupOf === undefined) return [conformalQuantile(scores, alpha)];
  return Array.from({ length: groupCount }, (_, group) =>
    conformalQuantile(
      scores.filter((_, row) => groupOf[row] === group),
      alpha,
    ),
  );
}
