import { rm } from 'node:fs/promises';
import type { MetricName, Metrics } from '../../shared/metrics.ts';
import { type Dataset, type Fold, outputsOf, takeDataset, targetLength } from '../data/dataset.ts';
import type { Learner } from '../learners/learner.ts';
import { isPredictive } from '../metrics/measure.ts';
import { readBundle, writeBundle } from '../models/bundle.ts';
import type { Model } from '../models/model.ts';
import type { Prediction } from '../models/predictor.ts';
import { collectGarbage } from './collect-garbage.ts';
import { measureCostly } from './costly-metrics.ts';
import { developmentData } from './development-data.ts';
import { fairFit } from './fair-fit.ts';
import { fairnessMetrics, judgeFolds } from './fair-judgement.ts';
import { foldFolder } from './fold-folder.ts';
import type { TrialAnswer, TrialJob } from './job.ts';
import { learnerNamed } from './learners.ts';
import { measureModel } from './measure-model.ts';
import { OutOfFold } from './out-of-fold.ts';
import { foldsWithin, roundsWithin } from './shared-resource.ts';
import { fittingRows } from './stopping-split.ts';
import type { Surroundings } from './surroundings.ts';
import { foldsOutOfTime, trainingDeadline } from './training-deadline.ts';

interface FoldOutcome {
  readonly model: Model;
  readonly prediction: Prediction;
  readonly metrics: Metrics;
  readonly pruned: string | null;
  readonly shortened: string | null;
  /** How its training rows were weighted. */
  readonly weighed: string | null;
}

/** What stays of a fold once its model is on the disk. */
interface Measured extends Omit<FoldOutcome, 'model'>, Pick<Model, 'facts' | 'graph'> {}

/** Fits the configuration on every fold, measures it on the rows left out, and keeps the first fold's model for analyses. */
export async function performTrial(job: TrialJob, surroundings: Surroundings): Promise<TrialAnswer> {
  const began = performance.now();
  const isDue = trainingDeadline(job.secondsLeft);
  const learner = await learnerNamed(job.learner);
  const { data, folds: whole } = await developmentData(job.data);
  const folds = foldsWithin(whole, job.fidelity, job.data.splitSeed);
  const outcomes: Measured[] = [];
  let first: Model | undefined;
  let pruned: string | null = null;
  for (let fold = 0; fold < folds.length && pruned === null; fold++) {
    surroundings.signal.throwIfAborted();
    const train = takeDataset(data, folds[fold].train);
    const validation = takeDataset(data, folds[fold].validation);
    // One split: the learner's own rounds are what the search watches; several: the folds are.
    const watchRounds = whole.length === 1;
    const { model, ...outcome } = await fitFold(
      learner,
      job,
      { train, validation, fold, watchRounds, isDue },
      surroundings,
    );
    if (fold === 0 || job.keepsFolds) await writeBundle(model.save(), foldFolder(job.modelFolder, fold));
    outcomes.push({ ...outcome, facts: model.facts, graph: model.graph });
    first ??= model;
    // Five forests in memory at once would be the most that a search needs.
    if (model !== first) model.dispose?.();
    collectGarbage();
    pruned = outcome.pruned;
    if (watchRounds || fold === folds.length - 1) continue;
    pruned ??= await reportFolds(job.watch, outcomes, surroundings);
    pruned ??= foldsOutOfTime((performance.now() - began) / 1000, fold + 1, folds.length, job.secondsLeft);
  }
  const judged =
    pruned === null
      ? judgeFolds(
          job.fairness,
          data,
          folds,
          outcomes.map(({ prediction }) => prediction),
          job.seed,
        )
      : null;
  const decided = outcomes.map((outcome, fold) => ({
    ...outcome,
    metrics: { ...outcome.metrics, ...judged?.labelMetrics?.[fold] },
  }));
  const answer = summarise(decided, pruned);
  if (job.keepsFolds) await keepForEnsembles(job.modelFolder, folds, data, outcomes, pruned !== null);
  const costly = first && pruned === null ? await costlyOfFirst(job, data, folds[0], first, surroundings) : {};
  first?.dispose?.();
  const fairness = judged?.fairness ?? [];
  return {
    ...answer,
    metrics: { ...answer.metrics, ...fairnessMetrics(fairness), ...costly },
    ...(fairness.length > 0 && { fairness }),
  };
}

/** Predictions out of fold, for ensembles to be chosen by; what a stopped trial left serves none. */
async function keepForEnsembles(
  modelFolder: string,
  folds: readonly Fold[],
  data: Dataset,
  outcomes: readonly Measured[],
  pruned: boolean,
): Promise<void> {
  if (pruned) {
    for (let fold = 1; fold < outcomes.length; fold++) await rm(foldFolder(modelFolder, fold), { recursive: true });
    return;
  }
  const outOfFold = new OutOfFold(targetLength(data.target), outputsOf(data.target));
  for (const [fold, { prediction }] of outcomes.entries()) outOfFold.add(folds[fold], prediction);
  await outOfFold.write(modelFolder);
}

function costlyOfFirst(
  job: TrialJob,
  data: Dataset,
  fold: Fold,
  model: Model,
  { signal }: Surroundings,
): Promise<Metrics> {
  const [train, evaluation] = [fold.train, fold.validation].map((rows) => takeDataset(data, rows));
  return measureCostly(job.costly, { model, train, evaluation }, job.seed, signal);
}

interface FoldData {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly fold: number;
  readonly watchRounds: boolean;
  /** Asked at every report of a training whose rounds are watched. */
  isDue(): boolean;
}

async function fitFold(
  learner: Learner,
  job: TrialJob,
  { train, validation, fold, watchRounds, isDue }: FoldData,
  { signal, report, progress }: Surroundings,
): Promise<FoldOutcome> {
  let pruned: string | null = null;
  let shortened: string | null = null;
  const started = performance.now();
  const fitting = fittingRows(learner, train, fold, job.data.splitSeed);
  const fair = fairFit(learner, fitting.train, job.params, job.fairness.reweightBy, job.seed + fold);
  const model = await learner.fit(
    {
      ...fitting,
      ...fair.context,
      resource: roundsWithin(job.fidelity),
      ...(job.hypergradients !== 'none' && { hypergradients: job.hypergradients }),
      seed: job.seed + fold,
      signal,
      progress,
      warmStart:
        job.parentFolder === null
          ? undefined
          : await learner.load(await readBundle(foldFolder(job.parentFolder, fold))),
      report: async (resource, loss) => {
        if (!watchRounds) return 'continue';
        if (isTrainingLoss(job.watch)) pruned = (await report(resource, loss)).prune;
        if (pruned === null && isDue())
          shortened = `ended after ${resource} ${learner.tags.resource ?? 'rounds'} for want of time`;
        return pruned === null && shortened === null ? 'continue' : 'prune';
      },
    },
    fair.params,
  );
  const fitSeconds = (performance.now() - started) / 1000;
  return { model, ...(await measureModel(model, validation, fitSeconds)), pruned, shortened, weighed: fair.words };
}

/** Learners report these while they fit. */
const isTrainingLoss = (metric: MetricName | null) => metric === 'log_loss' || metric === 'rmse';

/** The mean over the folds done so far is what the search compares. */
async function reportFolds(
  watch: MetricName | null,
  outcomes: readonly Measured[],
  { report }: Surroundings,
): Promise<string | null> {
  if (watch === null || !isPredictive(watch)) return null;
  const value = meanMetrics(outcomes.map(({ metrics }) => metrics))[watch];
  return value === undefined ? null : (await report(outcomes.length, value)).prune;
}

function summarise(outcomes: readonly Measured[], pruned: string | null): TrialAnswer {
  const foldMetrics = outcomes.map(({ metrics }) => metrics);
  const { facts, graph, shortened, weighed } = outcomes[0];
  const best = outcomes.flatMap(({ facts }) => facts.resource?.best ?? []);
  const resource = facts.resource && { name: facts.resource.name, best: Math.max(1, Math.round(mean(best))) };
  return {
    metrics: meanMetrics(foldMetrics),
    foldMetrics,
    model: {
      ...facts,
      resource,
      words: [facts.words, shortened, weighed].filter((words) => words !== null).join(', '),
    },
    ...(graph && { graph }),
    ...(pruned !== null && { pruned }),
    ...(shortened !== null && { shortened }),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A metric that some fold does not determine (AUC of one class) is left out. */
export function meanMetrics(folds: readonly Metrics[]): Metrics {
  const names = Object.keys(folds[0] ?? {}) as MetricName[];
  const known = names.filter((name) => folds.every((metrics) => metrics[name] !== undefined));
  return Object.fromEntries(known.map((name) => [name, mean(folds.map((metrics) => metrics[name]!))]));
}
