import { metricInSentence } from '../metric-in-sentence.ts';
import { type MetricName, metrics } from '../metrics.ts';
import { changeWords, countWords, intervalWords, linesWords, listWords, numberWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

export interface ColumnImportance {
  readonly columns: readonly string[];
  /** Mean growth of the loss when the columns are shuffled together, in the metric's unit. */
  readonly importance: number;
  /** 95 % interval over repeats x row bootstrap. */
  readonly interval: Interval;
  /** The interval does not cross 0. */
  readonly distinguishable: boolean;
}

export interface PermutationImportance extends Result<'permutation-importance'> {
  readonly metric: string;
  readonly baseline: number;
  /** Rows looked at, and how many there were to choose from. */
  readonly rows: number;
  readonly rowsAvailable: number;
  /** The part of the data that was shuffled. */
  readonly part: 'validation' | 'test';
  /** Most important first. */
  readonly columns: readonly ColumnImportance[];
  /** Correlated columns (|Spearman| >= 0.7) permuted as one. */
  readonly groups: readonly ColumnImportance[];
}

const named = 5;

/** 'income matters most: ...' */
export function permutationImportanceWords(result: PermutationImportance): string {
  const { columns, groups, rows, rowsAvailable, part, baseline } = result;
  const metric = result.metric in metrics ? metricInSentence(result.metric as MetricName) : result.metric;
  const telling = columns.filter(({ distinguishable }) => distinguishable);
  const noise = columns.filter(({ distinguishable }) => !distinguishable).flatMap((column) => column.columns);
  const sample = rows < rowsAvailable ? ` (a sample of ${rowsAvailable.toLocaleString('en-US')})` : '';
  const change = [
    `Shuffling a column of the ${part} part, ${countWords(rows, 'row')}${sample}, changes the ${metric} of ${numberWords(baseline)} by so much (95 % intervals):`,
    telling.length > 0
      ? `${telling.slice(0, named).map(importanceWords).join('; ')}.`
      : 'no column can be told from noise.',
    telling.length > named &&
      `${countWords(telling.length - named, 'more column matters', 'more columns matter')} less.`,
  ];
  return linesWords([
    change.filter(Boolean).join(' '),
    telling.length > 0 && noise.length > 0 && `Not distinguishable from noise: ${listWords(shortened(noise))}.`,
    groups.length > 0 && `Correlated columns shuffled as one: ${groups.map(importanceWords).join('; ')}.`,
    result.quality.words,
  ]);
}

/** 'income +0.42 (0.35 to 0.51)' */
const importanceWords = ({ columns, importance, interval, distinguishable }: ColumnImportance): string =>
  `${columns.join(' + ')} ${changeWords(importance)} (${intervalWords(interval)})${distinguishable ? '' : ', not distinguishable from noise'}`;

const shortened = (names: readonly string[]): string[] =>
  names.length <= 8 ? [...names] : [...names.slice(0, 7), `${names.length - 7} others`];
