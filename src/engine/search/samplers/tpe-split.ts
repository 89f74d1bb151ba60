import type { Direction } from '../../../shared/metrics.ts';
import type { Trial } from '../../../shared/trial.ts';
import { toMinimize, violation } from '../ranking.ts';
import { contributionWeights, firstByFronts } from './tpe-fronts.ts';

/** Trials in two groups, each in order of their numbers. */
export interface Split {
  readonly good: readonly Trial[];
  readonly rest: readonly Trial[];
  /** One a good trial. */
  readonly goodWeights: Float64Array;
  /** The best of the good ones; undefined where there are none. */
  readonly best: Trial | undefined;
}

/** Size of the good group among n finished trials: the share 0.15 of Bergstra et al. 2011 (section 6), at most 25 (Optuna's limit). */
export const goodCount = (n: number): number => Math.min(Math.ceil(0.15 * n), 25);

/**
 * Parts trials into the best and the rest. Order: complete and feasible by value, then pruned (the longest lived first, then by
 * their last value), then infeasible by how far, then failed. Running trials count as bad, so that workers side by side do not all try the
 * same (constant liar: Ginsbourger et al. 2010).
 *
 * Good trials weigh by age where there is one objective. Of several objectives (MOTPE: Ozaki et al. 2022), trials go by front, the last
 * one by the volume that each adds, and the good ones weigh by what they add to the volume of all good ones.
 * @param trials in order of their numbers; waiting ones are left out
 */
export function splitTrials(trials: readonly Trial[], directions: readonly Direction[]): Split {
  const [feasible, infeasible, pruned]: Trial[][] = [[], [], []];
  for (const trial of trials) {
    if (trial.state === 'pruned') pruned.push(trial);
    else if (trial.state === 'complete') (violation(trial) === 0 ? feasible : infeasible).push(trial);
  }
  const count = goodCount(feasible.length + infeasible.length + pruned.length);
  const ranked = firstFeasible(feasible, directions, count);
  if (ranked.length < count) ranked.push(...firstPruned(pruned, directions[0], count - ranked.length));
  if (ranked.length < count) ranked.push(...firstInfeasible(infeasible, count - ranked.length));
  const members = new Set(ranked);
  const good = trials.filter((trial) => members.has(trial));
  const rest = trials.filter((trial) => trial.state !== 'waiting' && !members.has(trial));
  const goodWeights = directions.length === 1 ? ageWeights(good.length) : contributionWeights(good, directions);
  return { good, rest, goodWeights, best: ranked[0] };
}

function firstFeasible(trials: readonly Trial[], directions: readonly Direction[], count: number): Trial[] {
  if (directions.length > 1) return firstByFronts(trials, directions, count);
  const values = trials.map(({ values: [value] = [0] }) => toMinimize(value, directions[0]));
  return first(trials, count, (a, b) => values[a] - values[b]);
}

function firstPruned(trials: readonly Trial[], direction: Direction, count: number): Trial[] {
  const last = trials.map(({ intermediate }) => intermediate.at(-1));
  const lived = last.map((report) => report?.step ?? Number.MIN_SAFE_INTEGER);
  const loss = last.map((report) => toMinimize(report?.value ?? 0, direction));
  return first(trials, count, (a, b) => lived[b] - lived[a] || loss[a] - loss[b]);
}

function firstInfeasible(trials: readonly Trial[], count: number): Trial[] {
  const violations = trials.map(violation);
  return first(trials, count, (a, b) => violations[a] - violations[b]);
}

/** The first few in an order of the indices, the earliest of equals first; quick where few are wanted of many. */
function first(trials: readonly Trial[], count: number, order: (a: number, b: number) => number): Trial[] {
  const found: number[] = [];
  for (let i = 0; i < trials.length; i++) {
    if (found.length === count && order(i, found[count - 1]) >= 0) continue;
    const place = 1 + found.findLastIndex((other) => order(other, i) <= 0);
    found.splice(place, 0, i);
    if (found.length > count) found.pop();
  }
  return found.map((i) => trials[i]);
}

/** Weights by age: 1 for the newest 25, rising in a line from 1/n for the older (Optuna's default; after Hyperopt's linear forgetting). */
export function ageWeights(n: number): Float64Array {
  const full = 25;
  const older = n - full;
  return Float64Array.from({ length: n }, (_, i) =>
    i >= older ? 1 : older === 1 ? 1 / n : 1 / n + (i / (older - 1)) * (1 - 1 / n),
  );
}

/** Trials as kernels of a density. */
export interface Weighted {
  readonly trials: readonly Trial[];
  /** One a trial. */
  readonly weights: Float64Array;
}

/** Newest trials that are all kept, and trials that stand for all older ones. */
const newest = 1000;
const standing = 4000;

/**
 * Trials with their weights by age; of more than 5,000 the older ones are thinned evenly, and those that stay weigh for those between: a
 * density of thousands of kernels is hardly another with more, and a suggestion among 100,000 trials costs no more for it.
 */
export function weighedByAge(trials: readonly Trial[]): Weighted {
  const weights = ageWeights(trials.length);
  if (trials.length <= newest + standing) return { trials, weights };
  const older = trials.length - newest;
  const kept = Array.from({ length: standing }, (_, k) => Math.floor(((k + 0.5) * older) / standing));
  return {
    trials: [...kept.map((i) => trials[i]), ...trials.slice(older)],
    weights: Float64Array.of(...kept.map((i) => (weights[i] * older) / standing), ...weights.subarray(older)),
  };
}
