import type { Experiment } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import { finalModel } from '../../shared/results/final-models.ts';
import { ensembleName } from '../ensembles/ensemble-model.ts';
import type { ExplainedModel } from '../explain/explainer.ts';
import type { About } from '../store/analyses.ts';
import { isImported, type StoredTrial, type StudyRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { DevelopmentData } from './job.ts';
import { findData, isOverTable } from './prepare-data.ts';
import { scriptModel } from './script/script-model.ts';

export interface StudyInStore {
  readonly store: Store;
  readonly study: StudyRecord;
}

/** A model that analyses look into, and the rows that it was not fitted on. */
export interface Subject {
  readonly about: About;
  /** 'trial 12', 'the ensemble' */
  readonly words: string;
  /** null where an older version did not write it down. */
  readonly model: ExplainedModel | null;
  readonly experiment: Experiment;
  readonly data: DevelopmentData;
  readonly modelFolder: string;
}

/** The first fold's model of a trial, or the ensemble by its members of that fold. Throws a UserError where there is none. */
export function subjectOf(found: StudyInStore, which: StoredTrial | 'ensemble'): Subject {
  return which === 'ensemble' ? ensembleSubject(found) : trialSubject(found, which);
}

function trialSubject(found: StudyInStore, { trial, outcome }: StoredTrial): Subject {
  const { number, state, message } = trial;
  if (state !== 'complete') {
    throw new UserError('trial-unfinished', `trial ${number} is ${state}${message ? `: ${message}` : '.'}`, {
      advice: 'Choose a trial that is complete.',
    });
  }
  const { store, study } = found;
  const rows = rowsOf(found, number);
  const { learner, model: facts } = outcome;
  return {
    about: number,
    words: `trial ${number}`,
    model: facts && study.data ? { learner, facts, info: study.data } : null,
    ...rows,
    modelFolder: store.modelFolder(study.id, number, 'inspection'),
  };
}

function ensembleSubject(found: StudyInStore): Subject {
  const { store, study } = found;
  const rows = rowsOf(found);
  const finals = store.analyses.finalModels(study.id);
  const ensemble = finalModel(finals, 'ensemble');
  if (!ensemble || !study.data) {
    throw new UserError('no-final-model', 'the search has not left an ensemble.', {
      place: { file: rows.experiment.file },
      advice: [...(finals?.notes ?? []), 'Run the experiment to its end, or name a trial by its number.'].join(' '),
    });
  }
  return {
    about: 'ensemble',
    words: 'the ensemble',
    model: { learner: ensembleName, facts: ensemble.facts, info: study.data },
    ...rows,
    modelFolder: store.ensembleFolder(study.id),
  };
}

function rowsOf({ store, study }: StudyInStore, trial?: number): Pick<Subject, 'experiment' | 'data'> {
  const experiment = experimentOf(study);
  if (experiment.script) throw scriptModel(experiment.file, { store, study: study.id, trial });
  if (!study.data || !isOverTable(experiment)) {
    throw new UserError('no-data', 'this study has no data: there are no rows to look at.', {
      place: { file: experiment.file },
      advice: 'What the search itself tells can be shown: trials, values, parameters.',
    });
  }
  return { experiment, data: findData(experiment, study.data, store.folder) };
}

/** Throws a UserError `imported-study` where another program made the study: it left no model here. */
function experimentOf({ experiment }: StudyRecord): Experiment {
  if (!isImported(experiment)) return experiment;
  throw new UserError('imported-study', `${experiment.program} made this study: its trials left no model here.`, {
    place: { file: experiment.path },
    advice: 'What the search itself tells can be shown: trials, values, parameters.',
  });
}
