import type { Objective } from '../../shared/experiment/experiment.ts';
import type { Trial } from '../../shared/trial.ts';
import { violation } from '../search/ranking.ts';
import type { StoredTrial } from '../store/records.ts';

/**
 * Finished trials, best first by the first objective; those that break a constraint after all others, the least broken first; those
 * with less of a shared-out resource after those with more; the earlier trial first where two are equal.
 */
export function ranked(trials: readonly StoredTrial[], objectives: readonly Objective[]): StoredTrial[] {
  const sign = objectives[0].direction === 'minimize' ? 1 : -1;
  return trials
    .filter(({ trial }) => trial.state === 'complete' && trial.values !== undefined && !Number.isNaN(trial.values[0]))
    .sort(
      (a, b) =>
        violation(a.trial) - violation(b.trial) ||
        byFidelity(a.trial, b.trial) ||
        sign * (a.trial.values![0] - b.trial.values![0]) ||
        a.trial.number - b.trial.number,
    );
}

function byFidelity(a: Trial, b: Trial): number {
  const [first, second] = [a, b].map(({ fidelity }) => fidelity ?? Number.POSITIVE_INFINITY);
  return first === second ? 0 : second - first;
}

/** The first of them; undefined where none keeps every constraint: what breaks one is not the best of a search. */
export function bestTrial(trials: readonly StoredTrial[], objectives: readonly Objective[]): StoredTrial | undefined {
  const [first] = ranked(trials, objectives);
  return first && violation(first.trial) === 0 ? first : undefined;
}
