import type { Direction } from '../metrics.ts';
import type { Reason, TrialState } from '../trial.ts';

export interface ReplayedTrial {
  readonly trial: number;
  readonly state: TrialState;
  readonly sampler: string;
  readonly phase: Reason['phase'];
  readonly values: readonly number[] | null;
  readonly feasible: boolean;
  /** Among those with the most of the resource; only those can be the best. */
  readonly whole: boolean;
  /** Seconds since the first trial began; null where it has not. */
  readonly began: number | null;
  readonly ended: number | null;
}

/** All that a slider needs to redraw the search as it stood at any moment. */
export interface SearchReplay {
  readonly kind: 'search-replay';
  readonly objectives: readonly { readonly name: string; readonly direction: Direction }[];
  /** By number. */
  readonly trials: readonly ReplayedTrial[];
  /** Numbers of the trials that have ended, in the order of their ends: the slider's stops are 0 to its length. */
  readonly ends: readonly number[];
}

/** The search as it stood when so many trials had ended. */
export interface ReplayMoment {
  /** Trials that had ended. */
  readonly ended: number;
  /** The one that ended last; null at the start. */
  readonly last: number | null;
  readonly seconds: number;
  readonly counts: Readonly<Record<TrialState, number>>;
  readonly phases: Readonly<Partial<Record<Reason['phase'], number>>>;
  readonly best: { readonly trial: number; readonly value: number } | null;
  /** The best after each end that improved it. */
  readonly improvements: readonly { readonly trial: number; readonly ended: number; readonly value: number }[];
}

/** The search as it stood when so many trials had ended: a cheap function of the record, so that a slider can ask at every step. */
export function replayAt({ trials, ends, objectives }: SearchReplay, ended: number): ReplayMoment {
  const over = ends.slice(0, ended);
  const byNumber = new Map(trials.map((trial) => [trial.trial, trial]));
  const last = byNumber.get(over.at(-1) ?? -1) ?? null;
  const seconds = last?.ended ?? 0;
  const isOver = new Set(over);
  const counts: Record<TrialState, number> = { waiting: 0, running: 0, complete: 0, pruned: 0, failed: 0 };
  const phases: Partial<Record<Reason['phase'], number>> = {};
  for (const trial of trials) {
    const running = !isOver.has(trial.trial) && ended > 0 && trial.began !== null && trial.began < seconds;
    if (!isOver.has(trial.trial) && !running) continue;
    counts[running ? 'running' : trial.state]++;
    phases[trial.phase] = (phases[trial.phase] ?? 0) + 1;
  }
  const improvements = improvementsIn(
    over.flatMap((number) => byNumber.get(number) ?? []),
    objectives[0].direction,
  );
  const best = improvements.at(-1);
  return {
    ended: over.length,
    last: last?.trial ?? null,
    seconds,
    counts,
    phases,
    best: best ? { trial: best.trial, value: best.value } : null,
    improvements,
  };
}

/** Of the whole, feasible, complete ones, in the order of their ends. */
function improvementsIn(over: readonly ReplayedTrial[], direction: Direction): ReplayMoment['improvements'] {
  const sign = direction === 'minimize' ? 1 : -1;
  const improvements: { trial: number; ended: number; value: number }[] = [];
  for (const [i, { trial, state, values, feasible, whole }] of over.entries()) {
    const value = values?.[0];
    if (state !== 'complete' || !feasible || !whole || value === undefined) continue;
    const best = improvements.at(-1);
    if (!best || sign * value < sign * best.value) improvements.push({ trial, ended: i + 1, value });
  }
  return improvements;
}
