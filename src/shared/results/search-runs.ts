import { metricInSentence } from '../metric-in-sentence.ts';
import type { Direction } from '../metrics.ts';
import { countWords, numberWords } from './numbers.ts';

/** One study of a group. */
export interface GroupedRun {
  readonly study: number;
  readonly seed: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly created: number;
  readonly trials: number;
  readonly best: { readonly trial: number; readonly value: number } | null;
  /** Best value after the 1st, 2nd, ... finished trial; null while there is none. */
  readonly bestSoFar: readonly (number | null)[];
}

/** Studies that differ in nothing but their seed, or in being begun anew. */
export interface RunGroup {
  /** 'tpe, median' */
  readonly name: string;
  readonly runs: readonly GroupedRun[];
  /** Over the runs that got so far. */
  readonly curve: readonly {
    readonly trials: number;
    readonly runs: number;
    readonly mean: number;
    /** Sample standard deviation; null for one run. */
    readonly deviation: number | null;
    readonly low: number;
    readonly high: number;
  }[];
}

/** Every study of an experiment file, those that are alike in groups with mean and spread of the best so far. */
export interface SearchRuns {
  readonly kind: 'search-runs';
  readonly objective: string;
  readonly direction: Direction;
  /** The group of the newest study first. */
  readonly groups: readonly RunGroup[];
}

/** Each group's best at its end, with the spread over its runs. */
export function searchRunsWords({ objective, groups }: SearchRuns): string {
  return groups
    .map(({ name, runs, curve }) => {
      const whole = curve.findLast((point) => point.runs === runs.length);
      const spread =
        whole?.deviation === null || whole === undefined ? '' : ` (standard deviation ${numberWords(whole.deviation)})`;
      const reached = whole
        ? `${numberWords(whole.mean, 4)} on average after ${countWords(whole.trials, 'trial')}${spread}`
        : 'no value yet';
      return `${name}, ${countWords(runs.length, 'run')}: best ${metricInSentence(objective)} ${reached}.`;
    })
    .join(' ');
}
