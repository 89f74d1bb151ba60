import { readSnapshot } from '../data/snapshot.ts';
import { writeBundle } from '../models/bundle.ts';
import { developmentData } from './development-data.ts';
import type { RefitAnswer, RefitJob } from './job.ts';
import { learnerNamed } from './learners.ts';
import { measureModel } from './measure-model.ts';
import type { Surroundings } from './surroundings.ts';

/** Fits the winner on all development rows, for as many rounds as its folds chose, and scores it once on the test part. */
export async function performRefit(job: RefitJob, { signal }: Surroundings): Promise<RefitAnswer> {
  const learner = await learnerNamed(job.learner);
  const { data } = await developmentData(job.data);
  const started = performance.now();
  const model = await learner.fit(
    {
      train: data,
      resource: job.resource ?? undefined,
      ...(job.hypergradients !== 'none' && { hypergradients: job.hypergradients }),
      seed: job.seed,
      signal,
      report: async () => 'continue',
    },
    job.params,
  );
  const fitSeconds = (performance.now() - started) / 1000;
  await writeBundle(model.save(), job.modelFolder);
  const test = job.testSnapshot === null ? null : await readSnapshot(job.testSnapshot);
  const testMetrics = test && (await measureModel(model, test, fitSeconds)).metrics;
  model.dispose?.();
  return { model: model.facts, testMetrics };
}
