import { type BinnedColumn, type BinnedRows, binCount } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import type { Pace } from '../pace.ts';
import { inSet, type SplitRule, type TreeNodesBuilder } from '../trees/tree-nodes.ts';
import { Histograms, histogramOffsets, perBin } from './histogram.ts';
import { type LeafLimits, leafValue, type NodeSums, rootLimits } from './leaf-value.ts';
import { type Programs, programsOver } from './programs/programs.ts';
import { bestSplit, type Split, type SplitOptions } from './split.ts';
import { ThresholdScan } from './threshold-scan.ts';
import { TrainingMemory } from './training-memory.ts';

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
  /** What the leaf adds to the score, before it is shrunk. */
  readonly value: number;
  readonly limits: LeafLimits;
}

interface Candidate extends GrownLeaf {
  readonly depth: number;
  readonly split?: Split;
  /** Place of its sums, kept while there is room, for the sibling's. */
  readonly histogram?: number;
}

/** Grows trees leaf by leaf, the leaf with the largest gain first (Shi 2007; LightGBM), reusing its buffers from tree to tree. */
export class LeafWiseGrower {
  /** Gradients, hessians and the rows in order are written here before a tree is grown, and read here after. */
  readonly memory: TrainingMemory;
  readonly #data: BinnedRows;
  readonly #columns: readonly BinnedColumn[];
  readonly #options: GrowOptions;
  readonly #pace: Pace;
  readonly #programs: Programs;
  readonly #histograms: Histograms;
  readonly #scan: ThresholdScan;
  /** Columns of the tree. */
  #width = 0;
  /** Those that are not scanned together. */
  #others: Int32Array = new Int32Array();
  readonly #free: number[];

  /** outputs: scores a row. */
  constructor(data: BinnedRows, columns: readonly BinnedColumn[], outputs: number, options: GrowOptions, pace: Pace) {
    const offsets = histogramOffsets(columns);
    const needs = { outputs, sumsBytes: offsets[columns.length], maxLeaves: options.maxLeaves };
    this.memory = new TrainingMemory(data, needs);
    this.#data = data;
    this.#columns = columns;
    this.#options = options;
    this.#pace = pace;
    this.#programs = programsOver(this.memory.memory, offsets.subarray(0, columns.length));
    this.#histograms = new Histograms(this.memory, this.#programs, offsets, data.rows);
    this.#scan = new ThresholdScan(this.memory, this.#programs, this.#histograms, columns, offsets, options);
    this.#free = [...this.memory.slots];
  }

  /**
   * Adds one tree to `nodes` and returns its leaves, whose rows then lie together in the memory's order.
   * rows: so many stand in the order, at least one. output: whose gradients it follows. features: the columns it may split.
   */
  async grow(
    nodes: TreeNodesBuilder,
    rows: number,
    output: number,
    features: Int32Array,
    random: Random,
  ): Promise<GrownLeaf[]> {
    const node = nodes.addLeaf(rows);
    const empty = { node, begin: 0, end: rows, value: 0, limits: rootLimits, depth: 0 };
    if (features.length === 0) return [{ ...empty, sums: { g: 0, h: 0, rows } }];
    this.#histograms.begin(output, features);
    this.#others = this.#scan.begin(features);
    this.#width = features.length;
    const histogram = await this.#count(0, rows);
    const sums = this.#total(histogram, features[0]);
    const value = leafValue(sums.g, sums.h, rows, this.#options, rootLimits);
    const root = { ...empty, sums, value };
    const leaves = [this.#consider(root, histogram, random)];
    while (leaves.length < this.#options.maxLeaves) {
      const at = indexOfLargestGain(leaves);
      if (at < 0) break;
      const parent = leaves[at];
      const children = this.#divide(nodes, parent, parent.split!);
      // No leaf can be split any more: no sums wanted.
      if (leaves.length + 1 === this.#options.maxLeaves) {
        if (parent.histogram !== undefined) this.#free.push(parent.histogram);
        leaves.splice(at, 1, ...children);
        break;
      }
      leaves.splice(at, 1, ...(await this.#considerBoth(children, parent.histogram, random)));
    }
    for (const leaf of leaves) if (leaf.histogram !== undefined) this.#free.push(leaf.histogram);
    return leaves;
  }

  /** Sums the smaller child; the larger one is the parent minus it where the parent's sums were kept. */
  async #considerBoth(
    [left, right]: readonly [Candidate, Candidate],
    parent: number | undefined,
    random: Random,
  ): Promise<[Candidate, Candidate]> {
    const [small, large] = left.end - left.begin <= right.end - right.begin ? [left, right] : [right, left];
    if (!this.#isDivisible(small) && !this.#isDivisible(large)) {
      if (parent !== undefined) this.#free.push(parent);
      return [small, large];
    }
    if (parent === undefined) {
      const first = this.#consider(small, await this.#count(small.begin, small.end), random);
      return [first, this.#consider(large, await this.#count(large.begin, large.end), random)];
    }
    const child = await this.#count(small.begin, small.end);
    this.#histograms.subtract(parent, child);
    return [this.#consider(small, child, random), this.#consider(large, parent, random)];
  }

  async #count(begin: number, end: number): Promise<number> {
    const histogram = this.#free.pop()!;
    this.#histograms.fill(begin, end, histogram);
    await this.#pace.after((end - begin) * this.#width);
    return histogram;
  }

  /** The sums over all rows, from any column's bins. */
  #total(histogram: number, feature: number): NodeSums {
    const view = this.#histograms.unpack(histogram, feature);
    let [g, h, rows] = [0, 0, 0];
    const end = perBin * binCount(this.#columns[feature]);
    for (let at = 0; at < end; at += perBin) {
      g += view[at];
      h += view[at + 1];
      rows += view[at + 2];
    }
    return { g, h, rows };
  }

  /** Looks for the leaf's best split, and keeps its sums while another leaf's have room. */
  #consider(leaf: Omit<Candidate, 'split' | 'histogram'>, histogram: number, random: Random): Candidate {
    const split = this.#bestSplit(leaf, histogram, random);
    if (split && this.#free.length >= 1) return { ...leaf, split, histogram };
    this.#free.push(histogram);
    return { ...leaf, split };
  }

  #isDivisible({ sums, depth }: Omit<Candidate, 'split' | 'histogram'>): boolean {
    return sums.rows >= 2 * this.#options.minLeafRows && depth < this.#options.maxDepth;
  }

  #bestSplit(leaf: Omit<Candidate, 'split' | 'histogram'>, histogram: number, random: Random): Split | undefined {
    if (!this.#isDivisible(leaf)) return undefined;
    let found = this.#scan.best(histogram, leaf.sums, random);
    for (const feature of this.#others) {
      const view = this.#histograms.unpack(histogram, feature);
      found = bestSplit(this.#columns[feature], feature, view, leaf, this.#options, random, found?.gain) ?? found;
    }
    return found;
  }

  /** Splits the leaf; its rows are parted in place, order kept. */
  #divide(nodes: TreeNodesBuilder, parent: Candidate, split: Split): [Candidate, Candidate] {
    const middle = this.#part(parent.begin, parent.end, split);
    const [leftNode, rightNode] = nodes.split(parent.node, split, middle - parent.begin, parent.end - middle);
    const left = split.leftSums;
    const right = { g: parent.sums.g - left.g, h: parent.sums.h - left.h, rows: parent.sums.rows - left.rows };
    const leftValue = leafValue(left.g, left.h, left.rows, this.#options, parent.limits);
    const rightValue = leafValue(right.g, right.h, right.rows, this.#options, parent.limits);
    const [leftLimits, rightLimits] = this.#limitsOf(parent.limits, split.feature, leftValue, rightValue);
    const depth = parent.depth + 1;
    return [
      { node: leftNode, begin: parent.begin, end: middle, sums: left, value: leftValue, limits: leftLimits, depth },
      { node: rightNode, begin: middle, end: parent.end, sums: right, value: rightValue, limits: rightLimits, depth },
    ];
  }

  /**
   * Along a monotone column nothing below one child may pass the middle between both (LightGBM's basic method); other columns
   * hand the parent's limits on.
   */
  #limitsOf(limits: LeafLimits, feature: number, left: number, right: number): [LeafLimits, LeafLimits] {
    const direction = this.#options.directions?.[feature] ?? 0;
    const middle = (left + right) / 2;
    const below = { ...limits, high: middle };
    const above = { ...limits, low: middle };
    if (direction > 0)
      return [
        { ...below, parent: left },
        { ...above, parent: right },
      ];
    if (direction < 0)
      return [
        { ...above, parent: left },
        { ...below, parent: right },
      ];
    return [
      { ...limits, parent: left },
      { ...limits, parent: right },
    ];
  }

  /** Parts the rows order[begin..end) and returns where those that go right begin. */
  #part(begin: number, end: number, split: SplitRule): number {
    const { order, parted, columns, goesLeft, result } = this.memory;
    writeGoesLeft(split, goesLeft.view);
    this.#programs.part(
      order.at + 4 * begin,
      order.at + 4 * end,
      columns.at + split.feature * this.#data.rows,
      goesLeft.at,
      parted.at,
      result.at,
    );
    const middle = (result.view[0] - order.at) / 4;
    order.view.set(parted.view.subarray(0, end - middle), middle);
    return middle;
  }
}

function writeGoesLeft({ threshold, missingLeft, left }: SplitRule, goesLeft: Uint8Array): void {
  if (left) for (let bin = 0; bin < 256; bin++) goesLeft[bin] = inSet(left, 0, bin) ? 1 : 0;
  else {
    goesLeft.fill(1, 0, threshold + 1).fill(0, threshold + 1);
    goesLeft[0] = missingLeft ? 1 : 0;
  }
}

function indexOfLargestGain(leaves: readonly Candidate[]): number {
  let at = -1;
  let largest = 0;
  for (let i = 0; i < leaves.length; i++) {
    const gain = leaves[i].split?.gain ?? 0;
    if (gain <= largest) continue;
    largest = gain;
    at = i;
  }
  return at;
}
