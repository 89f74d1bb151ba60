import { existsSync } from 'node:fs';
import { UserError } from '../../shared/faults.ts';
import { finalModel } from '../../shared/results/final-models.ts';
import { type EditName, isEditName } from '../../shared/results/model-editing.ts';
import { scriptModel } from '../run/script/script-model.ts';
import { isImported, type StoredTrial } from '../store/records.ts';
import { type StudyInStore, trialOf } from './context.ts';
import { editedChosen } from './edited-models.ts';
import { bestTrial } from './ranking.ts';

/** A model on the disk, and which it is in words. */
export interface ChosenModel {
  readonly folder: string;
  /** 'the ensemble', 'trial 12 (boosting)' */
  readonly words: string;
}

/**
 * The ensemble, the best or the best readable model, or that of a trial; 'auto': the ensemble where the search left one, else the best.
 * Throws a UserError where there is none.
 */
export function chosenModel(
  found: StudyInStore,
  which: 'auto' | 'best' | 'ensemble' | 'readable' | number | EditName,
  file: string,
): ChosenModel {
  if (isEditName(which)) return editedChosen(found, which, file);
  const { store, study } = found;
  if (!isImported(study.experiment) && study.experiment.script) {
    const best = bestTrial(store.trials.all(study.id), study.objectives)?.trial.number;
    throw scriptModel(file, { store, study: study.id, trial: typeof which === 'number' ? which : best });
  }
  const finals = store.analyses.finalModels(study.id);
  if (which === 'auto' || which === 'ensemble') {
    const folder = store.ensembleFolder(study.id);
    if (finalModel(finals, 'ensemble') && existsSync(folder)) return { folder, words: 'the ensemble' };
    if (which === 'ensemble') throw notLeft('an ensemble', finals?.notes ?? [], file);
  }
  if (which === 'readable') {
    const readable = finalModel(finals, 'readable');
    if (!readable || readable.trial === null) throw notLeft('a readable model', finals?.notes ?? [], file);
    return modelOfTrial(found, trialOf(found, readable.trial, file), file);
  }
  return modelOfTrial(found, trialOf(found, which === 'auto' ? 'best' : which, file), file);
}

/** The model refitted on all rows where there is one (the final models have it), else the one of the first fold. */
function modelOfTrial({ store, study }: StudyInStore, { trial, outcome }: StoredTrial, file: string): ChosenModel {
  for (const model of ['final', 'inspection'] as const) {
    const folder = store.modelFolder(study.id, trial.number, model);
    const part = model === 'final' ? '' : ", the first fold's model";
    if (existsSync(folder)) return { folder, words: `trial ${trial.number} (${outcome.learner}${part})` };
  }
  throw new UserError('no-model', `trial ${trial.number} left no model (it is ${trial.state}).`, {
    place: { file },
    advice: 'Choose a trial that is complete: vitrine trials FILE lists them.',
  });
}

export const notLeft = (what: string, notes: readonly string[], file: string) =>
  new UserError('no-final-model', `the search has not left ${what}.`, {
    place: { file },
    advice: [...notes, 'Run the experiment to its end, or name a trial by its number.'].join(' '),
  });
