import { standardDeviation } from '../statistics/mean.ts';
import type { Dataset, Target } from './dataset.ts';
import { repeatedRows, rowKeys } from './row-keys.ts';
import type { Column } from './table.ts';

/** Numbers of equal rows that are further apart than this share of the target's spread contradict each other. */
const farApart = 0.5;

export interface LabelledRows extends Pick<Dataset, 'features' | 'target'> {
  readonly info: Pick<Dataset['info'], 'target'>;
}

/** The target as one more column of its table. */
export const targetColumn = ({ target, info: { target: name } }: Omit<LabelledRows, 'features'>): Column =>
  target.kind === 'classes'
    ? { kind: 'coded', name, type: 'category', codes: target.codes, levels: target.classes }
    : { kind: 'numeric', name, type: 'number', values: target.values };

/** Rows by what they repeat, in order: equal in every feature and in the target. */
export const repeatedWholeRows = (rows: LabelledRows): number[][] =>
  repeatedRows(rowKeys([...rows.features.columns, targetColumn(rows)], rows.features.rowCount));

/** Rows that are equal in every feature, with a target that contradicts: another class, or a number that is far off. */
export const conflictingRows = ({ features, target }: LabelledRows): number[][] =>
  repeatedRows(rowKeys(features.columns, features.rowCount)).filter(disagreement(target));

function disagreement(target: Target): (rows: readonly number[]) => boolean {
  if (target.kind === 'classes') return (rows) => rows.some((row) => target.codes[row] !== target.codes[rows[0]]);
  const bound = farApart * standardDeviation(target.values);
  return (rows) => {
    const values = rows.map((row) => target.values[row]);
    return Math.max(...values) - Math.min(...values) > bound;
  };
}
