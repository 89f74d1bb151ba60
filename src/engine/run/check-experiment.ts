import type { Experiment } from '../../shared/experiment/experiment.ts';
import { changeNotes } from '../data/versions/change-notes.ts';
import { gridRow } from '../energy/grid.ts';
import type { StudyRecord } from '../store/records.ts';
import { experimentSpace } from './experiment-space.ts';
import { objectivesOf } from './objectives.ts';
import { isOverTable, partData } from './prepare-data.ts';
import { resourceOf } from './shared-resource.ts';

/**
 * Everything that a run would refuse before its first trial: loads and parts the data, builds the space, looks up the grid.
 * Writes nothing. Resolves with what a person should know of the data. Throws a UserError for the first fault.
 * @param last the newest study of the experiment, where there is one
 */
export async function checkExperiment(
  experiment: Experiment,
  last: StudyRecord | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  gridRow(experiment.energy.region);
  if (!isOverTable(experiment)) {
    await experimentSpace(experiment, null);
    return [];
  }
  const { info, notes } = await partData(experiment, signal);
  await experimentSpace(experiment, info);
  objectivesOf(experiment, info.task);
  resourceOf(experiment, info);
  return [...changeNotes(last ? [last] : [], info), ...notes];
}
