import { codesOf, levelCounts, unseen } from '../../data/encoders/raw-columns.ts';
import type { CodedColumn, Table } from '../../data/table.ts';

/** Levels that are remembered of one column, at most: those with most rows. */
export const mostLevels = 100_000;

/** The levels that rows have, the most frequent first, equals by their text: their coding must not matter. */
export function frequentLevels({ codes, levels }: CodedColumn, most = mostLevels): { level: string; count: number }[] {
  const counts = levelCounts(codes, levels.length);
  const present = Array.from(counts.keys()).filter((code) => counts[code] > 0);
  return present
    .sort((a, b) => counts[b] - counts[a] || (levels[a] < levels[b] ? -1 : 1))
    .slice(0, most)
    .map((code) => ({ level: levels[code], count: counts[code] }));
}

/**
 * Places of a column's levels among the known ones: [rows], `known.length` where missing, one more where unknown.
 */
export function placesOf(table: Table, name: string, known: readonly string[]): Int32Array {
  const codes = codesOf(table, name, new Map(known.map((level, i) => [level, i])));
  return codes.map((code) => (code === unseen ? known.length + 1 : code < 0 ? known.length : code));
}
