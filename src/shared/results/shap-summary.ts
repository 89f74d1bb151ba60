import { countWords, intervalWords, linesWords, numberWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

export interface ColumnEffect {
  readonly column: string;
  /** Mean absolute Shapley value over the rows, summed over the classes. */
  readonly importance: number;
  /** 95 % interval over the rows. */
  readonly interval: Interval;
  /** [classes] the parts of the importance, of several classes. */
  readonly byClass?: readonly number[];
}

/** How a column's own value goes with what it adds. */
export interface Dependence {
  readonly column: string;
  /** Of several classes the one for which the column matters most. */
  readonly class?: string;
  /** [rows] null where missing; milliseconds since 1970-01-01 UTC where `isDate`. */
  readonly values: readonly (number | string | null)[];
  readonly isDate?: true;
  /** [rows] the Shapley value. */
  readonly effects: readonly number[];
}

/** Shapley values of many rows: which columns matter, and how. */
export interface ShapSummary extends Result<'shap-summary'> {
  readonly method: 'tree-shap' | 'kernel-shap';
  /** 'probability of yes', 'log odds of yes', 'charges', 'probability of each class'. */
  readonly unit: string;
  /** Of several classes. */
  readonly classes?: readonly string[];
  /** Rows looked at, and how many there were to choose from. */
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  /** Background rows, where columns that are not known take their values from such. */
  readonly background?: { readonly rows: number; readonly available: number };
  /** Most important first. */
  readonly columns: readonly ColumnEffect[];
  /** Mean absolute value of the columns that were taken together in every row, for want of time to tell them apart. */
  readonly together?: { readonly columns: number; readonly importance: number };
  /** Of the most important columns. */
  readonly dependence: readonly Dependence[];
}

const named = 5;

export function shapSummaryWords(result: ShapSummary): string {
  const { columns, unit, together } = result;
  const moving = columns.filter(({ importance }) => importance > 0);
  const shown = moving
    .slice(0, named)
    .map(({ column, importance, interval }) => `${column} ${numberWords(importance)} (${intervalWords(interval)})`);
  const more = moving.length - named;
  return linesWords([
    result.partial ?? false,
    moving.length === 0
      ? `No column moves the ${unit}.`
      : `By so much the columns move the ${unit} on average, up or down (95 % intervals over the rows): ${shown.join('; ')}${more > 0 ? `; ${countWords(more, 'more column moves', 'more columns move')} it less` : ''}.`,
    together !== undefined &&
      `${countWords(together.columns, 'weaker column')} together move it by ${numberWords(together.importance)}.`,
    shapSummaryBasisWords(result),
    result.quality.words,
  ]);
}

export function shapSummaryBasisWords({ method, rows, rowsAvailable, part, background }: ShapSummary): string {
  const from = background
    ? `; columns that are not known take their values from ${countWords(background.rows, 'background row')} of ${countWords(background.available, 'training row')}`
    : '; where a column is not known both ways of a split are followed';
  return `From ${countWords(rows, 'row')} of ${rowsAvailable.toLocaleString('en-US')} of the ${part} part, by ${method === 'tree-shap' ? 'TreeSHAP' : 'KernelSHAP'}${from}.`;
}
