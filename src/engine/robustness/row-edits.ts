import type { Column, Table } from '../data/table.ts';

/** A copy whose cells may be written to. */
export const copyTable = (table: Table): Table => ({
  rowCount: table.rowCount,
  columns: table.columns.map(
    (column): Column =>
      column.kind === 'numeric'
        ? { ...column, values: column.values.slice() }
        : { ...column, codes: column.codes.slice() },
  ),
});

/** Writes row `i` of `source` over row `positions[i]` of `table`, for each `i` that `when` allows. Columns must be in one order. */
export function putRows(
  table: Table,
  positions: ArrayLike<number>,
  source: Table,
  when: (i: number) => boolean = () => true,
): void {
  table.columns.forEach((column, c) => {
    const from = source.columns[c];
    for (let i = 0; i < positions.length; i++) {
      if (!when(i)) continue;
      if (column.kind === 'numeric' && from.kind === 'numeric') column.values[positions[i]] = from.values[i];
      else if (column.kind === 'coded' && from.kind === 'coded') column.codes[positions[i]] = from.codes[i];
    }
  });
}
