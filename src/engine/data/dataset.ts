import type { DatasetInfo } from '../../shared/dataset.ts';
import { type Table, takeRows } from './table.ts';

/** [rows] class indices into `DatasetInfo.classes`, or [rows] numbers. Never missing: such rows are dropped on loading, and said. */
export type Target =
  | { readonly kind: 'classes'; readonly codes: Int32Array; readonly classes: readonly string[] }
  | { readonly kind: 'values'; readonly values: Float64Array };

/** Features and target of some rows, with what is known of the whole file. */
export interface Dataset {
  readonly info: DatasetInfo;
  /** Feature columns only (role 'feature'), in the file's order. */
  readonly features: Table;
  readonly target: Target;
  /** [rows] position of each row in the loaded file. */
  readonly rowIds: Uint32Array;
  /** Columns that no model sees: of role 'group' or 'time', for splitting; ignored ones that are sensitive, for comparing groups. */
  readonly keys: Table;
}

export const targetLength = (target: Target): number =>
  target.kind === 'classes' ? target.codes.length : target.values.length;

/** Predicted numbers a row: one a class, or 1. */
export const outputsOf = (target: Target): number => (target.kind === 'classes' ? target.classes.length : 1);

export function takeTarget(target: Target, rows: ArrayLike<number>): Target {
  if (target.kind === 'classes') {
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = target.codes[rows[i]];
    return { ...target, codes };
  }
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = target.values[rows[i]];
  return { kind: 'values', values };
}

/** The data set restricted to these rows, in this order. */
export function takeDataset(data: Dataset, rows: ArrayLike<number>): Dataset {
  const rowIds = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) rowIds[i] = data.rowIds[rows[i]];
  return {
    info: data.info,
    features: takeRows(data.features, rows),
    target: takeTarget(data.target, rows),
    rowIds,
    keys: takeRows(data.keys, rows),
  };
}

/** One way to fit and to judge: positions within the data set that was split. */
export interface Fold {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}
