import type { Direction } from '../../../shared/metrics.ts';
import type { Trial } from '../../../shared/trial.ts';
import { crowdingDistance, nonDominatedRanks } from '../pareto.ts';
import { losses, toMinimize, violation } from '../ranking.ts';

/** Trials in two groups, each in order of their numbers. */
export interface Split {
  readonly good: readonly Trial[];
  readonly rest: readonly Trial[];
}

/** Size of the good group among n finished trials: a tenth, at most 25 (Optuna's default; Bergstra et al. 2011 take a share of 0.15). */
export const goodCount = (n: number): number => Math.min(Math.ceil(0.1 * n), 25);

/**
 * Parts trials into the best and the rest. Order: complete and feasible by value, then pruned (the longest lived first, then by
 * their last value), then infeasible by how far, then failed. Running trials count as bad, so that workers side by side do not all try the
 * same (constant liar: Ginsbourger et al. 2010). Several objectives: by front, then the least crowded first (Deb et al. 2002).
 */
export function splitTrials(trials: readonly Trial[], directions: readonly Direction[]): Split {
  const feasible = trials.filter((trial) => trial.state === 'complete' && violation(trial) === 0);
  const infeasible = trials.filter((trial) => trial.state === 'complete' && violation(trial) > 0);
  const pruned = trials.filter((trial) => trial.state === 'pruned');
  const ranked = [
    ...byValue(feasible, directions),
    ...byProgress(pruned, directions[0]),
    ...infeasible.toSorted((a, b) => violation(a) - violation(b)),
  ];
  const good = new Set(ranked.slice(0, goodCount(ranked.length)));
  const known = trials.filter((trial) => trial.state !== 'waiting');
  return { good: known.filter((trial) => good.has(trial)), rest: known.filter((trial) => !good.has(trial)) };
}

function byValue(trials: readonly Trial[], directions: readonly Direction[]): Trial[] {
  const points = trials.map((trial) => losses(trial, directions));
  const order = [...trials.keys()];
  if (directions.length === 1) return order.sort((a, b) => points[a][0] - points[b][0]).map((i) => trials[i]);
  const ranks = nonDominatedRanks(points);
  const crowding = new Float64Array(trials.length);
  for (const front of new Set(ranks)) {
    const members = order.filter((i) => ranks[i] === front);
    const distances = crowdingDistance(members.map((i) => points[i]));
    for (const [k, i] of members.entries()) crowding[i] = distances[k];
  }
  return order
    .sort((a, b) => ranks[a] - ranks[b] || (crowding[a] < crowding[b] ? 1 : crowding[a] > crowding[b] ? -1 : 0))
    .map((i) => trials[i]);
}

function byProgress(trials: readonly Trial[], direction: Direction): Trial[] {
  const last = (trial: Trial) => trial.intermediate.at(-1);
  const lived = (trial: Trial) => last(trial)?.step ?? Number.MIN_SAFE_INTEGER;
  const loss = (trial: Trial) => toMinimize(last(trial)?.value ?? 0, direction);
  return trials.toSorted((a, b) => lived(b) - lived(a) || loss(a) - loss(b));
}

/** Weights by age: 1 for the newest 25, rising in a line from 1/n for the older (Optuna's default; after Hyperopt's linear forgetting). */
export function ageWeights(n: number): Float64Array {
  const full = 25;
  const older = n - full;
  return Float64Array.from({ length: n }, (_, i) =>
    i >= older ? 1 : older === 1 ? 1 / n : 1 / n + (i / (older - 1)) * (1 - 1 / n),
  );
}
