import type { Target } from '../../data/dataset.ts';
import type { Random } from '../../random.ts';

/**
 * At most `count` rows, drawn at random so that each class keeps its share, in ascending order. A class that has rows keeps at least
 * one as long as there are not more classes than `count`.
 */
export function sampledRows(target: Target, rows: number, count: number, random: Random): Uint32Array {
  if (rows <= count) return Uint32Array.from({ length: rows }, (_, row) => row);
  const order = random.permutation(rows);
  if (target.kind === 'values') return order.subarray(0, count).sort();
  const sizes = new Uint32Array(target.classes.length);
  for (const code of target.codes) sizes[code]++;
  const drawn = new Uint32Array(target.classes.length);
  // Where a row stands among those of its class, as a share: the smallest shares are as many of each class as it has rows.
  const shares = Float64Array.from(order, (row) => {
    const code = target.codes[row];
    return drawn[code]++ / sizes[code];
  });
  const places = Uint32Array.from(order, (_, i) => i).sort((a, b) => shares[a] - shares[b] || a - b);
  return places
    .subarray(0, count)
    .map((place) => order[place])
    .sort();
}
