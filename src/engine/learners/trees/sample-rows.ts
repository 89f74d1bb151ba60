import type { ColumnBins } from './column-bins.ts';
import { inSet, type SplitRule } from './tree-nodes.ts';
import { sumsOf, type TreeTarget } from './tree-target.ts';

/**
 * The rows that a tree is grown on, with their weights and targets beside them, in an order in which each node's lie together:
 * a node is a stretch begin..end of all arrays.
 */
export class SampleRows {
  readonly #data: ColumnBins;
  readonly #target: TreeTarget;
  readonly #scratch: { row: Uint32Array; weight: Float64Array; moment: Float64Array; code: Int32Array };
  readonly row: Uint32Array;
  readonly weight: Float64Array;
  /** Weight times value; empty where there are codes. */
  readonly moment: Float64Array;
  /** Class; empty where there are values. */
  readonly code: Int32Array;
  length = 0;

  constructor(data: ColumnBins, target: TreeTarget) {
    this.#data = data;
    this.#target = target;
    const arrays = () => ({
      row: new Uint32Array(data.rows),
      weight: new Float64Array(data.rows),
      moment: new Float64Array(target.values ? data.rows : 0),
      code: new Int32Array(target.codes ? data.rows : 0),
    });
    ({ row: this.row, weight: this.weight, moment: this.moment, code: this.code } = arrays());
    this.#scratch = arrays();
  }

  /** Begins a tree with the rows of positive weight. weights: [rows] */
  take(weights: ArrayLike<number>): void {
    const { values, codes } = this.#target;
    let at = 0;
    for (let row = 0; row < this.#data.rows; row++) {
      const weight = weights[row];
      if (!(weight > 0)) continue;
      this.row[at] = row;
      this.weight[at] = weight;
      if (values) this.moment[at] = weight * values[row];
      else if (codes) this.code[at] = codes[row];
      at++;
    }
    this.length = at;
  }

  /** Writes the sums over a node to `sums` ([sums], see `sumsOf`), whether it is pure, and returns its weight. */
  sum(begin: number, end: number, sums: Float64Array): { weight: number; pure: boolean } {
    const { weight, moment, code } = this;
    sums.fill(0);
    let total = 0;
    if (sumsOf(this.#target) === 1 && this.#target.values) {
      const first = moment[begin] / weight[begin];
      let sum = 0;
      let pure = true;
      for (let i = begin; i < end; i++) {
        total += weight[i];
        sum += moment[i];
        if (pure && moment[i] !== first * weight[i]) pure = false;
      }
      sums[0] = sum;
      return { weight: total, pure };
    }
    for (let i = begin; i < end; i++) {
      total += weight[i];
      sums[code[i]] += weight[i];
    }
    return { weight: total, pure: sums[code[begin]] === total };
  }

  /** Moves the rows of a node that go left to its front and returns where the others begin. Stable. */
  part(begin: number, end: number, rule: SplitRule): number {
    const { row, weight, moment, code } = this;
    const scratch = this.#scratch;
    const { bins } = this.#data;
    const base = rule.feature * this.#data.rows;
    const goesLeft = leftBins(rule);
    let front = begin;
    let back = 0;
    // Both places are written and only one is kept: cheaper than a branch that cannot be foretold.
    if (moment.length > 0) {
      for (let i = begin; i < end; i++) {
        const own = row[i];
        const isLeft = goesLeft[bins[base + own]];
        scratch.row[back] = row[front] = own;
        scratch.weight[back] = weight[front] = weight[i];
        scratch.moment[back] = moment[front] = moment[i];
        front += isLeft;
        back += 1 - isLeft;
      }
      for (let i = 0; i < back; i++) moment[front + i] = scratch.moment[i];
    } else {
      for (let i = begin; i < end; i++) {
        const own = row[i];
        const isLeft = goesLeft[bins[base + own]];
        scratch.row[back] = row[front] = own;
        scratch.weight[back] = weight[front] = weight[i];
        scratch.code[back] = code[front] = code[i];
        front += isLeft;
        back += 1 - isLeft;
      }
      for (let i = 0; i < back; i++) code[front + i] = scratch.code[i];
    }
    for (let i = 0; i < back; i++) {
      row[front + i] = scratch.row[i];
      weight[front + i] = scratch.weight[i];
    }
    return front;
  }
}

const left = new Uint8Array(256);

/** 1 for each bin that goes left; reused. */
function leftBins({ threshold, missingLeft, left: set }: SplitRule): Uint8Array {
  if (set) for (let bin = 0; bin < 256; bin++) left[bin] = inSet(set, 0, bin) ? 1 : 0;
  else {
    left.fill(1, 0, threshold + 1).fill(0, threshold + 1);
    left[0] = missingLeft ? 1 : 0;
  }
  return left;
}
