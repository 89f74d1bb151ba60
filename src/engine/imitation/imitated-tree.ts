import { conditionOf } from '../data/encoders/bin-conditions.ts';
import type { Table } from '../data/table.ts';
import { goesLeft } from '../learners/trees/tree-nodes.ts';
import type { Prediction } from '../models/predictor.ts';
import type { ReadNode, TreeReading } from '../models/readable.ts';
import { type PruningSequence, pruningSequence } from './pruning-sequence.ts';
import { growSoftTree, type SoftTree } from './soft-tree.ts';

/** A tree that imitates predictions, with all of its subtrees by cost-complexity. */
export interface ImitatedTree {
  /** The largest subtree. */
  readonly tree: TreeReading;
  /** [nodes] leaves of the smallest subtree in which the node is split; 0 of a leaf. */
  readonly splitFrom: readonly number[];
  /** Leaves of each subtree, fewest first. */
  readonly sizes: readonly number[];
}

export interface ImitationOptions {
  /** Of the largest subtree. */
  readonly leaves: number;
  readonly depth: number;
  readonly leafRows: number;
}

/** Grows a tree on what a model predicts of these rows and prunes it to every size. */
export async function imitate(
  rows: Table,
  prediction: Prediction,
  options: ImitationOptions,
  signal: AbortSignal,
): Promise<ImitatedTree> {
  const grown = await growSoftTree(rows, prediction, options, signal);
  const sequence = pruningSequence(grown.nodes, grown.gains, options.leaves);
  return { ...readingOf(grown, sequence), sizes: sequence.leaves };
}

/** The largest subtree in the words of its columns. */
function readingOf({ columns, nodes, means, outputs }: SoftTree, { leaves, splitFrom }: PruningSequence) {
  const largest = leaves[leaves.length - 1];
  const isSplit = (node: number) => splitFrom[node] > 0 && splitFrom[node] <= largest;
  const kept = [0];
  const placeOf = new Map([[0, 0]]);
  for (let at = 0; at < kept.length; at++) {
    if (!isSplit(kept[at])) continue;
    for (const child of [nodes.left[kept[at]], nodes.right[kept[at]]]) placeOf.set(child, kept.push(child) - 1);
  }
  const told = kept.map((node): ReadNode => {
    const prediction = Array.from(means.subarray(node * outputs, (node + 1) * outputs));
    const own = { rows: nodes.rows[node], prediction };
    if (!isSplit(node)) return own;
    const condition = conditionOf(columns[nodes.feature[node]], (bin) => goesLeft(nodes, node, bin));
    const [left, right] = [placeOf.get(nodes.left[node])!, placeOf.get(nodes.right[node])!];
    return { ...own, split: { condition, left, right } };
  });
  const tree: TreeReading = { kind: 'tree', nodes: told };
  return { tree, splitFrom: kept.map((node) => (isSplit(node) ? splitFrom[node] : 0)) };
}
