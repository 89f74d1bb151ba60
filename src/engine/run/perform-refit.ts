import { UserError } from '../../shared/faults.ts';
import type { GroupDecisionCost } from '../../shared/results/final-models.ts';
import type { Dataset, Fold } from '../data/dataset.ts';
import { makePromises, type Promises } from '../ensembles/promises.ts';
import type { TunedDecision } from '../ensembles/thresholds.ts';
import { writeBundle } from '../models/bundle.ts';
import { developmentData } from './development-data.ts';
import { fairFit } from './fair-fit.ts';
import { costOfGroups, judgeFairly } from './fair-judgement.ts';
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
  const { promises, tuned, groupDecision } = await promisesOf(job, data, folds, signal);
  await writeBundle({ ...model.save(), promises }, job.modelFolder);
  const score = await scoreOnce(model, promises, job, fitSeconds);
  model.dispose?.();
  const words = [model.facts.words, fair.words].filter((one) => one !== null).join(', ');
  return {
    model: { ...model.facts, words },
    ...(tuned && { decision: decisionOf(job.metric, tuned, data.target) }),
    ...(groupDecision && { groupDecision }),
    ...score,
  };
}

/** From what the trial's models predicted out of fold; none where that is not kept. */
async function promisesOf(
  { trialFolder, metric, fairness, seed }: RefitJob,
  data: Dataset,
  folds: readonly Fold[],
  signal: AbortSignal,
): Promise<{ promises: Promises; tuned?: TunedDecision; groupDecision?: GroupDecisionCost }> {
  const rows = judgedRows(data, folds);
  const prediction = await judgedPrediction(trialFolder, data, rows);
  if (!prediction) {
    if (fairness.thresholds) throw noThresholds();
    return { promises: {} };
  }
  const { byGroup } = fairness.thresholds ? judgeFairly(fairness, data, rows, prediction, seed) : {};
  return {
    ...(await makePromises({ ...rows, prediction }, metric, signal, byGroup?.decision)),
    ...(byGroup && { groupDecision: costOfGroups(byGroup, data, rows, prediction, seed) }),
  };
}

const noThresholds = () =>
  new UserError(
    'no-thresholds',
    'thresholds for each group could not be chosen: what the trial predicted out of fold is not kept.',
    {
      advice: 'Run the experiment anew: vitrine run FILE --fresh.',
    },
  );
