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
