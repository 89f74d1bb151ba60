import { createHash } from 'node:crypto';
import type { Experiment } from '../../shared/experiment/experiment.ts';

/**
 * What two runs must share for their trials to be comparable: the data, how it is split, what is searched and what is optimised.
 * Budget, workers, energy settings and analyses may differ: the second run then goes on with the first one's study.
 */
export function fingerprintOf(experiment: Experiment, dataHash: string): string {
  const { data, task, learners, space, nas, objectives, search } = experiment;
  const shared = {
    dataHash,
    split: { test: data.test, validation: data.validation, group: data.group, time: data.time },
    types: data.types,
    ignore: data.ignore,
    task,
    learners,
    space,
    nas,
    objectives,
    seed: search.seed,
    sampler: search.sampler,
    pruner: search.pruner,
  };
  return createHash('sha256').update(JSON.stringify(shared)).digest('hex').slice(0, 16);
}
