/**
 * Weighted least squares among the rising sequences by pooling adjacent violators (Ayer et al. 1955; Robertson, Wright and Dykstra 1988,
 * section 1.2): neighbours are pooled at their weighted mean for as long as they fall. The weighted mean of the whole stays.
 * values, weights: [points]; points without weight take the height of the block that they end up in.
 * @returns [points] heights, and [points] the first point of the block that each is in
 */
export function isotonicRegression(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
): { heights: Float64Array; blocks: Uint32Array } {
  const blocks: { from: number; weight: number; mean: number }[] = [];
  for (let i = 0; i < values.length; i++) {
    let block = { from: i, weight: weights[i], mean: values[i] };
    for (let below = blocks.at(-1); below !== undefined && below.mean >= block.mean; below = blocks.at(-1)) {
      blocks.pop();
      const weight = below.weight + block.weight;
      const mean =
        weight > 0 ? (below.weight * below.mean + block.weight * block.mean) / weight : (below.mean + block.mean) / 2;
      block = { from: below.from, weight, mean };
    }
    blocks.push(block);
  }
  const heights = new Float64Array(values.length);
  const starts = new Uint32Array(values.length);
  blocks.forEach(({ from, mean }, b) => {
    const end = blocks[b + 1]?.from ?? values.length;
    heights.fill(mean, from, end);
    starts.fill(from, from, end);
  });
  return { heights, blocks: starts };
}
