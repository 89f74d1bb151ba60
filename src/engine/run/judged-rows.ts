import { type Dataset, type Fold, outputsOf, type Target, takeTarget, targetLength } from '../data/dataset.ts';
import { type Table, takeRows } from '../data/table.ts';
import type { Prediction } from '../models/predictor.ts';
import { readOutOfFold } from './out-of-fold.ts';

/** The rows that folds judge, fold after fold. */
export interface JudgedRows {
  readonly rows: Uint32Array;
  /** [rows] the fold that judged each; of a single holdout, parts in turn. */
  readonly foldOf: Uint32Array;
  readonly target: Target;
  /** Raw columns of the rows at these places among them, in this order. */
  features(places: ArrayLike<number>): Table;
}

/** Parts of a single holdout, to choose by some of its rows and judge by the others. */
const partsOfHoldout = 5;

export function judgedRows(data: Dataset, folds: readonly Fold[]): JudgedRows {
  const rows = Uint32Array.from(folds.flatMap(({ validation }) => Array.from(validation)));
  const foldOf =
    folds.length > 1
      ? Uint32Array.from(folds.flatMap(({ validation }, fold) => Array.from(validation, () => fold)))
      : rows.map((_, i) => i % partsOfHoldout);
  const features = (places: ArrayLike<number>) =>
    takeRows(
      data.features,
      Uint32Array.from(places, (place) => rows[place]),
    );
  return { rows, foldOf, target: takeTarget(data.target, rows), features };
}

/** What a trial's models predicted for the judged rows; undefined where it is not on the disk any more. */
export async function judgedPrediction(
  modelFolder: string,
  data: Dataset,
  { rows }: JudgedRows,
): Promise<Prediction | undefined> {
  const of = { rows: targetLength(data.target), outputs: outputsOf(data.target) };
  const values = await readOutOfFold(modelFolder, rows, of);
  if (!values) return undefined;
  return data.target.kind === 'classes'
    ? { kind: 'probabilities', classCount: of.outputs, values }
    : { kind: 'values', values };
}
