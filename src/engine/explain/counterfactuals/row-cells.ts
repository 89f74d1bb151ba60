import type { Column, Table } from '../../data/table.ts';

/** [columns] a row as numbers: the values of numeric columns (NaN is missing), the codes of the others (-1 is missing). */
export type Cells = Float64Array;

export const cellsAt = (table: Table, row: number): Cells =>
  Float64Array.from(table.columns, (column) => (column.kind === 'numeric' ? column.values[row] : column.codes[row]));

/** Rows of cells as a table with the columns and levels of the model. */
export function tableOfCells(model: Table, rows: readonly Cells[]): Table {
  const columns = model.columns.map((column, c): Column => {
    if (column.kind === 'numeric') return { ...column, values: Float64Array.from(rows, (cells) => cells[c]) };
    return { ...column, codes: Int32Array.from(rows, (cells) => cells[c]) };
  });
  return { rowCount: rows.length, columns };
}

export const differs = (a: number, b: number): boolean => a !== b && !(Number.isNaN(a) && Number.isNaN(b));
