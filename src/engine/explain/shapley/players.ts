import type { Column, Table } from '../../data/table.ts';

/** Columns that are moved together: positions in the table. */
export type Player = readonly number[];

/** Positions of the columns in which the row differs from some background row: the others cannot make a difference. */
export function differingColumns(row: Table, background: Table): number[] {
  const byName = new Map(row.columns.map((column) => [column.name, column]));
  return background.columns.flatMap((column, j) => {
    const own = textAt(byName.get(column.name), 0);
    for (let i = 0; i < background.rowCount; i++) if (textAt(column, i) !== own) return [j];
    return [];
  });
}

function textAt(column: Column | undefined, row: number): number | string | null {
  if (!column) return null;
  if (column.kind === 'coded') return column.codes[row] < 0 ? null : column.levels[column.codes[row]];
  return Number.isNaN(column.values[row]) ? null : column.values[row];
}

/** Each of the columns by itself, the strongest first, where there are at most so many; else the weaker ones together as the last player. */
export function playersOf(columns: readonly number[], strengths: ArrayLike<number>, most: number): Player[] {
  if (columns.length <= most) return columns.map((column) => [column]);
  const order = [...columns.keys()].sort((a, b) => strengths[b] - strengths[a] || a - b).map((i) => columns[i]);
  return [...order.slice(0, most - 1).map((column) => [column]), order.slice(most - 1)];
}
