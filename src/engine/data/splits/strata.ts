import type { Target } from '../dataset.ts';

/** What a split should keep in proportion: [rows] a stratum each, numbered from 0. */
export interface Strata {
  readonly codes: Int32Array;
  readonly count: number;
}

/** Quantile bins of a numeric target hold at least this many rows, so that every part can have some of each. */
const rowsInBin = 20;
const mostBins = 10;

/** Classes as they are; numbers in up to ten bins of equal size, so that every part covers the target's range. */
export function strataOf(target: Target): Strata {
  if (target.kind === 'classes') return { codes: target.codes, count: target.classes.length };
  const count = Math.max(1, Math.min(mostBins, Math.floor(target.values.length / rowsInBin)));
  const order = Uint32Array.from(target.values, (_, row) => row).sort(
    (a, b) => target.values[a] - target.values[b] || a - b,
  );
  const codes = new Int32Array(order.length);
  for (let rank = 0; rank < order.length; rank++) codes[order[rank]] = Math.floor((rank * count) / order.length);
  return { codes, count };
}

/** Rows of each stratum, ascending. */
export function rowsByStratum({ codes, count }: Strata): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (const code of codes) sizes[code]++;
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(count);
  for (let row = 0; row < codes.length; row++) rows[codes[row]][filled[codes[row]]++] = row;
  return rows;
}
