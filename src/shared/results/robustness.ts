import {
  cellWords,
  countWords,
  linesWords,
  listWords,
  numberWords,
  percentIntervalWords,
  percentWords,
} from './numbers.ts';
import type { Interval, Result } from './result.ts';

export interface Edit {
  readonly column: string;
  readonly from: number | string | null;
  readonly to: number | string | null;
}

/** One row that was changed until the prediction flipped (regression: moved by the tolerance). */
export interface AttackedRow {
  /** Position in the part that was attacked. */
  readonly rowIndex: number;
  /** True class; for regression the prediction before, which the attack tries to move. */
  readonly truth: string | number;
  readonly before: string | number;
  readonly after: string | number;
  readonly edits: readonly Edit[];
  /** Largest numeric edit in multiples of the column's training interquartile range. */
  readonly epsilon: number;
  readonly categoricalEdits: number;
  /** Which attack found it. */
  readonly attack: string;
}

export interface RobustnessPoint {
  readonly epsilon: number;
  /** Share of rows still predicted rightly under the worst attack found; an upper bound, never a certificate. */
  readonly robustAccuracy: number;
  /** Clopper-Pearson, 95 %. */
  readonly interval: Interval;
}

export interface RobustnessReport extends Result<'robustness'> {
  readonly part: 'validation' | 'test';
  /**
   * None where nothing could be attacked.
   * Queries: rows the attack asked the model about, gradients and the base's own check included.
   */
  readonly attacks: readonly {
    readonly name: string;
    readonly access: 'gradient' | 'score' | 'decision';
    readonly queries: number;
    readonly words: string;
  }[];
  /** Rows attacked, and how many there were to choose from. */
  readonly rows: number;
  readonly rowsAvailable: number;
  /** Epsilon is in multiples of each numeric column's training IQR; at most this many categorical edits. */
  readonly categoricalEdits: number;
  readonly cleanAccuracy: number;
  /** Matthews correlation of the untouched predictions; null for regression. */
  readonly cleanMcc: number | null;
  /** R2 of the untouched predictions; regression only, null where the rows do not determine it. */
  readonly cleanR2?: number | null;
  /** Accuracy of always predicting the training part's most frequent class; regression: 1, because a constant never moves. */
  readonly majorityBaseline: number;
  /** From epsilon 0 (= clean) up; that alone where nothing was attacked. */
  readonly curve: readonly RobustnessPoint[];
  /** Edits that broke no type, range or observed level, over all edits proposed; null where none was proposed. */
  readonly validEditRate: number | null;
  /** The smallest flipping edits found, smallest first; a category counts as much as one interquartile range. */
  readonly examples: readonly AttackedRow[];
  /** Columns that were not edited, and why. */
  readonly frozen: readonly { readonly column: string; readonly reason: string }[];
  /** Anything that makes the figures unreliable, in words; not empty reads 'unreliable'. */
  readonly flags: readonly string[];
  /** Regression: a row counts as right while its prediction moved by at most this (in the target's unit). */
  readonly tolerance?: number;
}

const toldRows = 3;
const toldEdits = 4;

/** Line by line. Never robust accuracy alone: always beside the clean one, the MCC and the majority baseline. */
export const robustnessWords = (result: RobustnessReport): string =>
  linesWords([
    ...result.flags.map((flag) => `Unreliable: ${flag}`),
    cleanWords(result),
    curveWords(result),
    ...diverse(result.examples).map((row) => attackedRowWords(row, result.tolerance !== undefined)),
    result.examples.length === 0 && result.attacks.length > 0 && 'No edit that flips a prediction was found.',
    result.attacks.length > 0 &&
      `Upper bounds found by ${listWords(result.attacks.map(({ name }) => name))}, not guarantees.`,
  ]);

function cleanWords({
  rows,
  part,
  cleanAccuracy,
  cleanMcc,
  cleanR2,
  majorityBaseline,
  tolerance,
}: RobustnessReport): string {
  const sample = `Of ${countWords(rows, 'row')} of the ${part} part`;
  if (tolerance !== undefined)
    return `${sample} (R2 ${numberWords(cleanR2, 2)}; a constant would never move), a prediction counts as flipped when it moves by more than ${numberWords(tolerance)}.`;
  return `${sample}, ${percentWords(cleanAccuracy)} are predicted rightly untouched (Matthews correlation ${numberWords(cleanMcc, 2)}; always saying the most frequent class: ${percentWords(majorityBaseline)}).`;
}

function curveWords({ curve, categoricalEdits }: RobustnessReport): string | false {
  const points = curve.filter(({ epsilon }) => epsilon > 0);
  if (points.length === 0) return false;
  const categories =
    categoricalEdits > 0 ? ` and ${countWords(categoricalEdits, 'category', 'categories')} may change` : '';
  const shares = points.map(
    ({ epsilon, robustAccuracy, interval }) =>
      `${percentWords(robustAccuracy)} at epsilon ${numberWords(epsilon)} (${percentIntervalWords(interval)})`,
  );
  return `When each number may move by epsilon interquartile ranges${categories}, at most this share still holds: ${listWords(shares)}.`;
}

/** The smallest edit of each set of columns first, so that three rows tell more than one weakness. */
function diverse(examples: readonly AttackedRow[]): AttackedRow[] {
  const columnsOf = ({ edits }: AttackedRow) => edits.map(({ column }) => column).join('\n');
  const first = examples.filter((row, i) => examples.findIndex((other) => columnsOf(other) === columnsOf(row)) === i);
  return [...first, ...examples.filter((row) => !first.includes(row))].slice(0, toldRows);
}

/** 'Row 12: bill_depth_mm 17.2 -> 18.9 turns Adelie into Chinstrap.' Several edits 'turn' it. */
export function attackedRowWords({ rowIndex, before, after, edits }: AttackedRow, isNumber = false): string {
  const changes = edits
    .slice(0, toldEdits)
    .map(({ column, from, to }) => `${column} ${cellWords(from)} -> ${cellWords(to)}`);
  if (edits.length > toldEdits) changes.push(`${edits.length - toldEdits} more`);
  const verb = `${isNumber ? 'move' : 'turn'}${edits.length === 1 ? 's' : ''}`;
  const effect = isNumber ? `${verb} the prediction from` : verb;
  return `Row ${rowIndex}: ${listWords(changes)} ${effect} ${spoken(before)} ${isNumber ? 'to' : 'into'} ${spoken(after)}.`;
}

const spoken = (value: string | number): string => (typeof value === 'number' ? numberWords(value, 4) : value);
