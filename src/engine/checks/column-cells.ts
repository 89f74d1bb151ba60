import type { Column } from '../data/table.ts';

/** [rows] 1 where a cell is missing, and how many are. */
export function missingFlags(column: Column): { flags: Uint8Array; count: number } {
  const values = column.kind === 'numeric' ? column.values : column.codes;
  const flags = new Uint8Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const missing = column.kind === 'numeric' ? Number.isNaN(values[row]) : values[row] < 0;
    flags[row] = missing ? 1 : 0;
    count += flags[row];
  }
  return { flags, count };
}

/** [known rows] values without the missing ones, ascending. */
export const ascending = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value)).sort();

/** Rows of each level. @param codes -1 is missing, counted nowhere */
export function levelCounts(codes: ArrayLike<number>, levels: number): Uint32Array {
  const counts = new Uint32Array(levels);
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) counts[codes[row]]++;
  return counts;
}
