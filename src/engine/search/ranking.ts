import type { Direction } from '../../shared/metrics.ts';
import type { Trial } from '../../shared/trial.ts';
import { nonDominated } from './pareto.ts';

/** A value turned so that smaller is better. */
export const toMinimize = (value: number, direction: Direction): number => (direction === 'minimize' ? value : -value);

/** A complete trial's values turned so that smaller is better. */
export const losses = (trial: Trial, directions: readonly Direction[]): number[] =>
  (trial.values ?? []).map((value, i) => toMinimize(value, directions[i]));

/** How far a trial breaks its constraints, 0 when it keeps them all. */
export const violation = (trial: Trial): number =>
  (trial.constraints ?? []).reduce((sum, constraint) => sum + Math.max(0, constraint), 0);

/** Complete trials that keep every constraint. */
export const feasibleTrials = (trials: readonly Trial[]): Trial[] =>
  trials.filter((trial) => trial.state === 'complete' && violation(trial) === 0);

/**
 * Those with the largest share of the resource among the trials: less of it judges a configuration otherwise. Where none is shared
 * out, all of them.
 */
export function atHighestFidelity(trials: readonly Trial[]): Trial[] {
  const fidelity = (trial: Trial) => trial.fidelity ?? Number.POSITIVE_INFINITY;
  const highest = trials.reduce((most, trial) => Math.max(most, fidelity(trial)), 0);
  return trials.filter((trial) => fidelity(trial) === highest);
}

/** The feasible trial with the best first value, the earliest of equals, of those at the highest fidelity; undefined while there is none. */
export function bestTrial(trials: readonly Trial[], directions: readonly Direction[]): Trial | undefined {
  const loss = (trial: Trial) => losses(trial, directions)[0];
  return atHighestFidelity(feasibleTrials(trials)).reduce<Trial | undefined>(
    (best, trial) => (best === undefined || loss(trial) < loss(best) ? trial : best),
    undefined,
  );
}

/** The feasible trials that no other one beats on every objective, in order of their numbers. */
export function frontTrials(trials: readonly Trial[], directions: readonly Direction[]): Trial[] {
  const feasible = atHighestFidelity(feasibleTrials(trials));
  return nonDominated(feasible.map((trial) => losses(trial, directions))).map((i) => feasible[i]);
}
