import { inspect } from 'node:util';
import { UserError } from '../../shared/faults.ts';
import type { Trial } from '../../shared/trial.ts';
import { resultOf, type Told } from './trial-result.ts';

export interface TrialContext {
  /** Tells an intermediate value; on 'prune' the objective may return at once, its value is not looked at. */
  report(step: number, value: number): 'continue' | 'prune';
  /** Aborted when the search is stopped on request, and when the trial's time is over. */
  readonly signal: AbortSignal;
}

/** One value, one an objective, or these with constraints: `{ values: [0.1], constraints: [-1] }`. */
export type ObjectiveFunction = (trial: Trial, context: TrialContext) => Told | Promise<Told>;

export interface OptimizeOptions {
  /** Trials to run; default: until the space is exhausted or the search is stopped. */
  readonly trials?: number;
  /** Trials side by side in this process, of use where the objective waits for something; default: 1. */
  readonly workers?: number;
  /** Time of one trial, after which it has failed and its late answer is ignored; default: none. Only an objective that awaits can be timed. */
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal;
}

export interface Stopped {
  readonly reason: 'trials' | 'exhausted' | 'aborted' | 'stopped';
  readonly words: string;
}

/** What a search must answer to be run; `Study` does. */
export interface AskAndTell {
  readonly exhausted: string | undefined;
  readonly stopped: string | undefined;
  ask(): Trial;
  report(number: number, step: number, value: number): 'continue' | { prune: string };
  tell(number: number, told: Told): Trial;
  requeue(number: number, words: string): Trial;
}

/**
 * Runs trials, each worker one after another. An objective that throws, returns no number or takes too long fails its trial with the
 * reason and the search goes on; one that throws after the signal leaves its trial waiting, to be run again by the next call.
 * What the journal throws ends the search after the trials that run. Throws a UserError `optimize-options`.
 */
export async function optimize(
  study: AskAndTell,
  objective: ObjectiveFunction,
  options: OptimizeOptions = {},
): Promise<Stopped> {
  checkOptions(objective, options);
  const { trials = Number.POSITIVE_INFINITY, workers = 1, timeoutSeconds, signal } = options;
  const outer = signal ?? new AbortController().signal;
  let started = 0;
  let broken = false;
  const reasonToStop = (): Stopped | undefined => {
    if (outer.aborted) return { reason: 'aborted', words: `Stopped on request after ${started} trial(s).` };
    if (study.stopped !== undefined) return { reason: 'stopped', words: study.stopped };
    if (started >= trials) return { reason: 'trials', words: `All ${trials} trial(s) have been run.` };
    if (study.exhausted !== undefined) return { reason: 'exhausted', words: study.exhausted };
    return undefined;
  };
  const work = async (): Promise<void> => {
    while (!broken && !reasonToStop()) {
      started++;
      try {
        await runTrial(study, study.ask(), objective, outer, timeoutSeconds);
      } catch (error) {
        broken = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: workers }, work));
  const fault = ended.find((one) => one.status === 'rejected');
  if (fault) throw fault.reason;
  const why = reasonToStop();
  if (!why) throw new Error('the workers ended without a reason');
  return why;
}

/** A number of trials that is none would never be reached. */
function checkOptions(
  objective: ObjectiveFunction,
  { trials = 0, workers = 1, timeoutSeconds = 1 }: OptimizeOptions,
): void {
  const wrong = (rule: string, got: unknown) => new UserError('optimize-options', `${rule}; got ${String(got)}.`);
  if (typeof objective !== 'function') throw wrong('the objective must be a function', objective);
  if (!(trials >= 0)) throw wrong("'trials' must be a number", trials);
  if (!(Number.isInteger(workers) && workers >= 1)) throw wrong("'workers' must be a whole number from 1 on", workers);
  if (!(timeoutSeconds > 0)) throw wrong("'timeoutSeconds' must be a number above 0", timeoutSeconds);
}

async function runTrial(
  study: AskAndTell,
  trial: Trial,
  objective: ObjectiveFunction,
  outer: AbortSignal,
  timeoutSeconds: number | undefined,
): Promise<void> {
  const { number } = trial;
  let pruned: string | undefined;
  let over = false;
  const report = (step: number, value: number) => {
    if (over || study.stopped !== undefined) return 'prune';
    const answer = study.report(number, step, value);
    if (answer === 'continue') return 'continue';
    pruned = answer.prune;
    return 'prune';
  };
  const limit = new AbortController();
  const signal = AbortSignal.any([outer, limit.signal]);
  const answer = await settled(() => objective(trial, { report, signal }), timeoutSeconds);
  over = true;
  // The study has given the trial back when it was stopped.
  if (study.stopped !== undefined) return;
  if ('late' in answer) {
    const words = `It did not end within ${timeoutSeconds} s.`;
    limit.abort(new Error(words));
    study.tell(number, { failed: words });
  } else if ('thrown' in answer && outer.aborted) study.requeue(number, 'Stopped on request while it ran.');
  else if ('thrown' in answer) study.tell(number, { failed: messageOf(answer.thrown) });
  else tellOrFail(study, number, pruned === undefined ? answer.told : { pruned });
}

/** An objective that returns a wrong number of values is at fault itself; anything else is not its doing. */
function tellOrFail(study: AskAndTell, number: number, told: Told): void {
  try {
    study.tell(number, told);
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'trial-values')) throw error;
    study.tell(number, { failed: error.message });
  }
}

type Answer = { readonly told: Told } | { readonly thrown: unknown } | { readonly late: true };

/** How a call ended: with a result, with an error, or not in time. */
async function settled(call: () => Told | Promise<Told>, seconds: number | undefined): Promise<Answer> {
  const answer = answerOf(call);
  if (seconds === undefined) return answer;
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const timer = setTimeout(() => resolve({ late: true }), seconds * 1000);
  return Promise.race([answer, promise]).finally(() => clearTimeout(timer));
}

async function answerOf(call: () => Told | Promise<Told>): Promise<Answer> {
  try {
    return { told: resultOf(await call()) };
  } catch (thrown) {
    return { thrown };
  }
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return typeof thrown === 'string' && thrown !== '' ? thrown : `It threw ${inspect(thrown, { depth: 1 })}.`;
}
