import { addWeightGradient, type SparseRows } from '../../data/encoders/sparse-rows.ts';
import { covarianceDescent, type Descent } from './coordinate-descent.ts';

/** Numbers that may be kept of the covariances; beyond it columns are counted again each time they are needed. */
const mostKept = 2e7;

/**
 * Covariances of centred inputs with each other and with a centred target, over weighted rows: what least squares needs to know.
 * A column is counted only when it is asked for (Friedman, Hastie and Tibshirani 2010, section 2.2). Sums are divided by the rows.
 */
export class Covariances {
  /** [columns], weighted. */
  readonly means: Float64Array;
  readonly targetMean: number;
  /** [columns]: variances. */
  readonly diagonal: Float64Array;
  /** [columns]: with the target. */
  readonly linear: Float64Array;
  /** Variance of the target. */
  readonly total: number;
  readonly #x: SparseRows;
  readonly #rowWeights: Float64Array;
  readonly #weight: number;
  /** [rows], centred. */
  readonly #target: Float64Array;
  readonly #byColumn: { readonly starts: Uint32Array; readonly rows: Uint32Array; readonly values: Float32Array };
  readonly #kept = new Map<number, Float64Array>();

  /** y and rowWeights: [rows]; the weights need not sum to anything, but not all be 0. */
  constructor(x: SparseRows, y: Float64Array, rowWeights: Float64Array) {
    this.#x = x;
    this.#rowWeights = rowWeights;
    this.#byColumn = columnsOf(x);
    const weight = rowWeights.reduce((sum, value) => sum + value, 0);
    this.#weight = weight;
    this.targetMean = y.reduce((sum, value, row) => sum + rowWeights[row] * value, 0) / weight;
    const centred = y.map((value) => value - this.targetMean);
    this.#target = centred;
    this.total = centred.reduce((sum, value, row) => sum + rowWeights[row] * value * value, 0) / x.rows;
    this.means = this.#sums(rowWeights).map((sum) => sum / weight);
    // The target is centred, so that the inputs need not be.
    this.linear = this.#sums(centred.map((value, row) => value * rowWeights[row])).map((sum) => sum / x.rows);
    this.diagonal = this.#variances();
  }

  /** Pulls from these weights on, by whichever takes less: the covariances, or the residuals of the rows. */
  begin = (weights: Float64Array): Descent =>
    this.#x.values.length < this.#x.columns ** 2
      ? this.#residualDescent(weights)
      : covarianceDescent(this.linear, this.#column, weights);

  /** What is left of the target is kept for each row, and a move changes the rows that have the input (section 2.1). */
  #residualDescent(weights: Float64Array): Descent {
    const { starts, rows, values } = this.#byColumn;
    const [count, rowWeights, scale] = [this.#x.rows, this.#rowWeights, this.#weight];
    const left = this.#target.slice();
    // What centring the inputs adds to what is left of every row.
    let offset = 0;
    const move = (j: number, step: number) => {
      for (let i = starts[j]; i < starts[j + 1]; i++) left[rows[i]] -= step * values[i];
      offset += step * this.means[j];
    };
    const pull = (j: number) => {
      let sum = offset * scale * this.means[j];
      for (let i = starts[j]; i < starts[j + 1]; i++) sum += rowWeights[rows[i]] * values[i] * left[rows[i]];
      return sum / count;
    };
    for (let j = 0; j < weights.length; j++) if (weights[j] !== 0) move(j, weights[j]);
    const work = 2 * Math.ceil(values.length / weights.length);
    return { pull, move, pulls: () => weights.map((_, j) => pull(j)), work };
  }

  /** [columns], covariances of column j with all. */
  #column = (j: number): Float64Array => {
    const kept = this.#kept.get(j);
    if (kept) return kept;
    const { starts, rows, values } = this.#byColumn;
    const x = this.#x;
    const sums = new Float64Array(x.columns);
    for (let i = starts[j]; i < starts[j + 1]; i++) {
      const factor = values[i] * this.#rowWeights[rows[i]];
      for (let k = x.starts[rows[i]]; k < x.starts[rows[i] + 1]; k++) sums[x.indices[k]] += factor * x.values[k];
    }
    const mean = this.#weight * this.means[j];
    for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] - mean * this.means[k]) / x.rows;
    sums[j] = this.diagonal[j];
    if ((this.#kept.size + 1) * x.columns <= mostKept) this.#kept.set(j, sums);
    return sums;
  };

  /** X'v, [columns]. */
  #sums(v: Float64Array): Float64Array {
    const sums = new Float64Array(this.#x.columns + 1);
    addWeightGradient(this.#x, v, sums, 1);
    return sums.subarray(0, this.#x.columns);
  }

  #variances(): Float64Array {
    const { starts, indices, values, rows } = this.#x;
    const squares = new Float64Array(this.#x.columns);
    for (let row = 0; row < rows; row++) {
      for (let i = starts[row]; i < starts[row + 1]; i++) squares[indices[i]] += this.#rowWeights[row] * values[i] ** 2;
    }
    return squares.map((sum, j) => Math.max(0, sum - this.#weight * this.means[j] ** 2) / rows);
  }
}

/** The same matrix column by column: column j has rows[starts[j]..starts[j+1]). */
function columnsOf(x: SparseRows) {
  const starts = new Uint32Array(x.columns + 1);
  for (const j of x.indices) starts[j + 1]++;
  for (let j = 0; j < x.columns; j++) starts[j + 1] += starts[j];
  const next = starts.slice();
  const rows = new Uint32Array(x.values.length);
  const values = new Float32Array(x.values.length);
  for (let row = 0; row < x.rows; row++) {
    for (let i = x.starts[row]; i < x.starts[row + 1]; i++) {
      const at = next[x.indices[i]]++;
      rows[at] = row;
      values[at] = x.values[i];
    }
  }
  return { starts, rows, values };
}
