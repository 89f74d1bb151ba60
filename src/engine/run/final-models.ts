import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Objective } from '../../shared/experiment/experiment.ts';
import { isFairnessName } from '../../shared/experiment/fairness-measure.ts';
import { reasonWords, UserError } from '../../shared/faults.ts';
import { defaultMetric, type MetricName } from '../../shared/metrics.ts';
import { type FinalModel, type FinalModels, finalModel, finalRoles } from '../../shared/results/final-models.ts';
import { listWords, numberWords } from '../../shared/results/numbers.ts';
import { secondsAfterStop } from '../../shared/results/study.ts';
import type { Task } from '../../shared/task.ts';
import type { Trial } from '../../shared/trial.ts';
import { isPredictive } from '../metrics/measure.ts';
import { atHighestFidelity, feasibleTrials, isBetter, toMinimize } from '../search/ranking.ts';
import type { StoredTrial } from '../store/records.ts';
import { configurationOf } from './architecture-search.ts';
import { fairnessWishes } from './fairness-wishes.ts';
import { foldFolder } from './fold-folder.ts';
import type { EnsembleAnswer, EnsembleCandidate } from './job.ts';
import { allLearners } from './learners.ts';
import { outOfFoldFile } from './out-of-fold.ts';
import type { RunContext } from './run-context.ts';
import { JobFailure } from './worker-process.ts';

/** Beyond the best so many trials, an ensemble finds no better members, only more time to look. */
const mostCandidates = 40;
/** Of one learner: the others then are mostly its near copies. */
const mostOfOneLearner = 12;

/**
 * What a search ends with: the best single model and the best readable one, refitted on all rows, and an ensemble of the trials' own
 * models. Each is scored once on the test part. A model that cannot be made is said and does not undo the others. Where the run is
 * stopped and there is no time for one, that of an earlier run of the study stays.
 * @param best the best trial, feasible and complete
 */
export async function makeFinalModels(context: RunContext, best: Trial): Promise<FinalModels> {
  const { store, prepared } = context;
  const { record } = prepared;
  const notes: string[] = [];
  const unmade: string[] = [];
  const attempt = async (what: string, make: () => Promise<FinalModel | undefined>) => {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof JobFailure)) throw error;
      if (isCut(context, error)) unmade.push(what.toLowerCase());
      else notes.push(`${what} could not be made: ${reasonWords(error)}`);
      return undefined;
    }
  };
  const readable = await bestReadable(context);
  const single = attempt('The best single model', () => refitted(context, best, 'single'));
  const made = await Promise.all([
    attempt('The ensemble', () => ensembleOf(context, notes)),
    single,
    readable && attempt('The best readable model', () => readableOf(context, readable, best, single)),
  ]);
  if (unmade.length > 0) notes.push(`Not made, as ${cutWords(context)}: ${listWords(unmade)}.`);
  const models = withEarlier(
    context,
    made.filter((model) => model !== undefined),
  );
  const finals: FinalModels = { kind: 'final-models', version: 1, objective: record.objectives[0], models, notes };
  if (!isSameEnsemble(store.analyses.finalModels(record.id), finals)) store.analyses.forgetModel(record.id, 'ensemble');
  store.analyses.putOfStudy(record.id, finals);
  await forgetFolds(context);
  return finals;
}

/** Whether what was made of the one is true of the other: the members, how they are combined, and what they score. */
function isSameEnsemble(before: FinalModels | null, now: FinalModels): boolean {
  const parts = [before, now].map((finals) => {
    const { members, combination, calibration, metrics } = finalModel(finals, 'ensemble') ?? {};
    return JSON.stringify([members, combination, calibration, metrics]);
  });
  return parts[0] === parts[1];
}

/** 'the run was stopped and this took longer than 5 s' */
const cutWords = ({ cut }: RunContext): string => (cut.reason as Error).message;

/** Whether it came to nothing because the run was stopped. */
const isCut = ({ cut }: RunContext, error: unknown): boolean =>
  cut.aborted && error instanceof JobFailure && error.reason === 'aborted';

/** Jobs after the search: nobody who has stopped the run waits for one of them to end by itself. */
export const jobOptionsOf = ({ cut }: RunContext) => ({ signal: cut, graceMilliseconds: 0 });

/** What was made, and of what there was no time to make, that of the study's run before. */
function withEarlier({ store, prepared, cut }: RunContext, made: readonly FinalModel[]): readonly FinalModel[] {
  if (!cut.aborted) return made;
  const earlier = store.analyses.finalModels(prepared.record.id)?.models ?? [];
  return finalRoles.flatMap((role) => [made, earlier].flat().find((model) => model.role === role) ?? []);
}

/** The trials that an end of the search now would refit. */
export async function trialsToRefit(context: RunContext): Promise<Trial[]> {
  const { best } = context.prepared.study;
  const readable = await bestReadable(context);
  return best ? [best, ...(readable && readable.number !== best.number ? [readable] : [])] : [];
}

/** The best trial of a learner whose models can be followed whole; the baseline, which says nothing, is none. */
async function bestReadable({ prepared: { study } }: RunContext): Promise<Trial | undefined> {
  const learners = await allLearners();
  const names = new Set(
    learners.filter(({ name, tags }) => tags.readable && name !== 'constant').map(({ name }) => name),
  );
  return study.trials
    .filter((trial) => names.has(configurationOf(trial).learner))
    .reduce<Trial | undefined>((best, trial) => (isBetter(trial, best, study.directions) ? trial : best), undefined);
}

/** One trial may be both; it is fitted once. */
async function readableOf(
  context: RunContext,
  readable: Trial,
  best: Trial,
  single: Promise<FinalModel | undefined>,
): Promise<FinalModel | undefined> {
  if (readable.number !== best.number) return refitted(context, readable, 'readable');
  const made = await single;
  return made && { ...made, role: 'readable' };
}

/**
 * Refitted on all rows, or the mean of its folds' models: where refitting would take too long, or where groups have thresholds, which hold
 * for the models that they were chosen with. More rows make a penalised model surer of itself, and the same thresholds select others.
 */
async function refitted(context: RunContext, trial: Trial, role: 'single' | 'readable'): Promise<FinalModel> {
  const { thresholds } = context.experiment.mitigation;
  const own = (thresholds || !hasTimeToRefit(context, trial)) && candidateOf(context, trial);
  if (thresholds && !own) throw noThresholds();
  return own ? meanOfFolds(context, own, role) : refittedOnAll(context, trial, role);
}

function hasTimeToRefit(context: RunContext, trial: Trial): boolean {
  if (!context.stop.aborted) return context.plan?.hasTimeToRefit(trial) !== false;
  const { fit_time: seconds } = storedTrial(context, trial).outcome.metrics;
  return trial.fidelity === undefined && seconds !== undefined && seconds < secondsAfterStop / 2;
}

async function meanOfFolds(
  context: RunContext,
  candidate: EnsembleCandidate,
  role: 'single' | 'readable',
): Promise<FinalModel> {
  const { store, prepared } = context;
  const { record } = prepared;
  const { trial, learner } = candidate;
  const folder = store.modelFolder(record.id, trial, 'final');
  const { model, members: _, testMetrics, ...rest } = await combined(context, [candidate], folder);
  const test = testMetrics && { testMetrics };
  if (test) store.trials.amend(record.id, trial, test);
  return { role, trial, learner, fitted: 'folds', facts: model, ...rest, ...test };
}

async function refittedOnAll(context: RunContext, trial: Trial, role: 'single' | 'readable'): Promise<FinalModel> {
  const { store, prepared, experiment, pool, meter } = context;
  const { record } = prepared;
  const { learner, config } = configurationOf(trial);
  const { outcome } = storedTrial(context, trial);
  const metering = await meter.job();
  const { answer, usage } = await pool.run<'refit'>(
    {
      kind: 'refit',
      ...dataOf(context),
      learner,
      params: config,
      seed: experiment.search.seed,
      resource: outcome.model?.resource?.best ?? null,
      hypergradients: experiment.search.hypergradients,
      trialFolder: store.modelFolder(record.id, trial.number, 'inspection'),
      metric: record.objectives[0].metric,
      fairness: fairnessWishes(experiment),
      modelFolder: store.modelFolder(record.id, trial.number, 'final'),
    },
    jobOptionsOf(context),
  );
  await metering.end(usage, usage.seconds);
  const { model, testMetrics, ...rest } = answer;
  const test = testMetrics && { testMetrics };
  if (test) store.trials.amend(record.id, trial.number, test);
  const { metrics, fairness } = outcome;
  return {
    role,
    trial: trial.number,
    learner,
    fitted: 'all rows',
    metrics,
    facts: model,
    ...rest,
    ...test,
    ...(fairness && { fairness }),
  };
}

async function ensembleOf(context: RunContext, notes: string[]): Promise<FinalModel | undefined> {
  const { store, prepared, experiment } = context;
  const { record } = prepared;
  const candidates = candidatesOf(context);
  const limits = [...record.objectives, ...experiment.constraints].filter(
    ({ metric }) => !isPredictive(metric) && !isFairnessName(metric),
  );
  if (experiment.ensemble === 'none' || candidates.length < 2) return undefined;
  if (limits.length > 0) {
    const names = [...new Set(limits.map(({ metric }) => metric))].join(', ');
    notes.push(`No ensemble: it would not be judged by ${names}, which the experiment asks for.`);
    return undefined;
  }
  const { model, testMetrics, ...rest } = await combined(context, candidates, store.ensembleFolder(record.id));
  const broken = experiment.constraints.filter(
    ({ metric, limit }) => isFairnessName(metric) && (rest.metrics[metric] ?? 0) > limit,
  );
  if (broken.length > 0) {
    const said = broken.map(({ metric, words }) => `${words}, but ${numberWords(rest.metrics[metric])}`);
    notes.push(`No ensemble: together the models treat groups less alike than each alone: ${listWords(said)}.`);
    return undefined;
  }
  return {
    role: 'ensemble',
    trial: null,
    learner: 'ensemble',
    fitted: 'folds',
    facts: model,
    ...rest,
    ...(testMetrics && { testMetrics }),
  };
}

async function combined(
  context: RunContext,
  candidates: readonly EnsembleCandidate[],
  modelFolder: string,
): Promise<EnsembleAnswer> {
  const { prepared, experiment, pool, meter } = context;
  const { objectives, data } = prepared.record;
  const metering = await meter.job();
  const { answer, usage } = await pool.run<'ensemble'>(
    {
      kind: 'ensemble',
      ...dataOf(context),
      candidates,
      metric: chosenBy(objectives[0], data?.task ?? 'binary'),
      fairness: fairnessWishes(experiment),
      seed: experiment.search.seed,
      modelFolder,
    },
    jobOptionsOf(context),
  );
  await metering.end(usage, usage.seconds);
  return answer;
}

/** The objective, or what trains where that is no metric of predictions. */
const chosenBy = ({ metric }: Objective, task: Task): MetricName =>
  isPredictive(metric) ? metric : defaultMetric(task);

/** A trial whose models, one a fold, and their predictions are all there. */
function candidateOf(context: RunContext, trial: Trial): EnsembleCandidate | undefined {
  const { store, prepared } = context;
  const modelFolder = store.modelFolder(prepared.record.id, trial.number, 'inspection');
  const isThere = existsSync(outOfFoldFile(modelFolder)) && existsSync(foldFolder(modelFolder, foldsOf(context) - 1));
  return isThere ? { trial: trial.number, learner: configurationOf(trial).learner, modelFolder } : undefined;
}

/** Finished trials with as much of the resource as any had, best first: the best of each learner, then the rest, as long as they are there. */
function candidatesOf(context: RunContext): EnsembleCandidate[] {
  const { study } = context.prepared;
  const [direction] = study.directions;
  const complete = study.trials.filter(({ state }) => state === 'complete');
  const whole = atHighestFidelity(
    context.experiment.constraints.some(({ fairness }) => fairness) ? feasibleTrials(complete) : complete,
  ).sort((a, b) => toMinimize(a.values![0], direction) - toMinimize(b.values![0], direction));
  const counts = new Map<string, number>();
  const all = whole.flatMap((trial) => {
    const candidate = candidateOf(context, trial);
    const { learner } = configurationOf(trial);
    const rank = counts.get(learner) ?? 0;
    counts.set(learner, rank + 1);
    return candidate && learner !== 'constant' && rank < mostOfOneLearner ? [{ ...candidate, rank }] : [];
  });
  const chosen = [...all.filter(({ rank }) => rank === 0), ...all.filter(({ rank }) => rank > 0)].slice(
    0,
    mostCandidates,
  );
  return all.filter((one) => chosen.includes(one)).map(({ rank: _, ...candidate }) => candidate);
}

/**
 * Models of further folds serve ensembles alone, and networks that inherit their weights: those of trials that are no candidates, nor will
 * be when the search goes on, only fill the disk.
 */
async function forgetFolds(context: RunContext): Promise<void> {
  const { store, prepared } = context;
  const { record, study, architectures } = prepared;
  if (architectures) return;
  const kept = new Set(candidatesOf(context).map(({ trial }) => trial));
  const gone = study.trials.filter(({ number }) => !kept.has(number));
  const folders = gone.flatMap(({ number }) => {
    const folder = store.modelFolder(record.id, number, 'inspection');
    return Array.from({ length: foldsOf(context) - 1 }, (_, i) => foldFolder(folder, i + 1));
  });
  await Promise.all(folders.filter(existsSync).map((folder) => rm(folder, { recursive: true })));
}

function foldsOf({ prepared: { data } }: RunContext): number {
  const validation = data?.development.validation;
  return validation && 'folds' in validation ? validation.folds : 1;
}

function dataOf({ prepared: { data } }: RunContext) {
  if (!data) throw new RangeError('final models need data');
  return { data: data.development, testSnapshot: data.testSnapshot };
}

function storedTrial({ store, prepared: { record } }: RunContext, { number }: Trial): StoredTrial {
  const stored = store.trials.get(record.id, number);
  if (!stored) throw new RangeError(`no trial ${number} in study ${record.id}`);
  return stored;
}

const noThresholds = () =>
  new UserError(
    'no-thresholds',
    'thresholds for each group could not be chosen: the models of the folds, and what they predicted, are not kept.',
    { advice: 'Run the experiment anew: vitrine run FILE --fresh.' },
  );
