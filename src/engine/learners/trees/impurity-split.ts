import { type BinnedColumn, missingBin } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import { BinSums } from './bin-sums.ts';
import type { ColumnBins } from './column-bins.ts';
import type { SampleRows } from './sample-rows.ts';
import { addToSet, type SplitRule, wordsPerSet } from './tree-nodes.ts';
import { sumsOf, type TreeTarget } from './tree-target.ts';

/** Rows by which a level's mean is drawn towards the node's before levels are ordered by it. */
const levelSmoothing = 10;
/** Gains below these, absolute and by the node's weight, are rounding errors. */
const [minGain, minGainByWeight] = [1e-9, 1e-12];

/**
 * Looks for the best split of one node after the other, column by column. Gini impurity and variance are one: both gain
 * sum_k S_Lk^2 / w_L + S_Rk^2 / w_R - S_k^2 / w (Breiman et al. 1984, sections 4.2 and 8.4), S the classes' weights or the
 * weighted values' sum, w the weight. All cuts are tried, or one at random (Geurts et al. 2006) where `randomCuts`.
 */
export class SplitSearch {
  readonly #data: ColumnBins;
  readonly #columns: readonly BinnedColumn[];
  readonly #rows: SampleRows;
  readonly #minLeafWeight: number;
  readonly #randomCuts: boolean;
  readonly #bins: BinSums;
  readonly #node: Float64Array;
  readonly #left: Float64Array;
  readonly #order = new Uint8Array(256);
  readonly #inside = new Uint8Array(256);
  readonly #means = new Float64Array(256);
  readonly #levelsLeft = new Uint32Array(wordsPerSet);
  #begin = 0;
  #end = 0;
  #weight = 0;
  /** Sum of the squared sums by weight of the unsplit node, and of the best split so far. */
  #unsplit = 0;
  #best = 0;
  #feature = -1;
  #threshold = 0;
  #missingLeft = false;

  constructor(
    data: ColumnBins,
    columns: readonly BinnedColumn[],
    rows: SampleRows,
    target: TreeTarget,
    minLeafWeight: number,
    randomCuts: boolean,
  ) {
    this.#data = data;
    this.#columns = columns;
    this.#rows = rows;
    // Sums of fractional weights are not exact.
    this.#minLeafWeight = minLeafWeight * (1 - 1e-9);
    this.#randomCuts = randomCuts;
    const width = sumsOf(target);
    this.#bins = new BinSums(data, rows, width);
    this.#node = new Float64Array(width);
    this.#left = new Float64Array(width);
  }

  /** Rows times the decrease of the impurity by the best split; 0 where there is none. */
  get gain(): number {
    return this.#feature < 0 ? 0 : this.#best - this.#unsplit;
  }

  /** Turns to another node: its stretch of rows, and its weight and sums. */
  start(begin: number, end: number, weight: number, sums: Float64Array): void {
    this.#begin = begin;
    this.#end = end;
    this.#weight = weight;
    this.#node.set(sums);
    let squares = 0;
    for (const sum of sums) squares += sum * sum;
    this.#unsplit = squares / weight;
    this.#best = this.#unsplit + minGain + minGainByWeight * weight;
    this.#feature = -1;
  }

  /** Looks at a column; false where it is constant in the node. */
  look(feature: number, random: Random): boolean {
    const numeric = this.#columns[feature].kind === 'numeric';
    if (this.#randomCuts && numeric) return this.#cutAtRandom(feature, random);
    this.#bins.fill(feature, this.#begin, this.#end);
    const { count } = this.#bins;
    if (count < 2) return false;
    if (numeric) this.#scanNumbers(feature, count);
    else this.#scanLevels(feature, count, this.#randomCuts ? random.integer(count - 1) : -1);
    return true;
  }

  /** The best split found. */
  rule(): SplitRule {
    const plain = { feature: this.#feature, threshold: this.#threshold, missingLeft: this.#missingLeft };
    return this.#columns[this.#feature].kind === 'numeric' ? plain : { ...plain, left: this.#levelsLeft.slice() };
  }

  #scanNumbers(feature: number, count: number): void {
    const { bins, weights, sums, width } = this.#bins;
    const hasMissing = bins[0] === missingBin;
    const first = hasMissing ? 1 : 0;
    this.#left.fill(0);
    // Missing rows on the right, where the split may be 'missing or not'; then on the left.
    const found = this.#scan(slots, first, hasMissing ? count : count - 1, 0);
    if (found >= 0) this.#takeCut(feature, found, count, hasMissing ? false : undefined);
    if (!hasMissing) return;
    this.#left.set(sums.subarray(0, width));
    const other = this.#scan(slots, 1, count - 1, weights[0]);
    if (other >= 0) this.#takeCut(feature, other, count, true);
  }

  #takeCut(feature: number, slot: number, count: number, missingLeft: boolean | undefined): void {
    const { bins, weights } = this.#bins;
    let weight = 0;
    for (let i = 0; i <= slot; i++) weight += weights[i];
    this.#feature = feature;
    // In the middle of the bins that the node has no rows of.
    this.#threshold = slot + 1 < count ? (bins[slot] + bins[slot + 1]) >> 1 : bins[slot];
    this.#missingLeft = missingLeft ?? weight * 2 > this.#weight;
  }

  #scanLevels(feature: number, count: number, only: number): void {
    const order = this.#orderByMean(count);
    this.#left.fill(0);
    const found = only < 0 ? this.#scan(order, 0, count - 1, 0) : this.#scanOnly(order, only);
    if (found < 0) return;
    const { bins, weights } = this.#bins;
    const left = this.#levelsLeft.fill(0);
    let weight = 0;
    for (let i = 0; i <= found; i++) {
      addToSet(left, bins[order[i]]);
      weight += weights[order[i]];
    }
    // Levels that the node has no rows of go with the majority.
    if (weight * 2 > this.#weight) {
      left.fill(0xffffffff);
      for (let i = found + 1; i < count; i++) left[bins[order[i]] >>> 5] &= ~(1 << (bins[order[i]] & 31));
    }
    this.#feature = feature;
    this.#threshold = 0;
    this.#missingLeft = (left[0] & 1) === 1;
  }

  /** The one cut after place `only` of an order: its place where it is the best so far, else -1. */
  #scanOnly(order: Uint8Array, only: number): number {
    const { weights, sums, width } = this.#bins;
    let weight = 0;
    for (let i = 0; i < only; i++) {
      weight += weights[order[i]];
      for (let k = 0; k < width; k++) this.#left[k] += sums[order[i] * width + k];
    }
    return this.#scan(order, only, only + 1, weight);
  }

  /**
   * Cuts an order of slots after each of its places from..to - 1; returns the best place where one beats all cuts before, else -1.
   * `#left` and leftWeight: what stands on the left already.
   */
  #scan(order: Uint8Array, from: number, to: number, leftWeight: number): number {
    const { weights, sums, width } = this.#bins;
    return width === 1
      ? this.#scanValues(order, from, to, leftWeight, weights, sums)
      : this.#scanClasses(order, from, to, leftWeight, weights, sums, width);
  }

  #scanValues(
    order: Uint8Array,
    from: number,
    to: number,
    leftWeight: number,
    weights: Float64Array,
    sums: Float64Array,
  ): number {
    const total = this.#weight;
    const whole = this.#node[0];
    const least = this.#minLeafWeight;
    let best = this.#best;
    let found = -1;
    let weight = leftWeight;
    let sum = this.#left[0];
    for (let i = from; i < to; i++) {
      const slot = order[i];
      weight += weights[slot];
      sum += sums[slot];
      const rest = total - weight;
      if (weight < least || rest < least) continue;
      const other = whole - sum;
      const squares = (sum * sum * rest + other * other * weight) / (weight * rest);
      if (squares > best) {
        best = squares;
        found = i;
      }
    }
    this.#best = best;
    return found;
  }

  #scanClasses(
    order: Uint8Array,
    from: number,
    to: number,
    leftWeight: number,
    weights: Float64Array,
    sums: Float64Array,
    width: number,
  ): number {
    const total = this.#weight;
    const node = this.#node;
    const left = this.#left;
    const least = this.#minLeafWeight;
    let found = -1;
    let weight = leftWeight;
    for (let i = from; i < to; i++) {
      const slot = order[i];
      const at = slot * width;
      weight += weights[slot];
      let ownSquares = 0;
      let otherSquares = 0;
      for (let k = 0; k < width; k++) {
        const sum = left[k] + sums[at + k];
        const other = node[k] - sum;
        left[k] = sum;
        ownSquares += sum * sum;
        otherSquares += other * other;
      }
      const rest = total - weight;
      if (weight < least || rest < least) continue;
      const squares = (ownSquares * rest + otherSquares * weight) / (weight * rest);
      if (squares > this.#best) {
        this.#best = squares;
        found = i;
      }
    }
    return found;
  }

  /** Slots in the order of their level's smoothed mean: of the value, or of the share of the node's most frequent class. */
  #orderByMean(count: number): Uint8Array {
    const { weights, sums, width } = this.#bins;
    const node = this.#node;
    let output = 0;
    for (let k = 1; k < width; k++) if (node[k] > node[output]) output = k;
    const prior = (levelSmoothing * node[output]) / this.#weight;
    const order = this.#order;
    const means = this.#means;
    for (let slot = 0; slot < count; slot++) {
      const mean = (sums[slot * width + output] + prior) / (weights[slot] + levelSmoothing);
      let at = slot;
      for (; at > 0 && means[at - 1] > mean; at--) {
        means[at] = means[at - 1];
        order[at] = order[at - 1];
      }
      means[at] = mean;
      order[at] = slot;
    }
    return order;
  }

  /** One cut of a column of numbers, uniform between the node's smallest and largest value; missing rows on the better side. */
  #cutAtRandom(feature: number, random: Random): boolean {
    const { bins } = this.#data;
    const { row } = this.#rows;
    const base = feature * this.#data.rows;
    let least = 256;
    let largest = 0;
    let hasMissing = false;
    for (let i = this.#begin; i < this.#end; i++) {
      const bin = bins[base + row[i]];
      if (bin === missingBin) hasMissing = true;
      else {
        if (bin < least) least = bin;
        if (bin > largest) largest = bin;
      }
    }
    if (largest === 0 || (least === largest && !hasMissing)) return false;
    const threshold = least === largest ? largest : this.#drawCut(feature, least, largest, random);
    this.#considerCut(feature, threshold, false);
    if (hasMissing && least < largest) this.#considerCut(feature, threshold, true);
    return true;
  }

  /** The edge next to a value that is uniform between the first and the last edge that part the node's rows. */
  #drawCut(feature: number, least: number, largest: number, random: Random): number {
    const column = this.#columns[feature];
    if (column.kind !== 'numeric' || largest - least === 1) return least;
    const { edges } = column;
    const share = random.uniform();
    const value = edges[least - 1] * (1 - share) + edges[largest - 2] * share;
    let [low, high] = [least, largest - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (edges[middle - 1] <= value) low = middle;
      else high = middle;
    }
    return value - edges[low - 1] < edges[high - 1] - value ? low : high;
  }

  #considerCut(feature: number, threshold: number, missingLeft: boolean): void {
    const { bins } = this.#data;
    const { row, weight, moment, code } = this.#rows;
    const base = feature * this.#data.rows;
    // From a table, since a branch could not be foretold.
    const inside = this.#inside.fill(0).fill(1, missingLeft ? 0 : 1, threshold + 1);
    const left = this.#left.fill(0);
    let leftWeight = 0;
    if (moment.length > 0) {
      let sum = 0;
      for (let i = this.#begin; i < this.#end; i++) {
        const isLeft = inside[bins[base + row[i]]];
        leftWeight += isLeft * weight[i];
        sum += isLeft * moment[i];
      }
      left[0] = sum;
    } else {
      for (let i = this.#begin; i < this.#end; i++) {
        const own = inside[bins[base + row[i]]] * weight[i];
        leftWeight += own;
        left[code[i]] += own;
      }
    }
    const rest = this.#weight - leftWeight;
    if (leftWeight < this.#minLeafWeight || rest < this.#minLeafWeight) return;
    let squares = 0;
    for (let k = 0; k < left.length; k++) squares += left[k] ** 2 / leftWeight + (this.#node[k] - left[k]) ** 2 / rest;
    if (!(squares > this.#best)) return;
    this.#best = squares;
    this.#feature = feature;
    this.#threshold = threshold;
    this.#missingLeft = missingLeft;
  }
}

/** Slots in their own order, for columns whose bins have one. */
const slots = Uint8Array.from({ length: 256 }, (_, slot) => slot);
