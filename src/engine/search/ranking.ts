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
  const highest = trials.reduce((most, trial) => Math.max(most, fidelityOf(trial)), 0);
  return trials.filter((trial) => fidelityOf(trial) === highest);
}

const fidelityOf = (trial: Trial): number => trial.fidelity ?? Number.POSITIVE_INFINITY;

/** The feasible trial with the best first value, the earliest of equals, of those at the highest fidelity; undefined while there is none. */
export function bestTrial(trials: readonly Trial[], directions: readonly Direction[]): Trial | undefined {
  return trials.reduce<Trial | undefined>(
    (best, trial) => (isBetter(trial, best, directions) ? trial : best),
    undefined,
  );
}

/** Whether a trial is feasible, complete, and stands before the best so far in the order of `bestTrial`. */
export function isBetter(trial: Trial, best: Trial | undefined, directions: readonly Direction[]): boolean {
  if (trial.state !== 'complete' || violation(trial) > 0) return false;
  if (!best) return true;
  const more = fidelityOf(trial) - fidelityOf(best);
  if (more !== 0 && !Number.isNaN(more)) return more > 0;
  const gain = losses(best, directions)[0] - losses(trial, directions)[0];
  return gain > 0 || (gain === 0 && trial.number < best.number);
}

/** The feasible trials that no other one beats on every objective, in order of their numbers. */
export function frontTrials(trials: readonly Trial[], directions: readonly Direction[]): Trial[] {
  const feasible = atHighestFidelity(feasibleTrials(trials));
  return nonDominated(feasible.map((trial) => losses(trial, directions))).map((i) => feasible[i]);
}
