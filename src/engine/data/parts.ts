import type { Database } from './database.ts';

/**
 * Columns that are kept in one table. To answer about one column the database looks at all columns of its table, and to understand a query
 * it takes a time that grows with the square of the columns asked for: a table of 10,000 columns would be read for minutes.
 */
const columnsAtOnce = 200;

/** The table that holds column c<position>. */
export const partOf = (position: number): string => `source${Math.floor(position / columnsAtOnce)}`;

/** Positions that lie in the same part, part after part; the order within each is kept. */
export function byPart(positions: readonly number[]): number[][] {
  const parts = new Map<string, number[]>();
  for (const position of positions) parts.set(partOf(position), [...(parts.get(partOf(position)) ?? []), position]);
  return [...parts.values()];
}

/** SQL for a table of all columns, c0, c1, ... */
export const allParts = (columns: number): string =>
  byPart([...new Array(columns).keys()])
    .map(([position]) => partOf(position))
    .join(' POSITIONAL JOIN ');

/**
 * Keeps the rows of a table, as text, in parts.
 * @param cells SQL for the text of c0, c1, ... over the columns of `from`, which is read once a part
 */
export async function createParts(database: Database, cells: readonly string[], from: string): Promise<void> {
  for (const positions of byPart([...cells.keys()])) {
    const columns = positions.map((position) => `${cells[position]} AS c${position}`).join(', ');
    await database.run(`CREATE TABLE ${partOf(positions[0])} AS SELECT ${columns} FROM ${from}`);
  }
}

/** Cells that one query of many columns looks at: of long columns one at a time is faster, and needs less memory. */
const cellsAtOnce = 100_000;

/**
 * Counts of each column, one query for many: an aggregate of its own for each would take a time that grows with their square.
 * @param counts SQL over `v`, the text of a cell
 * @returns for each of the positions, in their order, a number for each of the counts
 */
export async function countByColumn(
  database: Database,
  rowCount: number,
  positions: readonly number[],
  counts: readonly string[],
): Promise<number[][]> {
  const counted = new Map<number, number[]>();
  const atOnce = Math.max(1, Math.floor(cellsAtOnce / rowCount));
  for (const part of byPart(positions)) {
    for (let from = 0; from < part.length; from += atOnce) {
      const own = part.slice(from, from + atOnce);
      const cells = own.map((position) => `c${position}`);
      const rows = await database.rows(
        cells.length === 1
          ? `SELECT 0, ${counts.join(', ')} FROM (SELECT ${cells} AS v FROM ${partOf(own[0])})`
          : `SELECT i::DOUBLE, ${counts.join(', ')}
             FROM (SELECT unnest([${cells}]) AS v, unnest(range(${cells.length})) AS i FROM ${partOf(own[0])}) GROUP BY i`,
      );
      for (const [i, ...numbers] of rows) counted.set(own[Number(i)], numbers.map(Number));
    }
  }
  return positions.map((position) => counted.get(position)!);
}
