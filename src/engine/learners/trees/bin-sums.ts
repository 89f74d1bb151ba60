import type { Target } from '../../data/dataset.ts';
import { type BinnedColumn, type BinnedRows, binCount } from '../../data/encoders/bin-encoder.ts';
import { scaleOf } from '../target-scale.ts';

/** What impurity trees fit: class counts, or values in units of their deviation. */
export interface TreeTarget {
  /** Classes, or 1. */
  readonly outputs: number;
  /** [rows] class, or absent. */
  readonly codes?: Int32Array;
  /** [rows] value, or absent. */
  readonly values?: Float64Array;
  /** value * deviation + mean is in the target's unit. */
  readonly mean: number;
  readonly deviation: number;
}

export function treeTarget(target: Target): TreeTarget {
  if (target.kind === 'classes') return { outputs: target.classes.length, codes: target.codes, mean: 0, deviation: 1 };
  const { mean, deviation } = scaleOf(target.values);
  return { outputs: 1, values: target.values.map((value) => (value - mean) / deviation), mean, deviation };
}

/** Nodes of fewer rows are sorted by bin instead of counted into all bins. */
const sortBelow = 48;

/**
 * Sums of a node's rows over those bins of a column that have any, ascending. Of each: a sum for every output (class
 * counts, or the values' sum) and the number of rows. Buffers are reused from call to call.
 */
export class BinSums {
  readonly #data: BinnedRows;
  readonly #target: TreeTarget;
  readonly #keys = new Uint32Array(sortBelow);
  /** Numbers a bin: outputs, then rows. */
  readonly width: number;
  /** Bins that have rows, ascending; the first `count` are meant. */
  readonly bins = new Uint8Array(256);
  /** [count x width] */
  readonly sums: Float64Array;
  count = 0;

  constructor(data: BinnedRows, target: TreeTarget) {
    this.#data = data;
    this.#target = target;
    this.width = target.outputs + 1;
    this.sums = new Float64Array(256 * this.width);
  }

  /** Sums the rows order[begin..end) by the bins of one column. */
  fill(column: BinnedColumn, feature: number, order: Uint32Array, begin: number, end: number): void {
    if (end - begin < sortBelow) this.#sort(feature, order, begin, end);
    else this.#count(binCount(column), feature, order, begin, end);
  }

  #count(bins: number, feature: number, order: Uint32Array, begin: number, end: number): void {
    const { width, sums } = this;
    sums.fill(0, 0, bins * width);
    for (let i = begin; i < end; i++)
      this.#add(order[i], this.#data.bins[order[i] * this.#data.columns + feature] * width);
    this.count = 0;
    for (let bin = 0; bin < bins; bin++) {
      if (sums[bin * width + width - 1] === 0) continue;
      sums.copyWithin(this.count * width, bin * width, (bin + 1) * width);
      this.bins[this.count++] = bin;
    }
  }

  #sort(feature: number, order: Uint32Array, begin: number, end: number): void {
    const { width, sums } = this;
    const keys = this.#keys.subarray(0, end - begin);
    for (let i = begin; i < end; i++)
      keys[i - begin] = (this.#data.bins[order[i] * this.#data.columns + feature] << 8) | (i - begin);
    keys.sort();
    this.count = 0;
    for (const key of keys) {
      const bin = key >>> 8;
      if (this.count === 0 || this.bins[this.count - 1] !== bin) {
        sums.fill(0, this.count * width, (this.count + 1) * width);
        this.bins[this.count++] = bin;
      }
      this.#add(order[begin + (key & 255)], (this.count - 1) * width);
    }
  }

  #add(row: number, at: number): void {
    const { codes, values } = this.#target;
    if (codes) this.sums[at + codes[row]]++;
    else if (values) this.sums[at] += values[row];
    this.sums[at + this.width - 1]++;
  }
}

/** Sums over all of order[begin..end): [outputs + 1], rows last. */
export function sumOver(target: TreeTarget, order: Uint32Array, begin: number, end: number): Float64Array {
  const { codes, values, outputs } = target;
  const sums = new Float64Array(outputs + 1);
  for (let i = begin; i < end; i++) {
    if (codes) sums[codes[order[i]]]++;
    else if (values) sums[0] += values[order[i]];
  }
  sums[outputs] = end - begin;
  return sums;
}
