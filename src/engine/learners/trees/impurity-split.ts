import { type BinnedColumn, missingBin } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import type { BinSums } from './bin-sums.ts';
import { addToSet, type SplitRule, wordsPerSet } from './tree-nodes.ts';

export interface ImpuritySplit extends SplitRule {
  /** Rows times the decrease of the Gini impurity, or of the variance. */
  readonly gain: number;
}

/** Rows by which a level's mean is drawn towards the node's before levels are ordered by it. */
const levelSmoothing = 10;
const minGain = 1e-9;

/**
 * Best split of a node by the column that `bins` was filled with, or undefined. node: sums over the node, [outputs + 1].
 * Gini impurity and variance are one: both gain sum_k S_Lk^2 / n_L + S_Rk^2 / n_R - S_k^2 / n (Breiman et al. 1984,
 * sections 4.2 and 8.4), S the class counts or the values' sum.
 * random: draws one cut instead of trying all (Geurts et al. 2006).
 */
export function impuritySplit(
  column: BinnedColumn,
  feature: number,
  bins: BinSums,
  node: Float64Array,
  minLeafRows: number,
  random?: Random,
): ImpuritySplit | undefined {
  const { count } = bins;
  if (count < 2) return undefined;
  const scan = new PrefixScan(bins, node, minLeafRows);
  if (column.kind === 'coded') {
    const order = byMean(bins, node);
    scan.run(order, count, random ? random.integer(count - 1) : -1);
    return scan.gain > minGain ? levelSplit(feature, bins, order.subarray(0, scan.length), scan) : undefined;
  }
  const hasMissing = bins.bins[0] === missingBin;
  const present = hasMissing ? ascending.subarray(1, count) : ascending;
  const presentCount = hasMissing ? count - 1 : count;
  const cut = random && presentCount > 1 ? random.integer(presentCount - 1) : -1;
  // Missing rows on the right (where the split may be 'missing or not'), then on the left.
  scan.run(present, presentCount, cut, hasMissing);
  const right = { gain: scan.gain, length: scan.length };
  if (hasMissing) scan.run(ascending, count, cut < 0 ? -1 : cut + 1);
  if (!(scan.gain > minGain)) return undefined;
  const missingLeft = hasMissing ? scan.gain > right.gain : scan.rows * 2 > node[node.length - 1];
  const length = hasMissing && missingLeft ? scan.length - 1 : scan.length;
  return { feature, threshold: length > 0 ? bins.bins[present[length - 1]] : 0, missingLeft, gain: scan.gain };
}

/** Slots in their own order, for columns whose bins have one. */
const ascending = Uint8Array.from({ length: 256 }, (_, slot) => slot);

/** Slots of levels in the order of their smoothed mean: of the value, or of the share of the node's most frequent class. */
function byMean({ sums, width, count }: BinSums, node: Float64Array): Uint8Array {
  const rows = node[width - 1];
  let output = 0;
  for (let k = 1; k < width - 1; k++) if (node[k] > node[output]) output = k;
  const prior = (levelSmoothing * node[output]) / rows;
  const means = new Float64Array(count);
  for (let slot = 0, at = 0; slot < count; slot++, at += width) {
    means[slot] = (sums[at + output] + prior) / (sums[at + width - 1] + levelSmoothing);
  }
  return ascending.slice(0, count).sort((a, b) => means[a] - means[b] || a - b);
}

/** Levels that the node has no rows of go with the majority. */
function levelSplit(feature: number, bins: BinSums, slots: Uint8Array, scan: PrefixScan): ImpuritySplit {
  const left = new Uint32Array(wordsPerSet);
  for (const slot of slots) addToSet(left, bins.bins[slot]);
  if (scan.rows * 2 > scan.nodeRows) {
    const occupied = new Set(bins.bins.subarray(0, bins.count));
    for (let bin = 0; bin < 256; bin++) if (!occupied.has(bin)) addToSet(left, bin);
  }
  return { feature, threshold: 0, missingLeft: (left[0] & 1) === 1, left, gain: scan.gain };
}

/** Looks for the prefix of an order of bins whose rows, taken apart, gain most; remembers the best of all its runs. */
class PrefixScan {
  readonly #bins: BinSums;
  readonly #node: Float64Array;
  readonly #minLeafRows: number;
  readonly #parent: number;
  readonly #left: Float64Array;
  readonly nodeRows: number;
  gain = 0;
  /** Length of the best prefix, and its rows. */
  length = 0;
  rows = 0;

  constructor(bins: BinSums, node: Float64Array, minLeafRows: number) {
    this.#bins = bins;
    this.#node = node;
    this.#minLeafRows = minLeafRows;
    this.nodeRows = node[bins.width - 1];
    this.#left = new Float64Array(bins.width);
    let squares = 0;
    for (let k = 0; k < bins.width - 1; k++) squares += node[k] ** 2;
    this.#parent = squares / this.nodeRows;
  }

  /**
   * Cuts the first `count` slots of an order everywhere, or after place `only` alone where that is not negative.
   * rest: rows beyond those of the order stand to its right, so that cutting after the last slot is a split too.
   */
  run(order: Uint8Array, count: number, only: number, rest = false): void {
    const { sums, width } = this.#bins;
    const left = this.#left.fill(0);
    const last = rest ? count : count - 1;
    for (let i = 0; i < last; i++) {
      const at = order[i] * width;
      for (let k = 0; k < width; k++) left[k] += sums[at + k];
      if (only >= 0 && i !== only && i !== count - 1) continue;
      const rows = left[width - 1];
      if (rows < this.#minLeafRows || this.nodeRows - rows < this.#minLeafRows) continue;
      const gain = this.#gainOf(left, rows, this.nodeRows - rows);
      if (gain <= this.gain) continue;
      this.gain = gain;
      this.length = i + 1;
      this.rows = rows;
    }
  }

  #gainOf(left: Float64Array, rows: number, rest: number): number {
    let [a, b] = [0, 0];
    for (let k = 0; k < left.length - 1; k++) {
      a += left[k] ** 2;
      b += (this.#node[k] - left[k]) ** 2;
    }
    return a / rows + b / rest - this.#parent;
  }
}
