import { countWords, linesWords, listWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** A share of the predictions' variance with its 95 % interval. */
export interface VarianceShare {
  readonly share: number;
  readonly interval: Interval;
  /** Above 0 for more than chance, all shares of its kind together (Holm, 5 %). */
  readonly distinguishable: boolean;
}

/** One column, or all the weaker ones together. */
export interface ColumnVariance {
  readonly columns: readonly string[];
  /** What the column does by itself (Sobol's first-order index), and with everything that it takes part in (total index). */
  readonly main: VarianceShare;
  readonly total: VarianceShare;
}

export interface PairVariance extends VarianceShare {
  readonly columns: readonly [string, string];
}

/** How the variance of a model's predictions is shared out among columns and pairs of them. */
export interface FunctionalAnova extends Result<'functional-anova'> {
  /** What varies: 'charges', 'log odds of yes'. */
  readonly unit: string;
  /** Of several classes. */
  readonly classes?: readonly string[];
  /** The variance that is shared out, over all outputs; null where nothing was asked. */
  readonly variance: number | null;
  /** Draws of the columns, each by itself, from so many rows, and how many rows there were. */
  readonly draws: number;
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  /** Largest total first. */
  readonly columns: readonly ColumnVariance[];
  /** Largest first. */
  readonly pairs: readonly PairVariance[];
  /** Share that is neither of a column alone nor of a pair. */
  readonly rest: number;
  /** Columns that go together, although they were drawn as if they did not. */
  readonly dependent: readonly { readonly columns: readonly [string, string]; readonly association: number }[];
}

const named = 5;

/** 'age', '14 other columns' */
export const factorName = ({ columns }: Pick<ColumnVariance, 'columns'>): string =>
  columns.length === 1 ? columns[0] : countWords(columns.length, 'other column');

/** '42 % (39 to 45 %)' */
export const varianceShareWords = ({ share, interval }: VarianceShare): string =>
  `${percentWords(share)} (${percentIntervalWords(interval, 1)})`;

export function functionalAnovaWords(result: FunctionalAnova): string {
  const { columns, pairs, unit, rest } = result;
  const telling = columns.filter(({ main }) => main.distinguishable);
  const together = pairs.filter(({ distinguishable }) => distinguishable);
  const still = columns.filter(({ total }) => total.share === 0).map(factorName);
  // Each share has its own error: together they may be a little more than all.
  const mains = Math.min(
    1,
    columns.reduce((sum, { main }) => sum + main.share, 0),
  );
  const ofPairs = together.reduce((sum, { share }) => sum + share, 0);
  return linesWords([
    result.partial ?? false,
    columns.length > 0 &&
      (telling.length > 0
        ? `Of the variance of the ${unit} single columns give ${percentWords(mains, 0)} (95 % intervals): ${telling
            .slice(0, named)
            .map((one) => `${factorName(one)} ${varianceShareWords(one.main)}`)
            .join('; ')}${telling.length > named ? `; ${countWords(telling.length - named, 'more column')} less` : ''}.`
        : `No single column makes the ${unit} vary.`),
    columns.length > 1 &&
      (together.length > 0
        ? `Pairs beyond what their columns do alone give ${percentWords(ofPairs, 0)}: ${together
            .slice(0, named)
            .map((one) => `${one.columns.join(' with ')} ${varianceShareWords(one)}`)
            .join('; ')}${together.length > named ? `; ${countWords(together.length - named, 'more pair')} less` : ''}.`
        : 'No pair gives more than chance would.'),
    rest >= 0.05 && `${percentWords(rest, 0)} is of three columns and more together, or within the errors.`,
    still.length > 0 && telling.length > 0 && `Without any effect: ${listWords(still.slice(0, 8))}.`,
    dependentWords(result),
    anovaBasisWords(result),
    result.quality.words,
  ]);
}

/** What the shares leave out where columns go together; empty where none do. */
export function dependentWords({ dependent }: FunctionalAnova): string {
  if (dependent.length === 0) return '';
  const shown = dependent
    .slice(0, 3)
    .map(({ columns, association }) => `${columns.join(' with ')} (${numberWords(association, 2)})`);
  const more = dependent.length > 3 ? ` and ${countWords(dependent.length - 3, 'more pair')}` : '';
  return `Columns are drawn independently of each other, though some go together: ${listWords(shown)}${more}. Their shares rest in part on rows that hardly exist.`;
}

export const anovaBasisWords = ({ draws, rows, rowsAvailable, part }: FunctionalAnova): string =>
  `From ${countWords(draws, 'pair')} of rows, their columns drawn each by itself from ${countWords(rows, 'row')} of ${rowsAvailable.toLocaleString('en-US')} of the ${part} part.`;
