import { type CohortCondition, cohortKey } from '../../shared/cohort/cohort.ts';
import type { CohortRows } from '../../shared/results/cohort-rows.ts';
import { type AnalysisContext, analysing, jobOptionsOf } from './analyse.ts';
import type { StudyInStore, Subject } from './subject.ts';

/** Looks at the rows of a cohort in a worker process and keeps what it finds; what is kept already is not asked again. */
export async function lookAtCohort(
  { store, study }: StudyInStore,
  { about, experiment, data, modelFolder }: Subject,
  conditions: readonly CohortCondition[],
  context: AnalysisContext,
): Promise<CohortRows> {
  const key = cohortKey(conditions);
  const kept = store.analyses.get(study.id, about, 'cohort-rows', key);
  if (kept) return kept as CohortRows;
  const job = { kind: 'cohort', data, modelFolder, cohort: conditions, seed: experiment.search.seed } as const;
  const onProgress = (share: number) => context.progress(share, 'Looking at the rows of the cohort');
  const { answer } = await analysing(context.pool.run<'cohort'>(job, { ...jobOptionsOf(context), onProgress }));
  store.analyses.put(study.id, about, key, answer);
  return answer;
}
