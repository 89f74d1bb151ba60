import type { Reason } from '../trial.ts';
import { countWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
import type { Interval } from './result.ts';

/** What one kind of suggestion was spent on and what it brought. */
export interface PhaseEffort {
  readonly phase: Reason['phase'];
  readonly trials: number;
  readonly finished: number;
  /** Trials that improved the best when they ended. */
  readonly improvements: number;
  /** Share of its finished trials that did, with a 95 % Clopper-Pearson interval. */
  readonly rate: number | null;
  readonly interval: Interval | null;
  readonly best: { readonly trial: number; readonly value: number } | null;
  readonly median: number | null;
}

/** Where the search's trials went: exploring against exploiting, samplers, and what was stopped early. */
export interface SearchEffort {
  readonly kind: 'search-effort';
  readonly objective: string;
  /** Those that were used, in the order in which they first came. */
  readonly phases: readonly PhaseEffort[];
  readonly samplers: readonly { readonly sampler: string; readonly trials: number; readonly improvements: number }[];
  /** Mean over the trials whose reason says so: how far each parameter was chosen for what is known and for what is not. */
  readonly parameters: readonly {
    readonly name: string;
    readonly trials: number;
    readonly exploit: number;
    readonly explore: number;
  }[];
  readonly stops: readonly {
    readonly pruner: string;
    readonly trials: number;
    /** Mean share of the steps of whole trials that a stopped one used; null where no trial was whole. */
    readonly used: number | null;
  }[];
}

/** Where the trials went, what improved the best, and what was stopped early. */
export function searchEffortWords({ phases, stops }: SearchEffort): string {
  const spent = phases.map(({ phase, trials, improvements, finished, interval }) => {
    const rate = interval ? ` (${percentIntervalWords(interval)} of ${numberWords(finished)})` : '';
    return `${phase} ${countWords(trials, 'trial')}, ${countWords(improvements, 'improvement')}${rate}`;
  });
  const stopped = stops.map(({ pruner, trials, used }) => {
    const after = used === null ? '' : ` after ${percentWords(used, 0)} of the steps on average`;
    return `${pruner} stopped ${countWords(trials, 'trial')}${after}`;
  });
  return [...spent, ...stopped].map((line) => `${line}.`).join(' ');
}
