import { cellWords, changeWords, countWords, numberWords } from './numbers.ts';
import type { Result } from './result.ts';

/** What a column, or several that were taken together, adds to a prediction. */
export interface ShapTerm {
  readonly columns: readonly string[];
  /** The row's own value of one column; null where it is missing. */
  readonly value: number | string | null;
  /** Its Shapley value, in the unit of the result. */
  readonly contribution: number;
  /** Half the width of the 95 % interval: 0 where nothing was sampled, null where it is not known. */
  readonly error: number | null;
}

/** Shapley values of one row: the contributions add up to the difference between what is explained and the base. */
export interface ShapValues<K extends string> extends Result<K> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  /** What is explained: 'probability of yes', 'log odds of yes', 'charges'. */
  readonly unit: string;
  /** Mean over the background, before any column is known; in the unit. */
  readonly base: number;
  /** What the model says of the row, in the unit. */
  readonly explained: number;
  /** Largest contribution first. Columns that no coalition tells apart have 0. */
  readonly terms: readonly ShapTerm[];
}

const told = 5;

/** 'Biscoe adds +0.21' */
export const termWords = ({ columns, value, contribution, error }: ShapTerm): string => {
  const name = columns.length === 1 ? `${columns[0]} = ${cellWords(value)}` : otherColumnsWords(columns.length);
  return `${name} ${changeWords(contribution)}${error ? ` (± ${numberWords(error, 2)})` : ''}`;
};

export const otherColumnsWords = (count: number): string =>
  `${countWords(count, 'further column')}${count === 1 ? '' : ' together'}`;

/** 'Row 3: from 0.31 of all rows to 0.92, ...' */
export function shapWords({ rowIndex, unit, base, explained, terms }: ShapValues<string>): string {
  const telling = terms.filter(({ contribution }) => contribution !== 0);
  const rest = telling.slice(told);
  const left = rest.reduce((sum, { contribution }) => sum + contribution, 0);
  const start = `Without any column known the ${unit} would be ${numberWords(base)}; for row ${rowIndex} it is ${numberWords(explained)}.`;
  if (telling.length === 0) return `${start} No column makes a difference.`;
  const others = rest.length > 0 ? `; ${countWords(rest.length, 'other')} ${changeWords(left)}` : '';
  return `${start} What each column adds: ${telling.slice(0, told).map(termWords).join('; ')}${others}.`;
}
