import { join } from 'node:path';
import { type BackendFailure, type BackendName, backendFailureWords } from '../../shared/backend.ts';
import { type Constraint, constraintValue } from '../../shared/experiment/constraint.ts';
import type { Objective } from '../../shared/experiment/experiment.ts';
import { reasonWords, UserError } from '../../shared/faults.ts';
import type { Metrics } from '../../shared/metrics.ts';
import type { EnergyReport } from '../../shared/results/energy.ts';
import type { Trial } from '../../shared/trial.ts';
import { isPredictive } from '../metrics/measure.ts';
import { meansOverFolds } from '../search/pruner.ts';
import type { TrialResult } from '../search/trial-result.ts';
import { configurationOf } from './architecture-search.ts';
import { costlyMetrics } from './costly-metrics.ts';
import { fairnessWishes } from './fairness-wishes.ts';
import type { TrialAnswer, TrialJob } from './job.ts';
import type { PreparedData } from './prepare-data.ts';
import type { RunContext } from './run-context.ts';
import { scriptLogName } from './script/perform-script.ts';
import { scriptJob } from './script/script-job.ts';
import { SearchFault } from './search-fault.ts';
import { fidelityOf } from './shared-resource.ts';
import { JobFailure, type JobOptions, type JobOutcome } from './worker-process.ts';

/** Where neither the file nor the time budget bounds a trial: nothing may hang for ever. */
const longestTrialSeconds = 3_600;

export interface TrialEnergy {
  readonly wattHours: number | null;
  readonly co2Grams: number | null;
  readonly cost: number | null;
}

/**
 * Runs one asked-for trial on a worker and tells the study how it ended; never throws for what the trial did (a learner that throws,
 * hangs or runs out of memory fails its trial alone), only where the store fails.
 * @param secondsLeft until the signal ends it for want of time; null where nothing will
 */
export async function runTrial(
  context: RunContext,
  trial: Trial,
  signal: AbortSignal,
  secondsLeft: number | null = null,
): Promise<TrialEnergy> {
  const { experiment, store, prepared, meter } = context;
  const { study, record } = prepared;
  const metering = await meter.job();
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  // With one split, learners count their own rounds or epochs, which only trials of the same learner share.
  const oneSplit = !prepared.data || 'holdout' in prepared.data.development.validation;
  const curve = oneSplit ? `rounds of ${configurationOf(trial).learner}` : meansOverFolds;
  const part = trial.fidelity === undefined ? '' : ` at ${trial.fidelity}`;
  study.annotate(trial.number, { curve: `${curve}${part}` });
  try {
    const timeoutSeconds = experiment.search.timeoutSeconds ?? longestTrialSeconds;
    const { answer, usage, backend, failures } = await performed(context, trial, secondsLeft, {
      signal,
      timeoutSeconds,
      onReport: (step, value) => {
        const decision = study.report(trial.number, step, value);
        return { prune: decision === 'continue' ? null : decision.prune };
      },
      onProgress: (share) => study.annotate(trial.number, { binning: `${Math.round(100 * share)} %` }),
    });
    const energy = await metering.end(usage, usage.seconds);
    context.plan?.observe(trial, usage.seconds, answer.foldMetrics.length);
    store.trials.amend(record.id, trial.number, outcomeOf(answer, energy));
    if (backend !== null || failures.length > 0)
      study.annotate(trial.number, { backend: backendWords(backend, failures) });
    if (answer.shortened !== undefined) study.annotate(trial.number, { shortened: answer.shortened });
    if (answer.pruned !== undefined) study.tell(trial.number, { pruned: answer.pruned });
    else study.tell(trial.number, resultOf(answer.metrics, energy, record.objectives, experiment.constraints));
    return amountsOf(energy);
  } catch (error) {
    if (!(error instanceof JobFailure) && !isOfTheTrial(error)) throw error;
    const usage = error instanceof JobFailure ? error.usage : null;
    const energy = await metering.end(usage, usage?.seconds ?? seconds());
    store.trials.amend(record.id, trial.number, { energy });
    const aborted = error instanceof JobFailure && error.reason === 'aborted';
    if (aborted && signal.reason instanceof SearchFault) study.requeue(trial.number, signal.reason.message);
    else if (aborted) study.tell(trial.number, { pruned: abortWords(signal) });
    else study.tell(trial.number, { failed: reasonWords(error) });
    return amountsOf(energy);
  }
}

/** A script's own time-out leaves it its grace; the worker's is only there where that fails. */
function performed(
  context: RunContext,
  trial: Trial,
  secondsLeft: number | null,
  options: JobOptions & { readonly timeoutSeconds: number },
): Promise<JobOutcome<'trial'> & { readonly failures: readonly BackendFailure[] }> {
  const { experiment, pool, prepared } = context;
  const { script } = experiment;
  if (!script) return pool.run<'trial'>(trialJob(context, trial, prepared.data, secondsLeft), options);
  const job = scriptJob(context, script, trial, options.timeoutSeconds);
  context.prepared.study.annotate(trial.number, { log: join(job.folder, scriptLogName) });
  // Its memory is watched by the worker that starts it, which itself needs little.
  return pool.run<'script'>(job, { ...options, timeoutSeconds: options.timeoutSeconds + script.graceSeconds + 30 });
}

/** What a worker reports as the person's to mend belongs to its trial, unless the disk is full: then nothing can go on. */
const isOfTheTrial = (error: unknown): error is UserError =>
  error instanceof UserError &&
  !['disk-full', 'unwritable', 'store-locked', 'store-unwritable', 'store-io'].includes(error.code);

const abortWords = (signal: AbortSignal): string =>
  signal.reason instanceof Error && signal.reason.name === 'Error'
    ? signal.reason.message
    : 'The search was stopped while it was running.';

function trialJob(
  { store, prepared, experiment }: RunContext,
  trial: Trial,
  data: PreparedData | null,
  secondsLeft: number | null,
): TrialJob {
  if (!data) throw new RangeError('learners need data');
  const { learner, config } = configurationOf(trial);
  const { metric } = prepared.record.objectives[0];
  const wanted = new Set([...prepared.record.objectives, ...experiment.constraints].map((one) => one.metric));
  return {
    kind: 'trial',
    data: data.development,
    learner,
    params: config,
    // Not the trial's number: two trials differ by their configuration alone.
    seed: experiment.search.seed,
    watch: isPredictive(metric) ? metric : null,
    hypergradients: experiment.search.hypergradients,
    fidelity: fidelityOf(experiment, trial, prepared.study.resource),
    fairness: fairnessWishes(experiment),
    costly: costlyMetrics.filter((name) => wanted.has(name)),
    modelFolder: store.modelFolder(prepared.record.id, trial.number, 'inspection'),
    keepsFolds:
      trial.attributes.graph !== undefined || experiment.ensemble === 'auto' || experiment.mitigation.thresholds,
    parentFolder:
      trial.why.parent === undefined ? null : store.modelFolder(prepared.record.id, trial.why.parent, 'inspection'),
    secondsLeft,
  };
}

/** 'tfjs-node', 'wasm, since tfjs-node failed: no such library': what its networks were computed on. */
const backendWords = (backend: BackendName | null, failures: readonly BackendFailure[]): string =>
  [backend ?? 'wasm', ...failures.map((failure) => `since ${backendFailureWords(failure)}`)].join(', ');

const outcomeOf = (answer: TrialAnswer, energy: EnergyReport) => ({
  metrics: { ...answer.metrics, ...energyMetrics(energy) },
  foldMetrics: answer.foldMetrics,
  ...(answer.fairness && { fairness: answer.fairness }),
  model: answer.model,
  graph: answer.graph,
  energy,
});

function energyMetrics({ wattHours, co2Grams, cost }: EnergyReport): Metrics {
  return {
    ...(wattHours && { energy: wattHours.value }),
    ...(co2Grams && { co2: co2Grams.value }),
    ...(cost && { cost: cost.value }),
  };
}

function resultOf(
  metrics: Metrics,
  energy: EnergyReport,
  objectives: readonly Objective[],
  constraints: readonly Constraint[],
): TrialResult {
  const all = { ...metrics, ...energyMetrics(energy) };
  const missing = objectives.find(({ metric }) => all[metric] === undefined);
  if (missing) return { failed: `The objective ${missing.metric} could not be measured.` };
  const unknown = constraints.find(({ metric }) => all[metric] === undefined);
  if (unknown) return { failed: `The constraint ${unknown.words} could not be measured.` };
  return {
    values: objectives.map(({ metric }) => all[metric]!),
    ...(constraints.length > 0 && {
      constraints: constraints.map((constraint) => constraintValue(constraint, all[constraint.metric]!)),
    }),
  };
}

const amountsOf = ({ wattHours, co2Grams, cost }: EnergyReport): TrialEnergy => ({
  wattHours: wattHours?.value ?? null,
  co2Grams: co2Grams?.value ?? null,
  cost: cost?.value ?? null,
});
