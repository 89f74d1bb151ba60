import { type Counterfactual, editsWords, outcomeWords } from './counterfactuals.ts';
import { changeWords, countWords, linesWords, numberWords } from './numbers.ts';
import { type ShapTerm, type ShapValues, termWords } from './shap-values.ts';

/** What a column adds to the difference, and to either class's probability; null of values. */
export interface ContrastTerm extends ShapTerm {
  readonly onFact: number | null;
  readonly onFoil: number | null;
}

/**
 * Why this class and not that one: Shapley values of the difference of their probabilities, against training rows of which the model says
 * the other; of a number, against rows of which it says about the other value. `base` is the mean over these rows.
 */
export interface Contrast extends ShapValues<'contrast'> {
  /** What the model says, and what it might have said. */
  readonly fact: string | number;
  readonly foil: string | number;
  /** Empty where nothing was known before it was ended. */
  readonly terms: readonly ContrastTerm[];
  /** Training rows it is compared with, those among the asked ones of which the model says the foil, and all there are. */
  readonly foilRows: {
    readonly rows: number;
    readonly reached: number;
    readonly asked: number;
    readonly available: number;
  };
  /** Where too few training rows are predicted as the foil: those that come nearest stand for them. */
  readonly isBorrowed: boolean;
  readonly coalitions: number;
  /** R2 of the sum of contributions on coalitions of columns that the estimate did not use; null where it is not known. */
  readonly fidelity: number | null;
  /** The smallest changes that would swap them, the best first. */
  readonly swaps: readonly Counterfactual[];
}

const told = 5;

const spoken = (said: string | number): string => (typeof said === 'number' ? numberWords(said) : said);

/** 'Why Adelie and not Chinstrap?' */
export const contrastQuestion = ({ fact, foil }: Contrast): string => `why ${spoken(fact)} and not ${spoken(foil)}?`;

/** What the row is compared with. */
export function foilWords({ foil, foilRows, isBorrowed, base, explained, unit }: Contrast): string {
  const those = isBorrowed
    ? `Too few training rows are predicted ${spoken(foil)} (${numberWords(foilRows.reached)} of ${numberWords(foilRows.asked)} asked), so the ${numberWords(foilRows.rows)} that come nearest stand for them`
    : `Compared with ${countWords(foilRows.rows, 'training row')} that the model predicts ${typeof foil === 'number' ? `about ${spoken(foil)}` : foil}`;
  return `${those}: there the ${unit} is ${numberWords(base)} on average, for this row it is ${numberWords(explained)}.`;
}

export function contrastWords(result: Contrast): string {
  const { rowIndex, terms, swaps, quality, partial } = result;
  const telling = terms.filter(({ contribution }) => contribution !== 0);
  const rest = telling.slice(told).reduce((sum, { contribution }) => sum + contribution, 0);
  const others = telling.length > told ? `; ${countWords(telling.length - told, 'other')} ${changeWords(rest)}` : '';
  return linesWords([
    partial ?? false,
    `Row ${rowIndex}: ${contrastQuestion(result)}${terms.length > 0 ? ` ${foilWords(result)}` : ''}`,
    terms.length > 0 &&
      (telling.length > 0
        ? `What makes the difference: ${telling.slice(0, told).map(termWords).join('; ')}${others}.`
        : 'No column makes a difference.'),
    swapsWords(swaps),
    quality.words,
  ]);
}

export const swapWords = (swap: Counterfactual): string =>
  `Change ${editsWords(swap.edits)}: then it predicts ${outcomeWords(swap)}${swap.plausible ? '' : '; no training row is much like that'}.`;

const swapsWords = (swaps: readonly Counterfactual[]): string =>
  swaps.length > 0
    ? `What would swap them: ${swaps.map((swap, i) => `${i + 1}. ${swapWords(swap)}`).join(' ')}`
    : noSwapWords;

export const noSwapWords = 'No small change was found that would swap them.';
