import type { CandidateName } from '../../shared/candidate.ts';
import { type EditName, isEditName } from '../../shared/results/model-editing.ts';
import { type ComparedSubject, compareSubjects } from '../run/compare.ts';
import { correlateTrials, mapModels } from '../run/several-models.ts';
import { subjectOf } from '../run/subject.ts';
import { type StudyInStore, studyOf } from './context.ts';
import { editedModelOf } from './edited-models.ts';
import type { Implementation } from './implementation.ts';
import { ranked } from './ranking.ts';
import { editedSubject, looked } from './trial-operations.ts';

export const modelsCompare: Implementation<'models.compare'> = async (
  { state, signal, progress },
  { file, first, second, ...wishes },
) => {
  const found = studyOf(state, file);
  const side = (which: CandidateName | EditName): ComparedSubject => {
    if (isEditName(which))
      return { candidate: which, subject: editedSubject(found, editedModelOf(found, which, file), file) };
    const chosen = looked(found, which, file);
    return {
      candidate: chosen === 'ensemble' ? chosen : chosen.trial.number,
      subject: subjectOf(found, chosen),
    };
  };
  return compareSubjects(found, side(first), side(second), wishes, { pool: state.pool, signal, progress });
};

export const modelsCorrelation: Implementation<'models.correlation'> = async (
  { state, signal, progress },
  { file },
) => {
  const found = studyOf(state, file);
  return correlateTrials(found, rankedTrials(found), { pool: state.pool, signal, progress });
};

export const modelsImportances: Implementation<'models.importances'> = async (
  { state, signal, progress },
  { file, ...wishes },
) => {
  const found = studyOf(state, file);
  return mapModels(found, rankedTrials(found), wishes, { pool: state.pool, signal, progress });
};

const rankedTrials = ({ store, study }: StudyInStore) => ranked(store.trials.all(study.id), study.objectives);
