import type { Column, Table } from '../../data/table.ts';

/** [columns] a row as numbers: the values of numeric columns (NaN is missing), the codes of the others (-1 is missing). */
export type Cells = Float64Array;

export const cellsAt = (table: Table, row: number): Cells =>
  Float64Array.from(table.columns, (column) => (column.kind === 'numeric' ? column.values[row] : column.codes[row]));

/** Rows of cells as a table with the columns and levels of the model. */
export function tableOfCells(model: Table, rows: readonly Cells[]): Table {
  const columns = model.columns.map((column, c): Column => {
    const cells = column.kind === 'numeric' ? new Float64Array(rows.length) : new Int32Array(rows.length);
    for (let row = 0; row < rows.length; row++) cells[row] = rows[row][c];
    return column.kind === 'numeric'
      ? { ...column, values: cells as Float64Array }
      : { ...column, codes: cells as Int32Array };
  });
  return { rowCount: rows.length, columns };
}

export const differs = (a: number, b: number): boolean => a !== b && !(Number.isNaN(a) && Number.isNaN(b));
