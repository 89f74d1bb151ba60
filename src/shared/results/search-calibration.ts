import { metricInSentence } from '../metric-in-sentence.ts';
import { changeWords, countWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
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

/** Whether the intervals held what they promised. */
export function searchCalibrationWords(result: SearchCalibration): string {
  const { points, promised, coverage, interval, bias, correlation, objective } = result;
  if (coverage === null || interval === null)
    return 'No trial has both a prediction and a value: the sampler foretold nothing.';
  const held = points.filter(({ inside }) => inside).length;
  const verdict =
    interval.high < promised
      ? 'The search was too sure of itself.'
      : interval.low > promised
        ? 'The search was too cautious.'
        : 'That agrees with what was promised.';
  const order =
    correlation === null ? '' : ` Foretold and true order agree by a rank correlation of ${correlation.toFixed(2)}.`;
  return `Of ${countWords(points.length, 'prediction')} of ${metricInSentence(objective)} with a ${percentWords(promised, 0)} interval, ${numberWords(held)} held: ${percentWords(coverage, 0)} (${percentIntervalWords(interval)}). ${verdict} On average the truth was off by ${changeWords(bias)}.${order}`;
}
