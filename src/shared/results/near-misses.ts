import type { Example } from './examples.ts';
import { countWords, linesWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** Two rows that are nearly the same. */
export interface NearMiss {
  /** Of the part that was looked at. */
  readonly rows: readonly [Example, Example];
  /** Gower distance, 0 to 1. */
  readonly distance: number;
  /** Columns in which they differ, those that differ most first. */
  readonly differ: readonly string[];
}

/** How often a row's nearest one has another outcome. */
export interface NearShare {
  readonly share: number;
  readonly interval: Interval;
  /** The same if outcomes were dealt to the rows at random. */
  readonly random: number;
}

/** Rows that are near each other and yet predicted differently, or that turned out differently. */
export interface NearMisses extends Result<'near-misses'> {
  readonly target: string;
  /** What counts as different: classes, or values farther apart than this. */
  readonly apart: number | null;
  readonly predicted: NearShare;
  readonly true: NearShare;
  /** Nearest first; each row at most once. */
  readonly predictedApart: readonly NearMiss[];
  readonly trulyApart: readonly NearMiss[];
  /** Median distance of a row from its nearest one. */
  readonly usualDistance: number;
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
}

/** Whether near rows have another outcome less often than rows at large do. */
export const tellsRows = ({ interval, random }: NearShare): boolean => interval.high < random;

const said = (value: string | number): string => (typeof value === 'number' ? numberWords(value, 4) : value);
const told = 3;

/** '4.2 % (3 to 6 %) of the rows, 48 % if outcomes were dealt at random' */
export const nearShareWords = ({ share, interval, random }: NearShare): string =>
  `${percentWords(share)} (${percentIntervalWords(interval)}) of the rows, ${percentWords(random, 0)} if outcomes were dealt at random`;

export const nearBasisWords = (result: NearMisses): string =>
  `Among ${countWords(result.rows, `${result.part} row`)} of ${numberWords(result.rowsAvailable)}, by Gower's distance${
    result.apart === null ? '' : `; values count as different when more than ${numberWords(result.apart)} apart`
  }.`;

/** Rows whose twins end otherwise: what no model of these columns can tell. */
export const truthWords = (result: NearMisses): string =>
  tellsRows(result.true)
    ? `The nearest row turned out differently for ${nearShareWords(result.true)}: between half of that and all of it these columns leave open.`
    : `The nearest row turned out differently for ${nearShareWords(result.true)}: near rows are no more alike than others, so these columns hardly tell.`;

export function nearMissesWords(result: NearMisses): string {
  const pairs = (list: readonly NearMiss[], of: (example: Example) => string | number) =>
    list
      .slice(0, told)
      .map(
        ({ rows: [a, b], differ }) =>
          `rows ${a.rowIndex} (${said(of(a))}) and ${b.rowIndex} (${said(of(b))})${differ.length > 0 ? `, which differ most in ${differ[0]}` : ', which are twins'}`,
      )
      .join('; ');
  return linesWords([
    result.partial ?? false,
    result.quality.words,
    result.predictedApart.length > 0 &&
      `Nearest that are predicted differently: ${pairs(result.predictedApart, ({ predicted }) => predicted)}.`,
    truthWords(result),
    result.trulyApart.length > 0 &&
      `Nearest that turned out differently: ${pairs(result.trulyApart, ({ truth }) => truth)}.`,
    nearBasisWords(result),
  ]);
}
