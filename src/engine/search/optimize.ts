import type { Trial } from '../../shared/trial.ts';
import type { Study } from './study.ts';

export interface TrialContext {
  /** Tells an intermediate value; on 'prune' the objective may return at once, its value is not looked at. */
  report(step: number, value: number): 'continue' | 'prune';
  readonly signal: AbortSignal;
}

/** One value, or one an objective. */
export type ObjectiveFunction = (
  trial: Trial,
  context: TrialContext,
) => number | readonly number[] | Promise<number | readonly number[]>;

export interface OptimizeOptions {
  /** Trials to run; default: until the space is exhausted or the signal stops it. */
  readonly trials?: number;
  readonly signal?: AbortSignal;
}

export interface Stopped {
  readonly reason: 'trials' | 'exhausted' | 'aborted';
  readonly words: string;
}

/**
 * Runs trials one after another. An objective that throws fails its trial with the error's message and the search goes on; one that
 * throws after the signal leaves its trial waiting, to be run again by the next call.
 */
export async function optimize(study: Study, objective: ObjectiveFunction, options: OptimizeOptions): Promise<Stopped> {
  const { trials = Number.POSITIVE_INFINITY, signal = new AbortController().signal } = options;
  for (let done = 0; done < trials; done++) {
    if (signal.aborted) return { reason: 'aborted', words: `Stopped on request after ${done} trial(s).` };
    if (study.exhausted) return { reason: 'exhausted', words: study.exhausted };
    await runTrial(study, study.ask(), objective, signal);
  }
  return { reason: 'trials', words: `All ${trials} trial(s) have been run.` };
}

async function runTrial(study: Study, trial: Trial, objective: ObjectiveFunction, signal: AbortSignal): Promise<void> {
  let pruned: string | undefined;
  const report = (step: number, value: number) => {
    const answer = study.report(trial.number, step, value);
    if (answer === 'continue') return 'continue';
    pruned = answer.prune;
    return 'prune';
  };
  try {
    const value = await objective(trial, { report, signal });
    const values = typeof value === 'number' ? [value] : value;
    study.tell(trial.number, pruned === undefined ? { values } : { pruned });
  } catch (error) {
    if (signal.aborted) study.requeue(trial.number, 'Stopped on request while it ran.');
    else study.tell(trial.number, { failed: error instanceof Error ? error.message : String(error) });
  }
}
