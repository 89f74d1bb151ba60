import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../../shared/faults.ts';
import type { ImportWishes } from '../../../shared/study-address.ts';
import { observedSpace, outsideNotes } from '../imported-space.ts';
import { chooseObjectives } from '../objective-choice.ts';
import type { FileHead, ImportedStudy, StudyImporter } from '../study-importer.ts';
import { importedTrial } from '../trial-facts.ts';
import { readRayStates } from './ray-state.ts';
import { type RayTrial, rayTrialFacts, readRayTrial, reportedNumbers } from './ray-trial.ts';

/**
 * An experiment of Ray Tune 1 to 2.60: the folder, or its `experiment_state-*.json`. One folder a trial with `params.json` and `result.json`
 * (one JSON object a report), or `progress.csv` where that is all there is. What a trial reported last is its value.
 */
export const rayTune: StudyImporter = {
  name: 'ray',
  title: 'Ray Tune',
  recognises: ({ path, text }: FileHead) =>
    (/^experiment_state-.*\.json$/.test(basename(path)) && /"(trial_data|checkpoints)"/.test(text)) ||
    isExperiment(path),
  read: async (path, wishes, signal) => [
    await readExperiment(statSync(path).isDirectory() ? path : dirname(path), path, wishes, signal),
  ],
};

const isExperiment = (path: string): boolean =>
  existsSync(path) && statSync(path).isDirectory() && trialFolders(path).length > 0;

const trialFolders = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'params.json')))
    .map((entry) => join(folder, entry.name));

async function readExperiment(
  folder: string,
  file: string,
  wishes: ImportWishes,
  signal: AbortSignal,
): Promise<ImportedStudy> {
  const states = await readRayStates(folder);
  const folders = trialFolders(folder);
  if (folders.length === 0)
    throw new UserError('import-empty', 'the experiment has no trials: no folder with a params.json.', {
      place: { file },
      advice: 'Name the folder that holds one folder a trial.',
    });
  const read: RayTrial[] = [];
  for (const each of folders) read.push(await readRayTrial(each, states.get(basename(each)), signal));
  // As Ray numbers them, where its state is there; else in the order in which they began.
  const trials = read.toSorted((a, b) => a.order.localeCompare(b.order));
  const { objectives, notes } = chooseObjectives(reportedNumbers(trials), wishes, file);
  const longest = Math.max(...trials.map(({ reports }) => reports.length));
  const facts = trials.map((trial) => rayTrialFacts(trial, objectives, longest));
  const imported = facts.map((each, number) => importedTrial(number, each, objectives.length));
  const space = observedSpace(imported);
  const stopped = facts.some(({ state }) => state === 'pruned');
  return {
    name: basename(folder),
    space,
    objectives,
    trials: imported,
    search: 'Chosen by Ray Tune; its files do not say by which algorithm.',
    notes: [
      'Ray Tune does not write down the space: it is what the configurations span.',
      ...notes,
      ...(stopped
        ? [
            'Ray does not mark what its scheduler stopped: trials that reported less often than the longest count as stopped early.',
          ]
        : []),
      ...outsideNotes(space, imported),
    ],
  };
}
