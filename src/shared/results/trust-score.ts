import {
  countWords,
  intervalWords,
  linesWords,
  listWords,
  numberWords,
  percentIntervalWords,
  percentWords,
} from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** A row of which the rows around it say another thing than the model. */
export interface DoubtedRow {
  /** Position in the part it was taken from. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly truth: string | number;
  readonly predicted: string | number;
  /** Probability of the predicted class; absent of values. */
  readonly confidence?: number;
  readonly trust: number;
  /** What the nearest training row of another outcome is, and where it stands. */
  readonly rival: { readonly rowIndex: number; readonly truth: string | number; readonly distance: number };
  /** Distance to the nearest training row of the predicted outcome; null where there is none. */
  readonly distance: number | null;
}

/** Rows of similar trust. */
export interface TrustBand {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** Share of them that are predicted wrong, with its 95 % interval. */
  readonly wrong: number;
  readonly interval: Interval;
}

/** Whether the rows around each row say what the model says of it. */
export interface TrustScore extends Result<'trust-score'> {
  readonly target: string;
  /** The classes, or thirds of the values. */
  readonly outcomes: readonly string[];
  /** Rows in fifths, those trusted least first. */
  readonly bands: readonly TrustBand[];
  /** Chance that a wrong prediction is trusted less than a right one; null where all are right, or all wrong. */
  readonly auc: number | null;
  readonly interval: Interval | null;
  /** The same of the model's own probability; null of values. */
  readonly confidenceAuc: number | null;
  /** Share of the rows that are predicted wrong. */
  readonly wrong: number;
  /** The ones trusted least. */
  readonly doubted: readonly DoubtedRow[];
  /** Rows that were judged, of how many, by how many training rows of how many. */
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly neighbours: number;
  readonly neighboursAvailable: number;
  readonly part: 'validation' | 'test';
}

/** Whether low trust goes with errors, beyond chance. */
export const ranksErrors = ({ interval }: TrustScore): boolean => interval !== null && interval.low > 0.5;

const told = 3;

export const trustBasisWords = (result: TrustScore): string =>
  `Of ${countWords(result.rows, `${result.part} row`)} of ${numberWords(result.rowsAvailable)}, by the distance to ${countWords(result.neighbours, 'training row')} of ${numberWords(result.neighboursAvailable)}.`;

export function trustScoreWords(result: TrustScore): string {
  const { bands, confidenceAuc, doubted } = result;
  const [least] = bands;
  const most = bands[bands.length - 1];
  return linesWords([
    result.partial ?? false,
    result.quality.words,
    ranksErrors(result) &&
      `Of the fifth that is trusted least ${percentWords(least.wrong)} are wrong (${percentIntervalWords(least.interval)}), of the fifth trusted most ${percentWords(most.wrong)} (${percentIntervalWords(most.interval)}).`,
    confidenceAuc !== null && `The model's own probability ranks its errors with ${numberWords(confidenceAuc, 2)}.`,
    doubted.length > 0 && `Trusted least: ${listWords(doubted.slice(0, told).map(doubtedWords))}.`,
    trustBasisWords(result),
  ]);
}

/** 'row 17 (predicted yes, but no is 3.1 times as near)' */
function doubtedWords({ rowIndex, predicted, rival, trust }: DoubtedRow): string {
  const said = (value: string | number) => (typeof value === 'number' ? numberWords(value, 4) : value);
  const nearer = trust > 0.95 ? 'as near' : trust > 0 ? `${numberWords(1 / trust, 2)} times as near` : 'far nearer';
  return `row ${rowIndex} (predicted ${said(predicted)}, but ${said(rival.truth)} is ${nearer})`;
}

/** '0.71 (0.62 to 0.8)' */
export const aucWords = ({ auc, interval }: Pick<TrustScore, 'auc' | 'interval'>): string =>
  interval === null ? numberWords(auc, 2) : `${numberWords(auc, 2)} (${intervalWords(interval, 2)})`;
