import type { NumericArray } from '../../models/model.ts';

/**
 * Nodes of one or many binary trees over binned rows (BinEncoder). A row goes left at a numeric split when its bin is
 * 1 .. threshold, at a split by levels when its bin is in the set, and where `missingLeft` says when its bin is 0.
 * All arrays: [nodes]. Leaves have feature -1.
 */
export interface TreeNodes {
  /** Column of the binned rows. */
  readonly feature: Int32Array;
  readonly threshold: Uint8Array;
  readonly missingLeft: Uint8Array;
  /** Place of the split's 256-bit set in `sets`, in words; -1 for a numeric split. */
  readonly set: Int32Array;
  readonly sets: Uint32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Training rows that reached the node. */
  readonly rows: Uint32Array;
}

/** A split of one column. `left`: 8 words, bit b set when bin b goes left (levels only; the missing bin included). */
export interface SplitRule {
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly left?: Uint32Array;
}

export const wordsPerSet = 8;
export const inSet = (sets: Uint32Array, at: number, bin: number): boolean =>
  ((sets[at + (bin >>> 5)] >>> (bin & 31)) & 1) === 1;
export const addToSet = (set: Uint32Array, bin: number): void => {
  set[bin >>> 5] |= 1 << (bin & 31);
};

/** Grows `TreeNodes` node by node; trees follow each other. */
export class TreeNodesBuilder {
  #nodes: TreeNodes = emptyNodes(64, 64);
  #size = 0;
  #words = 0;

  get size(): number {
    return this.#size;
  }

  /** What has been built; the arrays have room to spare and are replaced when that is used up. */
  get nodes(): TreeNodes {
    return this.#nodes;
  }

  /** Adds a leaf and returns its place. */
  addLeaf(rows: number): number {
    if (this.#size === this.#nodes.feature.length)
      this.#nodes = copyNodes(this.#nodes, 2 * this.#size, this.#nodes.sets.length);
    this.#nodes.feature[this.#size] = -1;
    this.#nodes.set[this.#size] = -1;
    this.#nodes.rows[this.#size] = rows;
    return this.#size++;
  }

  /** Turns a leaf into a split and returns its two new leaves. */
  split(node: number, rule: SplitRule, leftRows: number, rightRows: number): [number, number] {
    const left = this.addLeaf(leftRows);
    const right = this.addLeaf(rightRows);
    const set = rule.left ? this.#addSet(rule.left) : -1;
    const nodes = this.#nodes;
    nodes.feature[node] = rule.feature;
    nodes.threshold[node] = rule.threshold;
    nodes.missingLeft[node] = rule.missingLeft ? 1 : 0;
    nodes.set[node] = set;
    nodes.left[node] = left;
    nodes.right[node] = right;
    return [left, right];
  }

  #addSet(set: Uint32Array): number {
    const capacity = this.#nodes.sets.length;
    if (this.#words + wordsPerSet > capacity) {
      this.#nodes = copyNodes(this.#nodes, this.#nodes.feature.length, 2 * capacity);
    }
    this.#nodes.sets.set(set, this.#words);
    this.#words += wordsPerSet;
    return this.#words - wordsPerSet;
  }

  /** The first `size` nodes. */
  finish(size = this.size): TreeNodes {
    const lastSet = this.#nodes.set.subarray(0, size).reduce((a, b) => Math.max(a, b), -wordsPerSet);
    return copyNodes(this.#nodes, size, lastSet + wordsPerSet);
  }
}

const emptyNodes = (size: number, words: number): TreeNodes => ({
  feature: new Int32Array(size),
  threshold: new Uint8Array(size),
  missingLeft: new Uint8Array(size),
  set: new Int32Array(size),
  sets: new Uint32Array(words),
  left: new Int32Array(size),
  right: new Int32Array(size),
  rows: new Uint32Array(size),
});

/** The same nodes in arrays of another length, cut or with room to spare. */
function copyNodes(nodes: TreeNodes, size: number, words: number): TreeNodes {
  const copy = emptyNodes(size, words);
  for (const name of Object.keys(copy) as (keyof TreeNodes)[]) {
    copy[name].set(nodes[name].subarray(0, copy[name].length));
  }
  return copy;
}

/** Whether a row with this bin in the split's column goes left. */
export function goesLeft(
  { threshold, missingLeft, set, sets }: Pick<TreeNodes, 'threshold' | 'missingLeft' | 'set' | 'sets'>,
  node: number,
  bin: number,
): boolean {
  if (set[node] >= 0) return inSet(sets, set[node], bin);
  return bin === 0 ? missingLeft[node] === 1 : bin <= threshold[node];
}

/** Leaf that a row ends in. base: where its bins begin. */
export function leafOf(nodes: TreeNodes, root: number, bins: Uint8Array, base: number): number {
  const { feature, left, right } = nodes;
  let node = root;
  while (feature[node] >= 0) node = goesLeft(nodes, node, bins[base + feature[node]]) ? left[node] : right[node];
  return node;
}

/** The nodes as arrays of a model bundle. */
export const nodesToArrays = (nodes: TreeNodes): Record<keyof TreeNodes, NumericArray> => ({ ...nodes });

/** Inverse of `nodesToArrays`. Throws a RangeError where one is absent or of another kind, or where nodes lead nowhere or in circles. */
export function nodesFromArrays(arrays: Readonly<Record<string, NumericArray>>): TreeNodes {
  const part = <T extends NumericArray>(name: keyof TreeNodes, kind: new (length: number) => T): T => {
    const array = arrays[name];
    if (!(array instanceof kind)) throw new RangeError(`model array "${name}" is not a ${kind.name}`);
    return array;
  };
  const nodes: TreeNodes = {
    feature: part('feature', Int32Array),
    threshold: part('threshold', Uint8Array),
    missingLeft: part('missingLeft', Uint8Array),
    set: part('set', Int32Array),
    sets: part('sets', Uint32Array),
    left: part('left', Int32Array),
    right: part('right', Int32Array),
    rows: part('rows', Uint32Array),
  };
  const { feature, left, right } = nodes;
  // Children stand after their parents.
  const leads = (node: number, child: number) => child > node && child < feature.length;
  if (!feature.every((column, node) => column < 0 || (leads(node, left[node]) && leads(node, right[node]))))
    throw new RangeError('nodes of a tree lead nowhere');
  return nodes;
}

/** Splits on the longest way from a root to a leaf. */
export function depthOf(nodes: TreeNodes): number {
  const depth = new Uint32Array(nodes.feature.length);
  // Children stand after their parents.
  nodes.feature.forEach((feature, node) => {
    if (feature < 0) return;
    depth[nodes.left[node]] = depth[node] + 1;
    depth[nodes.right[node]] = depth[node] + 1;
  });
  return depth.reduce((a, b) => Math.max(a, b), 0);
}
