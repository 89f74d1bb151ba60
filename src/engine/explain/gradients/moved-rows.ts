import type { Column, Table } from '../../data/table.ts';

/** So many copies of a row in which some numbers stand elsewhere. at: the value of a followed column in a copy */
export function movedRows(
  row: Table,
  copies: number,
  followed: readonly string[],
  at: (copy: number, place: number) => number,
): Table {
  const places = new Map(followed.map((name, place) => [name, place]));
  const columns = row.columns.map((column): Column => {
    if (column.kind === 'coded') return { ...column, codes: new Int32Array(copies).fill(column.codes[0]) };
    const place = places.get(column.name);
    const values =
      place === undefined
        ? new Float64Array(copies).fill(column.values[0])
        : Float64Array.from({ length: copies }, (_, copy) => at(copy, place));
    return { ...column, values };
  });
  return { rowCount: copies, columns };
}
