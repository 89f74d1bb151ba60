import { changeWords, countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** How training rows are traced: by the curvature of a convex loss, by gradients of the last layer (TracIn), or by taking each row out. */
export type InfluenceWay = 'influence functions' | 'gradients' | 'leave-one-out';

interface TrainingRow {
  /** Position in the training part. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly truth: string | number;
}

/** A training row that moves the explained prediction. */
export interface PushingRow extends TrainingRow {
  readonly predicted: string | number;
  /**
   * What the explained output has of it: as it is, minus without the row (of 'loss': the loss without it, minus as it is, so that above 0 it helps).
   * By gradients: as a share of what all rows push, whichever way.
   */
  readonly effect: number;
  /** Whether the explained row's own truth is hit better with it. */
  readonly helps: boolean;
}

/** A training row that speaks for itself: it was learnt because it is there. */
export interface OwnRow extends TrainingRow {
  /** What the model says of it without it; by gradients: with it. */
  readonly said: string | number;
  /** Probability of its own class, as `said`; absent of values. */
  readonly probability?: number;
  /** By how much its own loss would be larger without it; by gradients a share of all rows'. */
  readonly gain: number;
  /** Too unlikely, or too far off, to be the chance of so many rows: its label may be wrong. */
  readonly suspect: boolean;
}

/** Which training rows the prediction of a row comes from, and which ones were learnt for their own sake. */
export interface Influence extends Result<'influence'> {
  /** Position in the part it was taken from. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly target: string;
  readonly truth: string | number;
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  readonly prediction: number;
  readonly way: InfluenceWay;
  /** What is pushed: the explained output, or the loss of the row. */
  readonly of: 'prediction' | 'loss';
  /** Those that push most up, and most down, largest first. */
  readonly up: readonly PushingRow[];
  readonly down: readonly PushingRow[];
  /** Sum of the sizes of all pushes, and the share of it that the rows above have. */
  readonly total: number;
  readonly shown: number;
  readonly rows: number;
  readonly rowsAvailable: number;
  /** Largest gain first, only those above 0. */
  readonly own: readonly OwnRow[];
  readonly ownRows: number;
  readonly suspects: number;
  /** What was reckoned against fits without a row; null where there were none. */
  readonly check: {
    readonly fits: number;
    /** Pearson's, over those rows. */
    readonly correlation: number;
    readonly reckoned: readonly number[];
    readonly fitted: readonly number[];
  } | null;
  /** False where fits without a row came out otherwise. */
  readonly trustworthy: boolean;
  /** What was taken for granted. */
  readonly assumptions: string;
}

const told = 3;
const said = (value: string | number): string => (typeof value === 'number' ? numberWords(value, 4) : value);

/** 'probability of yes', 'predicted price' */
export const influencedWords = ({ of, target, ...result }: Influence): string =>
  of === 'loss'
    ? 'loss of this row'
    : result.class === undefined
      ? `predicted ${target}`
      : `probability of ${result.class}`;

/** '+0.031', or '4.1 %' of all pushes by gradients. */
export const effectWords = ({ way }: Influence, effect: number): string =>
  way === 'gradients'
    ? `${effect > 0 ? '+' : effect < 0 ? '-' : ''}${percentWords(Math.abs(effect))}`
    : changeWords(effect);

/** Above the rows that push it up, and those that push it down. */
export const sideTitles = ({ of }: Influence): readonly [up: string, down: string] =>
  of === 'loss' ? ['They help', 'They harm'] : ['They push it up', 'They push it down'];

/** '1,200 training rows of 100,000 traced; those shown have 34 % of all that pushes.' */
export const tracedWords = (result: Influence): string =>
  `${countWords(result.rows, 'training row')} of ${numberWords(result.rowsAvailable)} traced${result.total > 0 ? `; those shown have ${percentWords(result.shown)} of all that pushes` : ''}.`;

/** What rows learnt for their own sake say of labels. */
export function suspectsWords({ own, ownRows, suspects, way }: Influence): string {
  if (own.length === 0) return 'No training row was learnt for its own sake.';
  const how = way === 'gradients' ? '' : ' by a model without them';
  if (suspects === 0)
    return `Of ${countWords(ownRows, 'training row')} none has a label so unlikely${how} that it must be doubted.`;
  return `${countWords(suspects, 'training row')} of ${numberWords(ownRows)} ${suspects === 1 ? 'has a label' : 'have labels'} too unlikely${how} to be chance: look at ${suspects === 1 ? 'it' : 'them'} first.`;
}

/** A finding that does not hold is said not to, before anything it says. */
export function influenceWords(result: Influence): string {
  const { rowIndex, prediction, up, down, own, trustworthy, quality } = result;
  const what = result.class === undefined ? numberWords(prediction) : `${numberWords(prediction)} for ${result.class}`;
  const list = (rows: readonly PushingRow[]) =>
    listWords(
      rows.slice(0, told).map((row) => `row ${row.rowIndex} (${said(row.truth)}, ${effectWords(result, row.effect)})`),
    );
  const [rises, falls] = result.of === 'loss' ? ['help', 'harm'] : ['push it up', 'push it down'];
  return linesWords([
    result.partial ?? false,
    !trustworthy && `Do not read the sizes. ${quality.words}`,
    `The model predicts ${what} for row ${rowIndex}, which is ${said(result.truth)}.`,
    up.length + down.length === 0 && `No training row moves the ${influencedWords(result)}.`,
    up.length > 0 && `Training rows that ${rises} most (${influencedWords(result)}): ${list(up)}.`,
    down.length > 0 && `That ${falls} most: ${list(down)}.`,
    up.length + down.length > 0 && tracedWords(result),
    suspectsWords(result),
    own.length > 0 &&
      `Most learnt for their own sake: ${listWords(own.slice(0, told).map((row) => `row ${row.rowIndex} (${said(row.truth)}, otherwise ${said(row.said)})`))}.`,
    result.assumptions,
    trustworthy && quality.words,
  ]);
}
