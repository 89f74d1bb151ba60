import { createHash } from 'node:crypto';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { fairnessWishes } from './fairness-wishes.ts';
import { scriptFingerprint } from './script/script-fingerprint.ts';

/**
 * What two runs must share for their trials to be comparable: the data, how it is split and what is optimised. The space, the sampler,
 * budget, workers, energy settings and analyses may differ: the second run then goes on with the first one's study, and trials that
 * are outside of its space are kept and said to be.
 */
export function fingerprintOf(experiment: Experiment, dataHash: string | null): string {
  const { data, script, task, objectives, constraints, search } = experiment;
  const { thresholds, reweightBy } = fairnessWishes(experiment);
  const shared = {
    ...(data && {
      dataHash,
      split: { test: data.test, validation: data.validation, group: data.group, time: data.time },
      types: data.types,
      ignore: data.ignore,
      // Rows left out before the parting show in the hash of the data.
      ...(data.drop?.shared && { withoutShared: true }),
      ...(data.balance && { balance: data.balance }),
    }),
    ...(script && { script: scriptFingerprint(script) }),
    task,
    objectives,
    constraints,
    seed: search.seed,
    hypergradients: search.hypergradients,
    // Decided by group, the same model scores otherwise; weights by other columns make other models.
    ...(thresholds && { thresholds }),
    ...(reweightBy.length > 0 && { reweightBy }),
  };
  return createHash('sha256').update(JSON.stringify(shared)).digest('hex').slice(0, 16);
}
