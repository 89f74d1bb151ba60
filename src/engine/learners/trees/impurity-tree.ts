import type { BinnedColumn, BinnedRows } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import { BinSums, sumOver, type TreeTarget } from './bin-sums.ts';
import { type ImpuritySplit, impuritySplit } from './impurity-split.ts';
import { partRows } from './part-rows.ts';
import type { TreeNodes, TreeNodesBuilder } from './tree-nodes.ts';

export interface ImpurityOptions {
  readonly maxDepth: number;
  /** With a limit the leaf of the largest gain is split first. */
  readonly maxLeaves: number;
  readonly minLeafRows: number;
  /** Columns looked at in each node, drawn afresh. */
  readonly columnsPerNode: number;
  readonly randomCuts: boolean;
}

interface Open {
  readonly node: number;
  readonly begin: number;
  readonly end: number;
  readonly depth: number;
  readonly split: ImpuritySplit;
}

/** Grows classification and regression trees (Breiman et al. 1984) over binned rows; buffers serve one tree after the other. */
export class ImpurityTreeGrower {
  readonly #data: BinnedRows;
  readonly #columns: readonly BinnedColumn[];
  readonly #target: TreeTarget;
  readonly #options: ImpurityOptions;
  readonly #bins: BinSums;
  readonly #scratch: Uint32Array;
  readonly #features: Uint32Array;

  constructor(data: BinnedRows, columns: readonly BinnedColumn[], target: TreeTarget, options: ImpurityOptions) {
    this.#data = data;
    this.#columns = columns;
    this.#target = target;
    this.#options = options;
    this.#bins = new BinSums(data, target);
    this.#scratch = new Uint32Array(data.rows);
    this.#features = Uint32Array.from(columns, (_, i) => i);
  }

  /** Adds a tree over these rows (repeats allowed, at most as many as the data has; reordered) and appends each node's means to `means`, [nodes x outputs]. */
  grow(nodes: TreeNodesBuilder, means: number[], order: Uint32Array, random: Random): void {
    const open: Open[] = [];
    const visit = (node: number, begin: number, end: number, depth: number) => {
      const sums = sumOver(this.#target, order, begin, end);
      for (let k = 0; k < this.#target.outputs; k++) means[node * this.#target.outputs + k] = sums[k] / (end - begin);
      const split = depth < this.#options.maxDepth ? this.#bestSplit(order, begin, end, sums, random) : undefined;
      if (split) open.push({ node, begin, end, depth, split });
    };
    visit(nodes.addLeaf(order.length), 0, order.length, 0);
    for (let leaves = 1; open.length > 0 && leaves < this.#options.maxLeaves; leaves++) {
      const { node, begin, end, depth, split } = this.#next(open);
      const middle = partRows(this.#data, order, begin, end, split, this.#scratch);
      const [left, right] = nodes.split(node, split, middle - begin, end - middle);
      visit(left, begin, middle, depth + 1);
      visit(right, middle, end, depth + 1);
    }
  }

  #next(open: Open[]): Open {
    if (this.#options.maxLeaves === Number.POSITIVE_INFINITY) return open.pop()!;
    const gains = open.map(({ split }) => split.gain);
    return open.splice(gains.indexOf(Math.max(...gains)), 1)[0];
  }

  #bestSplit(order: Uint32Array, begin: number, end: number, sums: Float64Array, random: Random) {
    const { minLeafRows, columnsPerNode, randomCuts } = this.#options;
    if (end - begin < 2 * minLeafRows || isPure(sums, this.#target)) return undefined;
    let best: ImpuritySplit | undefined;
    let useful = 0;
    // Columns that are constant here do not count among those looked at.
    for (let i = 0; i < this.#features.length && useful < columnsPerNode; i++) {
      const feature = columnsPerNode < this.#features.length ? this.#draw(i, random) : this.#features[i];
      this.#bins.fill(this.#columns[feature], feature, order, begin, end);
      if (this.#bins.count < 2) continue;
      useful++;
      const split = impuritySplit(
        this.#columns[feature],
        feature,
        this.#bins,
        sums,
        minLeafRows,
        randomCuts ? random : undefined,
      );
      if (split && split.gain > (best?.gain ?? 0)) best = split;
    }
    return best;
  }

  /** The i-th column of a random order that is drawn as far as it is needed (Fisher and Yates). */
  #draw(i: number, random: Random): number {
    const j = i + random.integer(this.#features.length - i);
    const drawn = this.#features[j];
    this.#features[j] = this.#features[i];
    this.#features[i] = drawn;
    return drawn;
  }
}

const isPure = (sums: Float64Array, { codes, outputs }: TreeTarget) =>
  codes !== undefined && sums.subarray(0, outputs).includes(sums[outputs]);

/**
 * Draws every node's means towards its parent's (Agarwal et al. 2022, hierarchical shrinkage, equation 1):
 * m'(node) = m'(parent) + (m(node) - m(parent)) / (1 + strength / rows(parent)). In place; means: [nodes x outputs].
 */
export function shrinkMeans(
  nodes: TreeNodes,
  means: Float32Array | Float64Array,
  outputs: number,
  strength: number,
): void {
  const raw = means.slice();
  // Children stand after their parents.
  for (let node = 0; node < nodes.feature.length; node++) {
    if (nodes.feature[node] < 0) continue;
    const factor = 1 / (1 + strength / nodes.rows[node]);
    for (const child of [nodes.left[node], nodes.right[node]]) {
      for (let k = 0; k < outputs; k++) {
        const [at, up] = [child * outputs + k, node * outputs + k];
        means[at] = means[up] + (raw[at] - raw[up]) * factor;
      }
    }
  }
}
