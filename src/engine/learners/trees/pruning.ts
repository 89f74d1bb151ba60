import type { NodeValues } from './node-values.ts';
import { type TreeNodes, TreeNodesBuilder, wordsPerSet } from './tree-nodes.ts';

/** One collapse of minimal cost-complexity pruning. */
export interface PruningStep {
  /** Impurity (rows times impurity) that each leaf has to save if the node is to stay split: it collapses from here on. */
  readonly strength: number;
  /** The node that becomes a leaf. */
  readonly node: number;
  /** Leaves of the tree that is left. */
  readonly leaves: number;
}

export interface PruningPath {
  /** Leaves of the whole tree. */
  readonly leaves: number;
  readonly steps: readonly PruningStep[];
}

/**
 * All collapses of one tree by weakest link, down to its root (Breiman et al. 1984, section 3.3): the next is the node whose
 * branch saves least impurity a leaf; strengths ascend. A branch's saving is the sum of its splits' gains.
 */
export function pruningPath({ feature, left, right }: TreeNodes, gains: ArrayLike<number>): PruningPath {
  const size = feature.length;
  const parent = new Int32Array(size).fill(-1);
  const leaves = new Float64Array(size).fill(1);
  const saved = new Float64Array(size);
  // Children stand after their parents.
  for (let node = size - 1; node >= 0; node--) {
    if (feature[node] < 0) continue;
    for (const child of [left[node], right[node]]) parent[child] = node;
    leaves[node] = leaves[left[node]] + leaves[right[node]];
    saved[node] = gains[node] + saved[left[node]] + saved[right[node]];
  }
  const link = (node: number) => saved[node] / (leaves[node] - 1);
  const queue = new LinkQueue();
  for (let node = 0; node < size; node++) if (feature[node] >= 0) queue.push(node, link(node));
  const gone = new Uint8Array(size);
  const grownLeaves = leaves[0];
  const steps: PruningStep[] = [];
  let strength = 0;
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { node, key } = next;
    if (isGone(gone, parent, node)) continue;
    // What is collapsed below makes a link only stronger.
    if (link(node) > key) {
      queue.push(node, link(node));
      continue;
    }
    strength = Math.max(strength, key);
    gone[node] = 1;
    const [fewer, less] = [leaves[node] - 1, saved[node]];
    for (let up = node; up >= 0; up = parent[up]) {
      leaves[up] -= fewer;
      saved[up] -= less;
    }
    steps.push({ strength, node, leaves: leaves[0] });
  }
  return { leaves: grownLeaves, steps };
}

function isGone(gone: Uint8Array, parent: Int32Array, node: number): boolean {
  for (let up = node; up >= 0; up = parent[up]) if (gone[up] === 1) return true;
  return false;
}

/** Smallest key first; of equals the node that was made first. */
class LinkQueue {
  readonly #heap: { readonly node: number; readonly key: number }[] = [];

  push(node: number, key: number): void {
    const heap = this.#heap;
    heap.push({ node, key });
    for (let at = heap.length - 1; at > 0; ) {
      const up = (at - 1) >> 1;
      if (!this.#isBefore(at, up)) break;
      [heap[at], heap[up]] = [heap[up], heap[at]];
      at = up;
    }
  }

  pop(): { readonly node: number; readonly key: number } | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      let down = 2 * at + 1;
      if (down >= heap.length) return first;
      if (down + 1 < heap.length && this.#isBefore(down + 1, down)) down++;
      if (!this.#isBefore(down, at)) return first;
      [heap[at], heap[down]] = [heap[down], heap[at]];
      at = down;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    return one.key < other.key || (one.key === other.key && one.node < other.node);
  }
}

/** Nodes that collapse at a strength of pruning, and on from there until no more than so many leaves are left. */
export function collapsedNodes(
  { leaves: grown, steps }: PruningPath,
  strength: number,
  mostLeaves: number,
): Set<number> {
  const collapsed = new Set<number>();
  let leaves = grown;
  for (const step of steps) {
    if (step.strength > strength && leaves <= mostLeaves) break;
    collapsed.add(step.node);
    leaves = step.leaves;
  }
  return collapsed;
}

/** The tree with these nodes as leaves, and the means of what is left, [nodes x outputs]. */
export function prunedTree(
  nodes: TreeNodes,
  { means }: Pick<NodeValues, 'means'>,
  outputs: number,
  collapsed: ReadonlySet<number>,
): { nodes: TreeNodes; means: Float64Array } {
  const builder = new TreeNodesBuilder();
  const kept: number[] = [0];
  builder.addLeaf(nodes.rows[0]);
  for (let at = 0; at < kept.length; at++) {
    const node = kept[at];
    if (nodes.feature[node] < 0 || collapsed.has(node)) continue;
    const [left, right] = [nodes.left[node], nodes.right[node]];
    const set = nodes.set[node];
    const rule = {
      feature: nodes.feature[node],
      threshold: nodes.threshold[node],
      missingLeft: nodes.missingLeft[node] === 1,
      ...(set >= 0 && { left: nodes.sets.slice(set, set + wordsPerSet) }),
    };
    builder.split(at, rule, nodes.rows[left], nodes.rows[right]);
    kept.push(left, right);
  }
  const left = new Float64Array(kept.length * outputs);
  kept.forEach((node, i) => {
    left.set(means.subarray(node * outputs, (node + 1) * outputs), i * outputs);
  });
  return { nodes: builder.finish(), means: left };
}
