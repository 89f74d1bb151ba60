import { type CohortCondition, cohortKey } from '../../shared/cohort/cohort.ts';
import type { RobustnessReport } from '../../shared/results/robustness.ts';
import type { Pool } from './pool.ts';
import type { StudyInStore, Subject } from './subject.ts';
import { JobFailure, type JobOptions } from './worker-process.ts';

export interface AnalysisContext {
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** As of a job. */
  readonly graceMilliseconds?: number;
  progress(share: number, words: string): void;
}

/** Attacks a model in a worker process and keeps the report. cohort: what holds of the rows; absent: all. */
export async function attackModel(
  { store, study }: StudyInStore,
  { about, experiment, data, modelFolder }: Subject,
  context: AnalysisContext,
  cohort?: readonly CohortCondition[],
): Promise<RobustnessReport> {
  const sensitive = experiment.data?.sensitive ?? [];
  const { seed } = experiment.search;
  const job = { kind: 'attack', data, modelFolder, sensitive, seed, cohort: cohort ?? null } as const;
  const onProgress = (share: number) => context.progress(share, 'Looking for edits that flip predictions');
  const { answer } = await analysing(context.pool.run<'attack'>(job, { ...jobOptionsOf(context), onProgress }));
  store.analyses.put(study.id, about, cohort ? cohortKey(cohort) : '', answer);
  return answer;
}

export const jobOptionsOf = ({ signal, graceMilliseconds }: AnalysisContext): JobOptions => ({
  signal,
  graceMilliseconds,
});

/** An aborted job is the caller's abort, not a fault. */
export async function analysing<T>(job: Promise<T>): Promise<T> {
  try {
    return await job;
  } catch (error) {
    if (error instanceof JobFailure && error.reason === 'aborted')
      throw new DOMException('The analysis was stopped.', 'AbortError');
    throw error;
  }
}
