import { countWords, linesWords, numberWords } from './numbers.ts';
import type { Result } from './result.ts';
import { weightWords } from './spread-words.ts';

/** A word that can be hidden, wherever it stands in the text. */
export interface WordTerm {
  readonly word: string;
  /** How often it stands in the text. */
  readonly count: number;
  /** How much the word moves the explained output by being there: probability, or the target's unit. */
  readonly weight: number;
  /** Standard deviation of the weight over repeats of the sampling. */
  readonly spread: number;
}

/** Of the text, in its order: a stretch that is always there, or a word. */
export interface TextPiece {
  readonly text: string;
  /** Position among the terms; null of what is never hidden. */
  readonly term: number | null;
}

/** LIME for one text column of a row: a linear model of which of its words are there. */
export interface TextSurrogate extends Result<'text-surrogate'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  /** The column whose words are explained. */
  readonly column: string;
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  /** What the model says of the row: probability of the class, or the value. */
  readonly prediction: number;
  readonly surrogatePrediction: number;
  /** Heaviest first. */
  readonly terms: readonly WordTerm[];
  readonly pieces: readonly TextPiece[];
  /** Different words of the text; more than there are terms where only the first ones are hidden. */
  readonly wordsInAll: number;
  /** Weighted R2 on samples that the surrogate did not see; null where there is nothing to explain. */
  readonly heldOutR2: number | null;
  /** Samples the surrogate was fitted on, over all repeats. */
  readonly samples: number;
  /** False where the fidelity is too low for the words to be read as the reason. */
  readonly trustworthy: boolean;
}

const told = 5;

/** The spread over samplings leaves no doubt of its sign. */
export const isTellingWord = ({ weight, spread }: WordTerm): boolean => weight !== 0 && Math.abs(weight) > 2 * spread;

/** A surrogate that does not fit is said not to, before anything it says. */
export function textSurrogateWords(result: TextSurrogate): string {
  const { rowIndex, column, prediction, terms, samples, heldOutR2, trustworthy, quality } = result;
  const what = result.class === undefined ? numberWords(prediction) : `${numberWords(prediction)} for ${result.class}`;
  const predicted = `The model predicts ${what} for row ${rowIndex}.`;
  const telling = terms.filter(isTellingWord);
  const reasons = telling.slice(0, told).map((term) => `"${term.word}" ${weightWords(term)}`);
  const basis = `From ${countWords(samples, 'sample')} of its text ${column} without some of the words.`;
  const hidden = hiddenWords(result);
  if (heldOutR2 === null) return linesWords([result.partial ?? false, predicted, samples > 0 && basis, quality.words]);
  return linesWords([
    result.partial ?? false,
    !trustworthy && `Do not read this as the reason. ${quality.words}`,
    predicted,
    reasons.length > 0
      ? `Of the words of ${column}, being there moves the prediction by: ${reasons.join('; ')}.`
      : `No word of ${column} can be told from nothing.`,
    basis,
    hidden,
    trustworthy && quality.words,
  ]);
}

/** Said where only some words were hidden. */
export const hiddenWords = ({ terms, wordsInAll }: TextSurrogate): string | false =>
  wordsInAll > terms.length && terms.length > 0
    ? `Only the first ${terms.length} of ${numberWords(wordsInAll)} different words were hidden; the others always stay.`
    : false;
