import type { Direction } from '../../../../shared/metrics.ts';
import type { Trial } from '../../../../shared/trial.ts';
import { crowdingDistance, nonDominatedRanks } from '../../pareto.ts';
import { losses, violation } from '../../ranking.ts';

/**
 * The complete trials, best first: feasible before infeasible (by how far), then by value. Several objectives: by front, then the least
 * crowded first (Deb et al. 2002), as multi-objective ASHA ranks a rung (Schmucker et al. 2021). The earlier trial of equals first.
 */
export function byStanding(trials: readonly Trial[], directions: readonly Direction[]): Trial[] {
  const complete = trials.filter(({ state }) => state === 'complete');
  const feasible = complete.filter((trial) => violation(trial) === 0);
  const infeasible = complete.filter((trial) => violation(trial) > 0);
  const points = feasible.map((trial) => losses(trial, directions));
  const order = directions.length === 1 ? byValue(points) : byFront(points);
  return [...order.map((i) => feasible[i]), ...infeasible.toSorted((a, b) => violation(a) - violation(b))];
}

const byValue = (points: readonly (readonly number[])[]): number[] =>
  [...points.keys()].sort((a, b) => points[a][0] - points[b][0]);

function byFront(points: readonly (readonly number[])[]): number[] {
  const ranks = nonDominatedRanks(points);
  const fronts: number[][] = [];
  for (const [i, rank] of ranks.entries()) {
    fronts[rank] ??= [];
    fronts[rank].push(i);
  }
  return fronts.flatMap((front) => {
    const distance = crowdingDistance(front.map((i) => points[i]));
    // Both ends of a front are infinitely far from their missing neighbours: a difference would not be a number.
    return [...front.keys()]
      .sort((a, b) => Number(distance[b] > distance[a]) - Number(distance[b] < distance[a]))
      .map((k) => front[k]);
  });
}
