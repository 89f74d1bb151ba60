import type { BinnedColumn, BinnedRows } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import { partRows } from '../trees/part-rows.ts';
import type { TreeNodesBuilder } from '../trees/tree-nodes.ts';
import { fillHistogram, histogramOffsets, subtractHistogram } from './histogram.ts';
import { bestSplit, type NodeSums, type Split, type SplitOptions } from './split.ts';

export interface GrowOptions extends SplitOptions {
  readonly maxLeaves: number;
  /** Longest way from the root to a leaf, in splits. */
  readonly maxDepth: number;
}

/** A leaf of a tree under construction: rows order[begin..end). */
export interface GrownLeaf {
  readonly node: number;
  readonly begin: number;
  readonly end: number;
  readonly sums: NodeSums;
}

interface Candidate extends GrownLeaf {
  readonly depth: number;
  readonly split?: Split;
  /** Kept while memory allows, for the sibling subtraction. */
  readonly histogram?: Float64Array;
}

/** Histograms of one tree may take this much; beyond it both children are counted afresh. */
const histogramBytes = 128 * 2 ** 20;

/** Grows trees leaf by leaf, the leaf with the largest gain first (Shi 2007; LightGBM), reusing its buffers from tree to tree. */
export class LeafWiseGrower {
  readonly #data: BinnedRows;
  readonly #columns: readonly BinnedColumn[];
  readonly #options: GrowOptions;
  readonly #offsets: Uint32Array;
  readonly #scratch: Uint32Array;
  readonly #free: Float64Array[] = [];
  #histograms = 0;

  constructor(data: BinnedRows, columns: readonly BinnedColumn[], options: GrowOptions) {
    this.#data = data;
    this.#columns = columns;
    this.#options = options;
    this.#offsets = histogramOffsets(columns);
    this.#scratch = new Uint32Array(data.rows);
  }

  /**
   * Adds one tree to `nodes` and returns its leaves.
   * order: the rows to grow it on; reordered so that each leaf's rows lie together. features: the columns it may split.
   * gradient, hessian: [rows] of the whole data.
   */
  grow(
    nodes: TreeNodesBuilder,
    order: Uint32Array,
    features: Int32Array,
    gradient: Float32Array,
    hessian: Float32Array,
    random: Random,
  ): GrownLeaf[] {
    const count = (begin: number, end: number) => {
      const histogram = this.#take();
      fillHistogram(this.#data, features, this.#offsets, order, begin, end, gradient, hessian, histogram);
      return histogram;
    };
    const consider = (leaf: GrownLeaf, depth: number, histogram: Float64Array): Candidate => {
      const split =
        depth < this.#options.maxDepth ? this.#bestSplit(histogram, features, leaf.sums, random) : undefined;
      if (split && this.#histograms * histogram.byteLength <= histogramBytes)
        return { ...leaf, depth, split, histogram };
      this.#free.push(histogram);
      return { ...leaf, depth, split };
    };
    const sums = sumOf(order, gradient, hessian);
    const root = { node: nodes.addLeaf(order.length), begin: 0, end: order.length, sums };
    if (features.length === 0) return [root];
    const leaves = [consider(root, 0, count(0, order.length))];
    while (leaves.length < this.#options.maxLeaves) {
      const at = indexOfLargestGain(leaves);
      if (at < 0) break;
      const parent = leaves[at];
      const [left, right] = this.#divide(nodes, order, parent, parent.split!);
      const [small, large] = left.end - left.begin <= right.end - right.begin ? [left, right] : [right, left];
      const isLast = leaves.length + 1 === this.#options.maxLeaves;
      if (isLast) {
        // No leaf can be split any more: no histograms wanted.
        if (parent.histogram) this.#free.push(parent.histogram);
        leaves.splice(at, 1, { ...left, depth: 0 }, { ...right, depth: 0 });
        break;
      }
      const smallHistogram = count(small.begin, small.end);
      if (parent.histogram) subtractHistogram(parent.histogram, smallHistogram);
      const largeHistogram = parent.histogram ?? count(large.begin, large.end);
      const children = [
        consider(small, parent.depth + 1, smallHistogram),
        consider(large, parent.depth + 1, largeHistogram),
      ];
      leaves.splice(at, 1, ...children);
    }
    for (const leaf of leaves) if (leaf.histogram) this.#free.push(leaf.histogram);
    return leaves;
  }

  #take(): Float64Array {
    const free = this.#free.pop();
    if (free) return free;
    this.#histograms++;
    return new Float64Array(this.#offsets[this.#columns.length]);
  }

  #bestSplit(histogram: Float64Array, features: Int32Array, sums: NodeSums, random: Random): Split | undefined {
    if (sums.rows < 2 * this.#options.minLeafRows) return undefined;
    let found: Split | undefined;
    for (const feature of features) {
      const split = bestSplit(
        this.#columns[feature],
        feature,
        histogram,
        this.#offsets[feature],
        sums,
        this.#options,
        random,
      );
      if (split && split.gain > (found?.gain ?? 0)) found = split;
    }
    return found;
  }

  /** Splits the leaf; its rows are parted in place, order kept. */
  #divide(nodes: TreeNodesBuilder, order: Uint32Array, parent: Candidate, split: Split): [GrownLeaf, GrownLeaf] {
    const middle = partRows(this.#data, order, parent.begin, parent.end, split, this.#scratch);
    const [left, right] = nodes.split(parent.node, split, middle - parent.begin, parent.end - middle);
    const { leftSums } = split;
    const rightSums = {
      g: parent.sums.g - leftSums.g,
      h: parent.sums.h - leftSums.h,
      rows: parent.sums.rows - leftSums.rows,
    };
    return [
      { node: left, begin: parent.begin, end: middle, sums: leftSums },
      { node: right, begin: middle, end: parent.end, sums: rightSums },
    ];
  }
}

function indexOfLargestGain(leaves: readonly Candidate[]): number {
  let at = -1;
  let largest = 0;
  leaves.forEach((leaf, i) => {
    if (!leaf.split || leaf.split.gain <= largest) return;
    largest = leaf.split.gain;
    at = i;
  });
  return at;
}

function sumOf(order: Uint32Array, gradient: Float32Array, hessian: Float32Array): NodeSums {
  let g = 0;
  let h = 0;
  for (const row of order) {
    g += gradient[row];
    h += hessian[row];
  }
  return { g, h, rows: order.length };
}
