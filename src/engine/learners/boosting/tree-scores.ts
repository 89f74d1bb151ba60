import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';
import { leafOf, type TreeNodes } from '../trees/tree-nodes.ts';

/** Trees of all rounds, `outputs` a round, each with a value a node. */
export interface TreeEnsemble {
  readonly nodes: TreeNodes;
  readonly roots: Uint32Array;
  /** Raw score that a leaf adds; 0 at splits. [nodes] */
  readonly value: Float64Array;
  readonly start: Float64Array;
}

/** The scores before the first tree. [outputs x rows] */
export function startScores(start: Float64Array, rows: number): Float64Array {
  const scores = new Float64Array(rows * start.length);
  start.forEach((value, k) => {
    scores.fill(value, k * rows, (k + 1) * rows);
  });
  return scores;
}

/** scores[from + row] += the tree's value for the row. */
export function addTree(
  nodes: TreeNodes,
  root: number,
  value: ArrayLike<number>,
  data: BinnedRows,
  scores: Float64Array,
  from: number,
): void {
  const { bins, columns, rows } = data;
  for (let row = 0, base = 0; row < rows; row++, base += columns) {
    scores[from + row] += value[leafOf(nodes, root, bins, base)];
  }
}

/** Raw scores of binned rows. [outputs x rows] */
export function ensembleScores(ensemble: TreeEnsemble, data: BinnedRows): Float64Array {
  const { nodes, roots, value, start } = ensemble;
  const scores = startScores(start, data.rows);
  roots.forEach((root, i) => {
    addTree(nodes, root, value, data, scores, (i % start.length) * data.rows);
  });
  return scores;
}
