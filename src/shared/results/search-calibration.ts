import type { Interval } from './result.ts';

/** What the sampler foretold when it suggested a trial, and what came out. */
export interface Foretold {
  readonly trial: number;
  readonly sampler: string;
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
  readonly measured: number;
  readonly inside: boolean;
}

/** Whether the search's own predictions can be believed: of the 90 % intervals written at suggestion, how many held the truth. */
export interface SearchCalibration {
  readonly kind: 'search-calibration';
  readonly objective: string;
  /** In order of the trials' numbers. */
  readonly points: readonly Foretold[];
  /** What the intervals promise. */
  readonly promised: 0.9;
  /** Share of the truths inside; null without any. */
  readonly coverage: number | null;
  /** 95 % Clopper-Pearson interval of the coverage. */
  readonly interval: Interval | null;
  /** Mean of measured - predicted, in the objective's unit; null without any. */
  readonly bias: number | null;
  /** Rank correlation (Spearman) of predicted and measured: whether it tells good from bad; null below three or where all are alike. */
  readonly correlation: number | null;
}
