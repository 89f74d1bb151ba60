import type { Target } from '../../data/dataset.ts';
import { softmaxRows } from '../../numerics/softmax.ts';
import { scaleOf } from '../target-scale.ts';

/**
 * Rows on their way to a sum of tables: where each stands under the loss, moved by one table's step at a time.
 * A step is [outputs x cells]; `sums` is [outputs x cells x 2]: gradient and hessian of the loss, times the rows' weights.
 */
export interface AdditiveRows {
  readonly outputs: number;
  /** Adds each row's cell of `step` to its scores. */
  move(cells: Uint16Array, step: Float64Array): void;
  /** The same, then gathers what the loss asks of another table, in one pass over the rows: nearly all time goes here. */
  moveAndSum(cells: Uint16Array, step: Float64Array, next: Uint16Array, sums: Float64Array): void;
  /** Mean log loss, or RMSE in the target's unit, of these rows. */
  measure(rows: Uint32Array): number;
}

/** Scores that a model has before its first step: log odds, log shares or, in units of the deviation, 0. [outputs] */
export function startScores(target: Target, weights: Float64Array | undefined): Float64Array {
  if (target.kind === 'values') return Float64Array.of(0);
  const { codes, classes } = target;
  // A class without rows counts as half a row.
  const sums = new Float64Array(classes.length).fill(0.5);
  codes.forEach((code, row) => {
    sums[code] += weights?.[row] ?? 1;
  });
  const logs = sums.map(Math.log);
  return classes.length === 2 ? Float64Array.of(logs[1] - logs[0]) : logs;
}

/** weights: [rows], 0 for rows that are moved along and never learnt from. */
export function additiveRows(
  target: Target,
  weights: Float64Array,
  start: Float64Array,
  scale?: { mean: number; deviation: number },
): AdditiveRows {
  if (target.kind === 'values') return new ValueRows(target.values, weights, scale ?? scaleOf(target.values));
  return target.classes.length === 2
    ? new BinaryRows(target.codes, weights, start[0])
    : new ClassRows(target.codes, target.classes.length, weights, start);
}

/** Log loss of two classes. Keeps the odds, which a step multiplies: exponentials are taken once a cell, not once a row. */
class BinaryRows implements AdditiveRows {
  readonly outputs = 1;
  readonly #odds: Float64Array;
  readonly #weights: Float64Array;
  readonly #codes: Int32Array;
  /** The weight where the row has the second class, else 0. */
  readonly #truth: Float64Array;
  readonly #factors = new Float64Array(2 ** 16);

  constructor(codes: Int32Array, weights: Float64Array, start: number) {
    this.#codes = codes;
    this.#weights = weights;
    this.#truth = weights.map((weight, row) => weight * codes[row]);
    this.#odds = new Float64Array(codes.length).fill(Math.exp(start));
  }

  move(cells: Uint16Array, step: Float64Array): void {
    const odds = this.#odds;
    const factors = this.#factors;
    exponentials(step, factors);
    for (let row = 0; row < odds.length; row++) odds[row] *= factors[cells[row]];
  }

  moveAndSum(cells: Uint16Array, step: Float64Array, next: Uint16Array, sums: Float64Array): void {
    const odds = this.#odds;
    const weights = this.#weights;
    const truth = this.#truth;
    const factors = this.#factors;
    exponentials(step, factors);
    sums.fill(0);
    for (let row = 0; row < odds.length; row++) {
      const moved = odds[row] * factors[cells[row]];
      odds[row] = moved;
      const other = 1 / (1 + moved);
      const p = weights[row] * moved * other;
      const at = 2 * next[row];
      sums[at] += p - truth[row];
      sums[at + 1] += p * other;
    }
  }

  measure(rows: Uint32Array): number {
    let sum = 0;
    for (const row of rows) sum += Math.log1p(this.#codes[row] === 1 ? 1 / this.#odds[row] : this.#odds[row]);
    return sum / rows.length;
  }
}

/** e^step for every cell; neighbours mostly share a step. */
function exponentials(step: Float64Array, factors: Float64Array): void {
  let last = 0;
  let factor = 1;
  for (let cell = 0; cell < step.length; cell++) {
    if (step[cell] !== last) {
      last = step[cell];
      factor = Math.exp(last);
    }
    factors[cell] = factor;
  }
}

/** Log loss of several classes through softmax. Keeps the probabilities, which a step multiplies and the row's sum divides. */
class ClassRows implements AdditiveRows {
  readonly outputs: number;
  readonly #codes: Int32Array;
  readonly #weights: Float64Array;
  /** [rows x outputs] */
  readonly #p: Float64Array;
  #factors = new Float64Array(0);

  constructor(codes: Int32Array, classes: number, weights: Float64Array, start: Float64Array) {
    this.outputs = classes;
    this.#codes = codes;
    this.#weights = weights;
    const shares = softmaxRows(start.slice(), classes);
    this.#p = Float64Array.from({ length: codes.length * classes }, (_, i) => shares[i % classes]);
  }

  move(cells: Uint16Array, step: Float64Array): void {
    const size = step.length / this.outputs;
    const factors = this.#factorsOf(step);
    for (let row = 0; row < cells.length; row++) this.#moveRow(row, cells[row], size, factors);
  }

  moveAndSum(cells: Uint16Array, step: Float64Array, next: Uint16Array, sums: Float64Array): void {
    const { outputs } = this;
    const size = step.length / outputs;
    const nextSize = sums.length / (2 * outputs);
    const factors = this.#factorsOf(step);
    const p = this.#p;
    sums.fill(0);
    for (let row = 0; row < cells.length; row++) {
      this.#moveRow(row, cells[row], size, factors);
      const weight = this.#weights[row];
      if (weight === 0) continue;
      const truth = this.#codes[row];
      for (let k = 0, from = row * outputs, at = 2 * next[row]; k < outputs; k++, at += 2 * nextSize) {
        const share = p[from + k];
        sums[at] += weight * (k === truth ? share - 1 : share);
        sums[at + 1] += weight * share * (1 - share);
      }
    }
  }

  measure(rows: Uint32Array): number {
    let sum = 0;
    for (const row of rows) sum -= Math.log(Math.max(1e-300, this.#p[row * this.outputs + this.#codes[row]]));
    return sum / rows.length;
  }

  #factorsOf(step: Float64Array): Float64Array {
    if (this.#factors.length < step.length) this.#factors = new Float64Array(step.length);
    exponentials(step, this.#factors);
    return this.#factors;
  }

  #moveRow(row: number, cell: number, size: number, factors: Float64Array): void {
    const p = this.#p;
    const from = row * this.outputs;
    const to = from + this.outputs;
    let total = 0;
    for (let i = from, at = cell; i < to; i++, at += size) {
      p[i] = Math.max(1e-300, p[i] * factors[at]);
      total += p[i];
    }
    for (let i = from; i < to; i++) p[i] /= total;
  }
}

/** Half the squared error, in units of the target's deviation. The hessian is the weight, so that it is summed once a table. */
class ValueRows implements AdditiveRows {
  readonly outputs = 1;
  readonly #weights: Float64Array;
  /** Score minus target. */
  readonly #residuals: Float64Array;
  readonly #deviation: number;
  readonly #hessians = new WeakMap<Uint16Array, Float64Array>();

  constructor(values: Float64Array, weights: Float64Array, { mean, deviation }: { mean: number; deviation: number }) {
    this.#weights = weights;
    this.#deviation = deviation;
    this.#residuals = values.map((value) => (mean - value) / deviation);
  }

  move(cells: Uint16Array, step: Float64Array): void {
    const residuals = this.#residuals;
    for (let row = 0; row < residuals.length; row++) residuals[row] += step[cells[row]];
  }

  moveAndSum(cells: Uint16Array, step: Float64Array, next: Uint16Array, sums: Float64Array): void {
    const residuals = this.#residuals;
    const weights = this.#weights;
    sums.set(this.#hessiansOf(next, sums.length));
    for (let row = 0; row < residuals.length; row++) {
      const moved = residuals[row] + step[cells[row]];
      residuals[row] = moved;
      sums[2 * next[row]] += weights[row] * moved;
    }
  }

  measure(rows: Uint32Array): number {
    let squares = 0;
    for (const row of rows) squares += this.#residuals[row] ** 2;
    return this.#deviation * Math.sqrt(squares / rows.length);
  }

  /** Sums of a table before any gradient. */
  #hessiansOf(cells: Uint16Array, length: number): Float64Array {
    const known = this.#hessians.get(cells);
    if (known) return known;
    const sums = new Float64Array(length);
    for (let row = 0; row < cells.length; row++) sums[2 * cells[row] + 1] += this.#weights[row];
    this.#hessians.set(cells, sums);
    return sums;
  }
}
