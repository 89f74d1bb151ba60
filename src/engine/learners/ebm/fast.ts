import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';
import type { Bag } from './bag.ts';
import { bestQuadrants } from './cut.ts';
import { cellsOf, type Groups, type Shape, sizeOf } from './term.ts';

/**
 * The pairs of columns that interact most, strongest first (FAST: Lou et al. 2013, section 4): with the single columns' effects fitted,
 * what the best cut of both columns into quadrants saves, by its mean rank over the bags.
 */
export async function strongestPairs(
  bags: readonly Bag[],
  data: BinnedRows,
  columns: readonly Groups[],
  count: number,
  minLeafRows: number,
  paced: () => Promise<void>,
): Promise<Shape[]> {
  const pairs: { shape: Shape; ranks: number }[] = columns.flatMap((first, i) =>
    columns
      .slice(i + 1)
      .map((second) => ({ shape: { kind: 'pair' as const, groups: [first, second] as const }, ranks: 0 })),
  );
  const gains = bags.map(() => new Float64Array(pairs.length));
  for (const [p, { shape }] of pairs.entries()) {
    if (shape.kind !== 'pair') continue;
    const term = { shape, size: sizeOf(shape), cells: cellsOf(shape, data) };
    const { size } = term;
    for (const [b, bag] of bags.entries()) {
      const [sums, weights] = [bag.sum(term), bag.weightsOf(term)];
      for (let k = 0; k < bag.rows.outputs; k++) {
        const own = sums.subarray(2 * k * size, 2 * (k + 1) * size);
        gains[b][p] += bestQuadrants(shape.groups[1].count, own, weights, minLeafRows).gain;
      }
      await paced();
    }
  }
  for (const gain of gains) {
    const order = Array.from(gain.keys()).sort((a, b) => gain[b] - gain[a] || a - b);
    order.forEach((p, rank) => {
      pairs[p].ranks += rank;
    });
  }
  return pairs
    .map((pair, p) => ({ ...pair, gain: gains.reduce((sum, gain) => sum + gain[p], 0) }))
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => a.ranks - b.ranks)
    .slice(0, count)
    .map(({ shape }) => shape);
}
