import { cohortKey } from '../../shared/cohort/cohort.ts';
import { cohortWords } from '../../shared/cohort/cohort-words.ts';
import { UserError } from '../../shared/faults.ts';
import { lookAtCohort } from '../run/cohort.ts';
import { subjectOf } from '../run/subject.ts';
import { analysesOf } from './analysed-model.ts';
import { studyOf } from './context.ts';
import type { Implementation } from './implementation.ts';
import { looked } from './trial-operations.ts';
import { wishedCohort } from './wished-cohort.ts';

export const cohortShow: Implementation<'cohort.show'> = async ({ state, signal, progress }, input) => {
  const found = studyOf(state, input.file);
  const subject = subjectOf(found, looked(found, input.trial, input.file));
  const conditions = wishedCohort(found, input) ?? nothingSaid(input.file);
  const rows = await lookAtCohort(found, subject, conditions, { pool: state.pool, signal, progress });
  return { rows, ...analysesOf(found, subject.about, { cohort: cohortKey(conditions) }) };
};

export const cohortList: Implementation<'cohort.list'> = async ({ state }, { file }) => {
  const { store, study } = studyOf(state, file);
  return { cohorts: store.analyses.cohorts(study.id) };
};

export const cohortKeep: Implementation<'cohort.keep'> = async ({ state }, input) => {
  const found = studyOf(state, input.file);
  const conditions = wishedCohort(found, input) ?? nothingSaid(input.file);
  const { store, study } = found;
  store.analyses.keepCohort(study.id, { name: input.name ?? cohortWords(conditions), conditions });
  return { cohorts: store.analyses.cohorts(study.id) };
};

export const cohortForget: Implementation<'cohort.forget'> = async ({ state }, { file, name }) => {
  const { store, study } = studyOf(state, file);
  store.analyses.forgetCohort(study.id, name);
  return { cohorts: store.analyses.cohorts(study.id) };
};

function nothingSaid(file: string): never {
  throw new UserError('cohort-missing', 'nothing is said of which rows are meant.', {
    place: { file },
    advice: 'Say what holds of them, such as --where "age > 45", or name a cohort that is kept.',
  });
}
