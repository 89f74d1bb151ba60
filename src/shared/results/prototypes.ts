import type { Example } from './examples.ts';
import { countWords, linesWords, listWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** A row that the prototypes do not stand for. */
export interface Criticism extends Example {
  /** Density of the rows there less that of the prototypes. */
  readonly witness: number;
}

/** Rows that stand for the training part, and those that they leave out. */
export interface Prototypes extends Result<'prototypes'> {
  /** Largest share first. */
  readonly prototypes: readonly Example[];
  /** In the order in which they were chosen. */
  readonly criticisms: readonly Criticism[];
  /** Squared maximum mean discrepancy of the prototypes, and the mean of that of as many random rows. */
  readonly discrepancy: number;
  readonly randomDiscrepancy: number;
  /** Share of random choices that are at least as near to the whole. */
  readonly asGood: number;
  /** Share of held-out rows whose nearest prototype is predicted as they are, and the share of the commonest prediction. */
  readonly agreement: number;
  readonly interval: Interval;
  readonly commonest: number;
  /** Share of the rows looked at, and number of the criticisms, that the model predicts wrong; values by their third. */
  readonly wrong: number;
  readonly wrongCriticisms: number;
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly heldOutRows: number;
  readonly part: 'validation' | 'test';
}

const said = (value: string | number): string => (typeof value === 'number' ? numberWords(value, 4) : value);

export const prototypesBasisWords = (result: Prototypes): string =>
  `Chosen from ${countWords(result.rows, 'training row')} of ${numberWords(result.rowsAvailable)}, tried on ${countWords(result.heldOutRows, `${result.part} row`)}.`;

/** 'The model is wrong on 3 of the 6, and on 8 % of all rows.' */
export const wrongCriticismsWords = ({ criticisms, wrongCriticisms, wrong }: Prototypes): string =>
  `The model is wrong on ${numberWords(wrongCriticisms)} of the ${numberWords(criticisms.length)}, and on ${percentWords(wrong)} of all rows looked at.`;

export function prototypesWords(result: Prototypes): string {
  const { prototypes, criticisms } = result;
  const typical = prototypes.map(
    ({ rowIndex, truth, share }) => `row ${rowIndex} (${said(truth)}, for ${percentWords(share, 0)})`,
  );
  const others = criticisms.map(({ rowIndex, truth, predicted }) =>
    truth === predicted || typeof truth === 'number'
      ? `row ${rowIndex} (${said(truth)})`
      : `row ${rowIndex} (${said(truth)}, predicted ${said(predicted)})`,
  );
  return linesWords([
    result.partial ?? false,
    `The rows are told by ${countWords(prototypes.length, 'prototype')}: ${listWords(typical)}.`,
    result.quality.words,
    `For ${percentWords(result.agreement)} of the held-out rows (${percentIntervalWords(result.interval)}) the nearest prototype is predicted as they are; one answer for all would do for ${percentWords(result.commonest)}.`,
    others.length > 0 && `Not well described by them: ${listWords(others)}. ${wrongCriticismsWords(result)}`,
    prototypesBasisWords(result),
  ]);
}
