import { changeWords, countWords, linesWords, numberWords } from './numbers.ts';
import type { Result } from './result.ts';

export interface SurrogateTerm {
  readonly column: string;
  /** What the surrogate sees: 'flipper_length_mm between 190 and 197', 'island = Biscoe'. */
  readonly condition: string;
  /** How much the condition moves the explained output: probability, or the target's unit. */
  readonly weight: number;
  /** Standard deviation of the weight over repeats of the sampling. */
  readonly spread: number;
}

/** LIME-style: a linear model that imitates the predictor around one row. */
export interface LocalSurrogate extends Result<'local-surrogate'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  /** What the model says of the row: probability of the class, or the value. */
  readonly prediction: number;
  readonly surrogatePrediction: number;
  readonly intercept: number;
  readonly terms: readonly SurrogateTerm[];
  /** Weighted R2 on samples that the surrogate did not see; null where the prediction does not vary around the row. */
  readonly heldOutR2: number | null;
  /** Samples the surrogate was fitted on, over all repeats; the held-out ones come on top. */
  readonly samples: number;
  /** False where the fidelity is too low (R2 < 0.5) for the terms to be read as the reason. */
  readonly trustworthy: boolean;
}

const told = 5;

/** A surrogate that does not fit is said not to, before anything it says. */
export function localSurrogateWords(result: LocalSurrogate): string {
  const { rowIndex, prediction, terms, samples, heldOutR2, trustworthy, quality } = result;
  const what = result.class === undefined ? numberWords(prediction) : `${numberWords(prediction)} for ${result.class}`;
  const strongest = [...terms].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, told);
  const reasons = strongest.map(
    ({ condition, weight, spread }) => `${condition} ${changeWords(weight)} (spread ${numberWords(spread, 2)})`,
  );
  const predicted = `The model predicts ${what} for row ${rowIndex}.`;
  const basis = `From ${countWords(samples, 'sampled row')} around it.`;
  if (heldOutR2 === null) return linesWords([predicted, `${basis} ${quality.words}`]);
  return linesWords([
    !trustworthy && `Do not read this as the reason. ${quality.words}`,
    predicted,
    reasons.length > 0 && `Near the row, being so moves the prediction by: ${reasons.join('; ')}.`,
    trustworthy ? `${basis} ${quality.words}` : basis,
  ]);
}
