import type { CohortRows } from '../../shared/results/cohort-rows.ts';
import { describeCohort } from '../explain/describe-cohort.ts';
import { inspectedModel } from './inspected-model.ts';
import type { CohortJob } from './job.ts';
import type { Surroundings } from './surroundings.ts';

/** Looks at the rows of a cohort among those that the first fold's model has never seen. */
export async function performCohort(job: CohortJob, { signal, progress }: Surroundings): Promise<CohortRows> {
  const { model, evaluation } = await inspectedModel(job.data, job.modelFolder);
  try {
    const part = { rows: evaluation, name: 'validation' } as const;
    return await describeCohort(model, part, job.cohort, job.seed, progress, signal);
  } finally {
    model.dispose?.();
  }
}
