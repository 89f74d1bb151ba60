import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import { parseConditions } from '../../shared/cohort/parse-condition.ts';
import { UserError } from '../../shared/faults.ts';
import { nearest } from '../../shared/nearest.ts';
import { listWords } from '../../shared/results/numbers.ts';
import type { StudyInStore } from './context.ts';

/** How an operation is told which rows to look at. */
export interface CohortWishes {
  readonly file: string;
  readonly cohort?: string | readonly CohortCondition[];
  readonly where?: readonly string[];
}

/** What is to hold of the rows; undefined where all are meant. Throws a UserError that is placed in the experiment file. */
export function wishedCohort(
  found: StudyInStore,
  { file, cohort, where }: CohortWishes,
): readonly CohortCondition[] | undefined {
  if (cohort === undefined && where === undefined) return undefined;
  const kept = typeof cohort === 'string' ? keptCohort(found, cohort, file) : (cohort ?? []);
  const { data } = found.study;
  if (!data) return kept;
  return [...kept, ...(where ?? []).flatMap((text) => placed(file, () => parseConditions(text, data)))];
}

function keptCohort({ store, study }: StudyInStore, name: string, file: string): readonly CohortCondition[] {
  const cohorts = store.analyses.cohorts(study.id);
  const kept = cohorts.find((one) => one.name === name);
  if (kept) return kept.conditions;
  const names = cohorts.map((one) => one.name);
  const meant = nearest(name, names);
  throw new UserError('cohort-unknown', `no cohort "${name}" is kept.`, {
    place: { file },
    advice:
      meant !== undefined
        ? `Did you mean "${meant}"?`
        : names.length > 0
          ? `Kept are ${listWords(names.map((one) => `"${one}"`))}.`
          : 'Keep one by vitrine cohort FILE --where CONDITION --keep NAME, or say what holds of its rows by --where.',
  });
}

function placed<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError) || error.place) throw error;
    const { code, message, advice } = error;
    throw new UserError(code, message, { place: { file }, advice, cause: error });
  }
}
