import { changeWords, countWords, intervalWords, linesWords, listWords, numberWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';
import { otherColumnsWords } from './shap-values.ts';

/** What one column, or several that were taken together, takes off the loss. */
export interface SageValue {
  readonly columns: readonly string[];
  /** Its Shapley value, in the loss's unit. */
  readonly value: number;
  /** 95 % interval over the sampled permutations. */
  readonly interval: Interval;
  /** The interval does not hold 0. */
  readonly distinguishable: boolean;
}

/** How the loss that a model saves is shared out among the columns. */
export interface Sage extends Result<'sage'> {
  readonly loss: 'log loss' | 'squared error';
  /** Mean loss of the rows where no column is known, and where all are; the values add up to their difference. Null: nothing was asked. */
  readonly lossOfNone: number | null;
  readonly lossOfAll: number | null;
  /** Rows looked at, and how many there were to choose from. */
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  /** Training rows from which columns that are not known take their values. */
  readonly background: { readonly rows: number; readonly available: number };
  readonly permutations: number;
  /** The largest error had become small beside the range of the values. */
  readonly converged: boolean;
  /** Largest first. */
  readonly columns: readonly SageValue[];
}

const named = 5;

export const sageName = ({ columns }: SageValue): string =>
  columns.length === 1 ? columns[0] : otherColumnsWords(columns.length);

export function sageWords(result: Sage): string {
  const { columns, loss, lossOfNone, lossOfAll } = result;
  const telling = columns.filter(({ distinguishable }) => distinguishable);
  const noise = columns.filter(({ distinguishable }) => !distinguishable).map(sageName);
  const shown = telling
    .slice(0, named)
    .map((one) => `${sageName(one)} ${changeWords(one.value)} (${intervalWords(one.interval)})`);
  const more = telling.length - named;
  return linesWords([
    result.partial ?? false,
    `Knowing the columns brings the ${loss} from ${numberWords(lossOfNone)} to ${numberWords(lossOfAll)}. ${
      telling.length > 0
        ? `What each takes off it (95 % intervals): ${shown.join('; ')}${more > 0 ? `; ${countWords(more, 'more column takes', 'more columns take')} less` : ''}.`
        : 'No column can be told from noise.'
    }`,
    telling.length > 0 && noise.length > 0 && `Not distinguishable from nothing: ${listWords(shortened(noise))}.`,
    sageBasisWords(result),
    result.quality.words,
  ]);
}

export const sageBasisWords = ({ rows, rowsAvailable, part, permutations, background }: Sage): string =>
  `From ${countWords(permutations, 'permutation')} of the columns over ${countWords(rows, 'row')} of ${rowsAvailable.toLocaleString('en-US')} of the ${part} part; columns that are not known take their values from ${countWords(background.rows, 'background row')} of ${countWords(background.available, 'training row')}.`;

const shortened = (names: readonly string[]): string[] =>
  names.length <= 8 ? [...names] : [...names.slice(0, 7), `${names.length - 7} others`];
