import { cellWords, countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';
import type { Edit } from './robustness.ts';

/** One cell that is changed. */
export interface SizedEdit extends Edit {
  /** In median absolute deviations of the training values; 1 for another level. */
  readonly size: number;
}

/** A changed row of which the model says something else. */
export interface Counterfactual {
  /** The largest first. */
  readonly edits: readonly SizedEdit[];
  /** Sum of the edits' sizes (Wachter et al. 2017). */
  readonly distance: number;
  /** What the model says of it: class or value. */
  readonly predicted: string | number;
  /** The probability of that class, or the value. */
  readonly score: number;
  /** Gower distance to its k-th nearest training row, and the share of training rows that lie as far or further from their own. */
  readonly neighbour: number;
  readonly asLonely: number;
  /** No further from the data than 95 % of the training rows. */
  readonly plausible: boolean;
}

/** Columns that stand in the way together, and what would do if they did not. */
export interface Obstacle {
  readonly columns: readonly string[];
  readonly edits: readonly SizedEdit[];
}

/** Small changes of one row that give another class, or move a value past a target. */
export interface Counterfactuals extends Result<'counterfactuals'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  readonly prediction: string | number;
  /** 'Biscoe', 'another class', 'above 12' */
  readonly wanted: string;
  /** The best one first. */
  readonly found: readonly Counterfactual[];
  /** Columns that nothing changes, and why. */
  readonly kept: readonly { readonly column: string; readonly reason: string }[];
  /** Why none was found; null where one was. */
  readonly none: string | null;
  /** Smallest sets of rules that would have to be lifted; empty where one was found. */
  readonly obstacles: readonly Obstacle[];
  /** Training rows that were asked for, and those of them that the model predicts as wanted. */
  readonly seeds: { readonly rows: number; readonly available: number; readonly reached: number };
  /** Columns that may be changed, and those that were tried. */
  readonly columns: { readonly editable: number; readonly tried: number };
}

/** 'income from 20,000 to 31,000' */
export const editWords = ({ column, from, to }: Edit): string =>
  `${column} from ${cellWords(from)} to ${cellWords(to)}`;

export const editsWords = (edits: readonly Edit[]): string =>
  listWords([
    ...edits.slice(0, toldEdits).map(editWords),
    ...(edits.length > toldEdits ? [countWords(edits.length - toldEdits, 'further column')] : []),
  ]);

const toldEdits = 8;

export const outcomeWords = ({ predicted, score }: Pick<Counterfactual, 'predicted' | 'score'>): string =>
  typeof predicted === 'number' ? numberWords(predicted) : `${predicted} (${percentWords(score)})`;

/** 'keeping sex alone from changing stands in the way: ...' */
export const obstacleWords = ({ columns, edits }: Obstacle): string =>
  `If ${listWords(columns)} might change more freely: ${editsWords(edits)}.`;

export function counterfactualsWords(result: Counterfactuals): string {
  const { rowIndex, prediction, wanted, found, none, obstacles, quality, partial } = result;
  const said = typeof prediction === 'number' ? numberWords(prediction) : prediction;
  return linesWords([
    partial ?? false,
    `The model predicts ${said} for row ${rowIndex}; what is looked for is ${wanted}.`,
    none ?? false,
    ...obstacles.map(obstacleWords),
    ...found.map(
      (one, i) =>
        `${i + 1}. Change ${editsWords(one.edits)}: then it predicts ${outcomeWords(one)}${one.plausible ? '' : '; no training row is much like that'}.`,
    ),
    counterfactualsBasisWords(result),
    quality.words,
  ]);
}

/** What the search rests on. */
export function counterfactualsBasisWords({ seeds, columns, kept }: Counterfactuals): string {
  const tried =
    columns.tried < columns.editable
      ? `Of ${countWords(columns.editable, 'column')} that may change, the ${numberWords(columns.tried)} strongest were tried.`
      : `${countWords(columns.editable, 'column')} may change${kept.length > 0 ? `, ${numberWords(kept.length)} may not` : ''}.`;
  return `${tried} The search began from ${countWords(seeds.reached, 'training row')} that the model predicts so, of ${numberWords(seeds.rows)} asked and ${numberWords(seeds.available)} in all.`;
}
