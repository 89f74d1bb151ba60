import { numberWords } from '../../../shared/results/numbers.ts';
import type { Answers } from '../asking.ts';

/** What the model shall say instead. */
export interface WantedOutcome {
  /** 'Biscoe', 'another class', 'above 12' */
  readonly words: string;
  /** [asked] above 0 where a row reaches it, else how much it falls short: in probability, or in standard deviations of the target. */
  reach(answers: Answers): Float64Array;
  /** [asked] the probability of the class that was most wanted, or the value. */
  score(answers: Answers): Float64Array;
}

/** Another class: a certain one, or any but the predicted. */
export function wantedClass(classes: readonly string[], predicted: number, wanted?: string): WantedOutcome {
  const target = wanted === undefined ? -1 : classes.indexOf(wanted);
  const each = ({ values, outputs, asked }: Answers, of: (row: Float64Array) => number) =>
    Float64Array.from({ length: asked }, (_, i) => of(values.subarray(i * outputs, (i + 1) * outputs)));
  if (target < 0)
    return {
      words: classes.length === 2 ? classes[1 - predicted] : 'another class',
      reach: (answers) => each(answers, (row) => bestBut(row, predicted) - row[predicted]),
      score: (answers) => each(answers, (row) => bestBut(row, predicted)),
    };
  return {
    words: classes[target],
    reach: (answers) => each(answers, (row) => row[target] - bestBut(row, target)),
    score: (answers) => each(answers, (row) => row[target]),
  };
}

function bestBut(row: Float64Array, left: number): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < row.length; k++) if (k !== left && row[k] > best) best = row[k];
  return best;
}

/** A value beyond a target; where none is given, one that is further than `step` from the row's own. */
export function wantedValue(
  own: number,
  { above, below, step }: { readonly above?: number; readonly below?: number; readonly step: number },
): WantedOutcome {
  const words =
    above !== undefined
      ? `above ${numberWords(above)}`
      : below !== undefined
        ? `below ${numberWords(below)}`
        : `more than ${numberWords(step)} away`;
  const short = (value: number) =>
    above !== undefined ? value - above : below !== undefined ? below - value : Math.abs(value - own) - step;
  return {
    words,
    reach: ({ values }) => Float64Array.from(values, (value) => short(value) / (2 * step)),
    score: ({ values }) => Float64Array.from(values),
  };
}
