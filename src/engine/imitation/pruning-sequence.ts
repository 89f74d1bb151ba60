import { pruningPath } from '../learners/trees/pruning.ts';
import type { TreeNodes } from '../learners/trees/tree-nodes.ts';

/** The nested subtrees of one tree by minimal cost-complexity. */
export interface PruningSequence {
  /** Leaves of each subtree, fewest first: 1 is the root alone. */
  readonly leaves: readonly number[];
  /** [nodes] leaves of the smallest subtree in which the node is split; 0 of a leaf. */
  readonly splitFrom: readonly number[];
}

/**
 * All subtrees that are best for some price of a leaf (Breiman et al. 1984, section 3.3) and have at most so many leaves. Links
 * of the same strength break at once.
 */
export function pruningSequence(nodes: TreeNodes, gains: ArrayLike<number>, mostLeaves: number): PruningSequence {
  const path = pruningPath(nodes, gains);
  const splitFrom = Array.from(nodes.feature, () => 0);
  const sizes: number[] = [];
  let [size, strength] = [path.leaves, -1];
  let now = path.leaves;
  for (const step of path.steps) {
    if (step.strength !== strength) {
      size = now;
      strength = step.strength;
      sizes.push(size);
    }
    markSplit(nodes, step.node, size, splitFrom);
    now = step.leaves;
  }
  sizes.push(1);
  return { leaves: sizes.filter((leaves) => leaves <= mostLeaves).reverse(), splitFrom };
}

/** Whatever below the node is still split is so down to this size. */
function markSplit(nodes: TreeNodes, node: number, size: number, splitFrom: number[]): void {
  const { feature, left, right } = nodes;
  if (feature[node] < 0 || splitFrom[node] > 0) return;
  splitFrom[node] = size;
  markSplit(nodes, left[node], size, splitFrom);
  markSplit(nodes, right[node], size, splitFrom);
}
