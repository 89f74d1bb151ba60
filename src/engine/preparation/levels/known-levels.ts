import { codesOf, unseen } from '../../data/encoders/raw-columns.ts';
import type { Table } from '../../data/table.ts';

/** Levels that are remembered of one column, at most: those with most rows. */
export const mostLevels = 100_000;

/**
 * Places of a column's levels among the known ones: [rows], `known.length` where missing, one more where unknown.
 */
export function placesOf(table: Table, name: string, known: readonly string[]): Int32Array {
  const codes = codesOf(table, name, new Map(known.map((level, i) => [level, i])));
  return codes.map((code) => (code === unseen ? known.length + 1 : code < 0 ? known.length : code));
}
