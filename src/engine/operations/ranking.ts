import type { Objective } from '../../shared/experiment/experiment.ts';
import type { StoredTrial } from '../store/records.ts';

/** Finished trials, best first by the first objective; the earlier trial first where two are equal. */
export function ranked(trials: readonly StoredTrial[], objectives: readonly Objective[]): StoredTrial[] {
  const sign = objectives[0].direction === 'minimize' ? 1 : -1;
  return trials
    .filter(({ trial }) => trial.state === 'complete' && trial.values !== undefined && !Number.isNaN(trial.values[0]))
    .sort((a, b) => sign * (a.trial.values![0] - b.trial.values![0]) || a.trial.number - b.trial.number);
}

export const bestTrial = (trials: readonly StoredTrial[], objectives: readonly Objective[]): StoredTrial | undefined =>
  ranked(trials, objectives)[0];
