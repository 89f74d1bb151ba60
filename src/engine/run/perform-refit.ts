import type { Dataset, Fold } from '../data/dataset.ts';
import { makePromises, type Promises } from '../ensembles/promises.ts';
import type { TunedDecision } from '../ensembles/thresholds.ts';
import { writeBundle } from '../models/bundle.ts';
import { developmentData } from './development-data.ts';
import { fairFit } from './fair-fit.ts';
import type { RefitAnswer, RefitJob } from './job.ts';
import { judgedPrediction, judgedRows } from './judged-rows.ts';
import { learnerNamed } from './learners.ts';
import { decisionOf, scoreOnce } from './score-once.ts';
import type { Surroundings } from './surroundings.ts';

/** Fits the winner on all development rows, for as many rounds as its folds chose, and scores it once on the test part. */
export async function performRefit(job: RefitJob, { signal }: Surroundings): Promise<RefitAnswer> {
  const learner = await learnerNamed(job.learner);
  const { data, folds } = await developmentData(job.data);
  const fair = fairFit(learner, data, job.params, job.fairness.reweightBy, job.seed);
  const started = performance.now();
  const model = await learner.fit(
    {
      ...fair.context,
      resource: job.resource ?? undefined,
      ...(job.hypergradients !== 'none' && { hypergradients: job.hypergradients }),
      seed: job.seed,
      signal,
      report: async () => 'continue',
    },
    fair.params,
  );
  const fitSeconds = (performance.now() - started) / 1000;
  const { promises, tuned } = await promisesOf(job, data, folds, signal);
  await writeBundle({ ...model.save(), promises }, job.modelFolder);
  const score = await scoreOnce(model, promises, job, fitSeconds);
  model.dispose?.();
  const words = [model.facts.words, fair.words].filter((one) => one !== null).join(', ');
  return {
    model: { ...model.facts, words },
    ...(tuned && { decision: decisionOf(job.metric, tuned, data.target) }),
    ...score,
  };
}

/** From what the trial's models predicted out of fold; none where that is not kept. */
async function promisesOf(
  { trialFolder, metric }: RefitJob,
  data: Dataset,
  folds: readonly Fold[],
  signal: AbortSignal,
): Promise<{ promises: Promises; tuned?: TunedDecision }> {
  const rows = judgedRows(data, folds);
  const prediction = await judgedPrediction(trialFolder, data, rows);
  return prediction ? makePromises({ ...rows, prediction }, metric, signal) : { promises: {} };
}
