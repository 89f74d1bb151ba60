import { metricInSentence } from '../metric-in-sentence.ts';
import { type MetricName, metrics } from '../metrics.ts';
import { countWords, intervalWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** What holds of one column in all rows of a slice. */
export interface SliceCondition {
  readonly column: string;
  readonly relation: 'is' | 'is not' | 'above' | 'at most' | 'missing' | 'not missing';
  /** A level, a number, or a date as text; null where only being there counts. */
  readonly value: string | number | null;
  /** Rows that miss the value are among them. */
  readonly orMissing?: true;
}

/** Rows that are predicted clearly worse than the others. */
export interface WeakSlice {
  readonly conditions: readonly SliceCondition[];
  /** Found by the lattice of conditions, or as a node of the tree on the losses. */
  readonly from: 'lattice' | 'tree';
  /** Rows of the part that are in it, and their share. */
  readonly rows: number;
  readonly share: number;
  /** On the half that it was not found on: how many rows, their loss with its 95 % interval, and the loss of all others. */
  readonly measuredRows: number;
  readonly loss: number;
  readonly interval: Interval;
  readonly restLoss: number;
  /** Difference of the mean losses in standard deviations. */
  readonly effect: number;
  /** Chance of such a difference were there none, corrected for the number of slices tested (Benjamini and Hochberg). */
  readonly p: number;
  /** Share of wrong labels in it and outside; absent for regression. */
  readonly errors?: { readonly inside: number; readonly outside: number };
  /** Positions in the part of its first rows. */
  readonly positions: readonly number[];
}

/** A node of the tree that was grown on the losses of one half; its numbers are the other half's. */
export interface ErrorNode {
  /** Index of the node above it, which stands before it; null: the root. */
  readonly parent: number | null;
  /** What led here from the node above; null: the root. */
  readonly condition: SliceCondition | null;
  readonly rows: number;
  /** Null where no row of the half came here. */
  readonly loss: number | null;
  /** One of the weak slices. */
  readonly weak: boolean;
}

/** Where a model fails: segments with a larger loss, found on one half of the rows and tested on the other. */
export interface Slices extends Result<'slices'> {
  readonly metric: string;
  /** Of all rows that were looked at. */
  readonly loss: number;
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  /** Slices that were looked at on the one half, and tested on the other. */
  readonly examined: number;
  readonly tested: number;
  /** Columns that slices were made of, and those that were left out. */
  readonly columns: number;
  readonly further: number;
  /** Worst first. */
  readonly slices: readonly WeakSlice[];
  readonly tree: readonly ErrorNode[];
}

/** 'age above 45', 'town is X', 'income at most 20 or missing' */
export function conditionWords({ column, relation, value, orMissing }: SliceCondition): string {
  return `${column} ${relationWords({ relation, value, orMissing })}`;
}

function relationWords({ relation, value, orMissing }: Omit<SliceCondition, 'column'>): string {
  if (relation === 'missing') return 'is missing';
  if (relation === 'not missing') return 'is known';
  const said = typeof value === 'number' ? numberWords(value, 4) : value === '' ? "''" : value;
  return `${relation} ${said}${orMissing ? ' or missing' : ''}`;
}

/** 'age above 30, at most 45 and town is X' */
export function sliceName(conditions: readonly SliceCondition[]): string {
  const columns = [...new Set(conditions.map(({ column }) => column))];
  return listWords(
    columns.map((column) => {
      const own = conditions.filter((one) => one.column === column).sort((a, b) => rank(a) - rank(b));
      return `${column} ${own.map(relationWords).join(', ')}`;
    }),
  );
}

/** The lower end of a range is said first. */
const rank = ({ relation }: SliceCondition) => (relation === 'at most' ? 1 : 0);

export const slicesMetricWords = ({ metric }: Slices): string =>
  metric in metrics ? metricInSentence(metric as MetricName) : metric;

/** 'Of 12 slices tested ...: no weak segment.' */
export function slicesWords(result: Slices): string {
  const { slices, part, rows, rowsAvailable, loss, further, columns } = result;
  const metric = slicesMetricWords(result);
  const sample = rows < rowsAvailable ? ` (a sample of ${numberWords(rowsAvailable)})` : '';
  const basis = `On ${countWords(rows, 'row')}${sample} of the ${part} part the ${metric} is ${numberWords(loss)}.`;
  return linesWords([
    slices.length === 0 ? `${basis} No weak segment: ${noneWords(result)}.` : `${basis} It is clearly larger where:`,
    ...slices.map((slice) => `${sliceWords(slice)}.`),
    further > 0 && `Slices were made of ${countWords(columns, 'column')}; ${further} told less and were left out.`,
    result.partial ?? false,
    result.quality.words,
  ]);
}

const noneWords = ({ tested, examined }: Slices): string =>
  tested === 0
    ? 'there were too few rows, or no columns to divide them by'
    : `of ${numberWords(examined)} looked at on one half, none of the ${numberWords(tested)} suspicious ones held on the other`;

function sliceWords({ conditions, rows, share, loss, interval, restLoss, p, errors }: WeakSlice): string {
  const wrong = errors
    ? `, ${percentWords(errors.inside, 0)} of the labels are wrong against ${percentWords(errors.outside, 0)}`
    : '';
  return `${sliceName(conditions)} (${countWords(rows, 'row')}, ${percentWords(share, 0)}): ${numberWords(loss)} (${intervalWords(interval)}) against ${numberWords(restLoss)}${wrong}; ${chanceWords(p)}`;
}

/** 'chance of this without a difference 0.3 %' */
export const chanceWords = (p: number): string =>
  `chance of this without a difference ${p < 0.001 ? 'below 0.1 %' : percentWords(p)}`;
