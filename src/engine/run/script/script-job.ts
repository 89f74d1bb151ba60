import type { ExperimentScript } from '../../../shared/experiment/experiment.ts';
import type { Trial } from '../../../shared/trial.ts';
import { splitParams } from '../../space/join.ts';
import type { ScriptJob } from '../job.ts';
import type { RunContext } from '../run-context.ts';
import { scriptFolder } from './script-model.ts';

/** One run of the program, with a folder of its own beside the store: what it leaves there stays. */
export function scriptJob(
  { experiment, store, prepared }: RunContext,
  script: ExperimentScript,
  trial: Trial,
  timeoutSeconds: number,
): ScriptJob {
  const { command, cwd, space, resource, pruning, graceSeconds } = script;
  const { record } = prepared;
  return {
    kind: 'script',
    command,
    cwd,
    params: splitParams(trial.params).config,
    known: [...Object.keys(space.fixed), ...Object.keys(space.searched)],
    resource: resource ? { name: resource.name, amount: trial.fidelity ?? resource.max } : null,
    trial: trial.number,
    seed: experiment.search.seed,
    folder: scriptFolder(store, record.id, trial.number),
    objectives: record.objectives.map(({ metric }) => metric),
    pruning,
    graceSeconds,
    timeoutSeconds,
    memoryBytes: experiment.search.memoryBytes ?? null,
  };
}
