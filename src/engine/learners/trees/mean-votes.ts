import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';
import { leafOf, type TreeNodes } from './tree-nodes.ts';

/** Adds to each row the means of the leaf that it ends in. means: [nodes x outputs]; votes: [rows x outputs]. */
export function addMeans(
  nodes: TreeNodes,
  root: number,
  means: Float32Array | Float64Array,
  data: BinnedRows,
  votes: Float64Array,
  outputs: number,
): void {
  for (let row = 0, base = 0; row < data.rows; row++, base += data.columns) {
    const leaf = leafOf(nodes, root, data.bins, base);
    for (let k = 0; k < outputs; k++) votes[row * outputs + k] += means[leaf * outputs + k];
  }
}

/** Makes each row of [rows x outputs] sum to 1. */
export function normalizeRows(votes: Float64Array, outputs: number): Float64Array {
  const sums = new Float64Array(votes.length / outputs);
  for (let i = 0; i < votes.length; i++) sums[Math.floor(i / outputs)] += votes[i];
  return votes.map((vote, i) => vote / sums[Math.floor(i / outputs)]);
}
