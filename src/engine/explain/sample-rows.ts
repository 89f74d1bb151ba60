import type { Random } from '../random.ts';

/** All row positions where there are at most `cap`, else a seeded sample of `cap` of them, in ascending order. */
export function sampleRows(rowCount: number, cap: number, random: Random): Uint32Array {
  if (rowCount <= cap) return Uint32Array.from({ length: rowCount }, (_, i) => i);
  return random.permutation(rowCount).slice(0, cap).sort();
}
