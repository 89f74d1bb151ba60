import { cellWords, changeWords, countWords, linesWords, numberWords } from './numbers.ts';
import type { Result } from './result.ts';

/** What one column adds on the way from the baseline to the row. */
export interface GradientTerm {
  readonly column: string;
  readonly value: number | string | null;
  /** Its value in the baseline, at which the way begins. */
  readonly baseline: number | string | null;
  /** In the unit of the result. */
  readonly contribution: number;
}

/** How the prediction moves with a column near the row, by SmoothGrad. */
export interface SmoothSlope {
  readonly column: string;
  /** Change of what is explained if the column grew by the noise's standard deviation. */
  readonly slope: number;
  /** Half the width of the 95 % interval over noisy copies. */
  readonly error: number;
}

/** Integrated gradients of one row: what each number adds between a baseline and the row, along a straight line. */
export interface IntegratedGradients extends Result<'integrated-gradients'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  /** What is explained: 'probability of yes', 'charges'. */
  readonly unit: string;
  /** What the model says of the baseline and of the row. */
  readonly base: number;
  readonly explained: number;
  /** Numbers, largest contribution first. */
  readonly terms: readonly GradientTerm[];
  /** What slopes cannot follow: categories, dates (years of weekdays lie between two), missing values; changed all at once first. */
  readonly jump: { readonly columns: readonly string[]; readonly contribution: number } | null;
  /** Largest first; empty where SmoothGrad was not asked for. */
  readonly slopes: readonly SmoothSlope[];
  /** What base, terms and jump leave of what is explained. */
  readonly gap: number;
  /** False where the gap is more than a twentieth of what the numbers add: the path crosses steps that slopes do not see. */
  readonly trustworthy: boolean;
}

const told = 5;

export function integratedGradientsWords(result: IntegratedGradients): string {
  const { rowIndex, unit, base, explained, terms, jump, slopes, trustworthy, quality } = result;
  const telling = tellingTerms(terms);
  const start = `At the baseline, the median or the most frequent level of each column in training, the ${unit} is ${numberWords(base)}; for row ${rowIndex} it is ${numberWords(explained)}.`;
  const adds = telling
    .slice(0, told)
    .map(({ column, value, contribution }) => `${column} = ${cellWords(value)} ${changeWords(contribution)}`);
  const rest = telling.length > told ? `; ${countWords(telling.length - told, 'other')} less` : '';
  const [steepest] = slopes;
  return linesWords([
    result.partial ?? false,
    !trustworthy && `Do not read this as the reason. ${quality.words}`,
    start,
    telling.length > 0
      ? `What each number adds on the way: ${adds.join('; ')}${rest}.`
      : 'No number makes a difference on the way.',
    jump !== null && `${jumpWords(jump.columns)} ${changeWords(jump.contribution)}.`,
    steepest !== undefined &&
      steepest.slope !== 0 &&
      `Near the row it is steepest along ${steepest.column}: ${changeWords(steepest.slope)}${steepest.error > 0 ? ` (± ${numberWords(steepest.error, 2)})` : ''} for a step as large as the noise.`,
    trustworthy && quality.words,
  ]);
}

/** Those that are more than rounding. */
export function tellingTerms(terms: readonly GradientTerm[]): readonly GradientTerm[] {
  const largest = Math.max(0, ...terms.map(({ contribution }) => Math.abs(contribution)));
  return terms.filter(({ contribution }) => Math.abs(contribution) > 1e-6 * largest);
}

const mostNamed = 3;

/** 'What slopes cannot follow (island), changed all at once, adds' */
export function jumpWords(columns: readonly string[]): string {
  const more = columns.length - mostNamed;
  const names = columns.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${countWords(more, 'other')}` : '');
  return `What slopes cannot follow (${names}), changed all at once, adds`;
}
