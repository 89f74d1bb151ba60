/** A bin must hold more rows than this, and a column of no more distinct values has one between each two. */
const [fewest, fewDistinct] = [4, 10];

/**
 * Ends of the bins of accumulated local effects, one more than there are bins, all of them values of the column: as many quantiles as leave
 * more than 4 rows in each bin, (z[k-1], z[k]] with the first closed; at most 10 distinct values are the ends themselves.
 * @param sorted ascending, no NaN
 */
export function adaptiveEdges(sorted: Float64Array, mostBins: number): Float64Array {
  const distinct = distinctOf(sorted);
  if (distinct.length <= Math.min(fewDistinct, mostBins + 1)) return distinct;
  for (let bins = Math.min(mostBins, Math.floor(sorted.length / (fewest + 1))); bins > 1; bins--) {
    const edges = distinctOf(quantiles(sorted, bins));
    if (leastRows(sorted, edges) > fewest) return edges;
  }
  return Float64Array.of(sorted[0], sorted[sorted.length - 1]);
}

export const distinctOf = (sorted: Float64Array): Float64Array =>
  sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);

/** The inverse of the distribution function (Hyndman and Fan 1996, type 1), so that whole numbers stay whole. */
const quantiles = (sorted: Float64Array, bins: number): Float64Array =>
  Float64Array.from({ length: bins + 1 }, (_, k) => sorted[Math.max(0, Math.ceil((k / bins) * sorted.length) - 1)]);

function leastRows(sorted: Float64Array, edges: Float64Array): number {
  const counts = new Uint32Array(edges.length - 1);
  let bin = 0;
  for (const value of sorted) {
    while (value > edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return Math.min(...counts);
}
