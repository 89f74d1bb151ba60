import { conditionHolds, type ReadCondition } from '../../../shared/results/read-condition.ts';
import { type Column, cell, columnNamed, type Table } from '../../data/table.ts';

/** The number, level or null (missing) of a column in a row. Infinite numbers count as missing, as for every model. */
export function cellOf(column: Column, row: number): number | string | null {
  if (column.kind === 'coded') return cell(column, row);
  const value = column.values[row];
  return Number.isFinite(value) ? value : null;
}

/** [rows] 1 where the condition holds. */
export function holdingRows(rows: Table, condition: ReadCondition): Uint8Array {
  const column = columnNamed(rows, condition.column);
  if (column.kind === 'numeric')
    return Uint8Array.from({ length: rows.rowCount }, (_, row) =>
      Number(conditionHolds(condition, cellOf(column, row))),
    );
  // Once a level: texts are compared slowly.
  const ofLevel = column.levels.map((level) => Number(conditionHolds(condition, level)));
  const ofMissing = Number(conditionHolds(condition, null));
  return Uint8Array.from(column.codes, (code) => (code < 0 ? ofMissing : ofLevel[code]));
}
