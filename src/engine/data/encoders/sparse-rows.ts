import type { EncodedMatrix } from './matrix-encoder.ts';

/** Rows without their zeros: row i has columns indices[starts[i]..starts[i+1]) with these values. One-hot rows are mostly zeros. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  /** [rows + 1] */
  readonly starts: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

export function sparseRows({ rows, columns, values }: EncodedMatrix): SparseRows {
  let count = 0;
  for (const value of values) if (value !== 0) count++;
  const sparse = {
    starts: new Uint32Array(rows + 1),
    indices: new Uint32Array(count),
    values: new Float32Array(count),
  };
  for (let row = 0, from = 0, to = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++, from++) {
      if (values[from] === 0) continue;
      sparse.indices[to] = j;
      sparse.values[to++] = values[from];
    }
    sparse.starts[row + 1] = to;
  }
  return { rows, columns, ...sparse };
}

/**
 * Bias plus matrix product, [rows x outputs] row-major.
 * weights: [columns x outputs] row-major, followed by [outputs] biases.
 */
export function linearScores(x: SparseRows, weights: Float64Array, outputs: number): Float64Array {
  const scores = new Float64Array(x.rows * outputs);
  const bias = x.columns * outputs;
  for (let row = 0, base = 0; row < x.rows; row++, base += outputs) {
    for (let k = 0; k < outputs; k++) scores[base + k] = weights[bias + k];
    for (let i = x.starts[row]; i < x.starts[row + 1]; i++) {
      const value = x.values[i];
      const at = x.indices[i] * outputs;
      for (let k = 0; k < outputs; k++) scores[base + k] += value * weights[at + k];
    }
  }
  return scores;
}

/** Adds the gradient by the weights (and biases) of a loss whose gradient by the scores is given, both laid out as above. */
export function addWeightGradient(x: SparseRows, byScore: Float64Array, gradient: Float64Array, outputs: number): void {
  const bias = x.columns * outputs;
  for (let row = 0, base = 0; row < x.rows; row++, base += outputs) {
    for (let k = 0; k < outputs; k++) gradient[bias + k] += byScore[base + k];
    for (let i = x.starts[row]; i < x.starts[row + 1]; i++) {
      const value = x.values[i];
      const at = x.indices[i] * outputs;
      for (let k = 0; k < outputs; k++) gradient[at + k] += value * byScore[base + k];
    }
  }
}

/** Gradient by the encoded inputs from that by the scores. [rows x columns] */
export function inputGradientOf(
  byScore: Float64Array,
  weights: Float64Array,
  columns: number,
  outputs: number,
): Float64Array {
  const rows = byScore.length / outputs;
  const gradient = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < outputs; k++)
        gradient[row * columns + j] += byScore[row * outputs + k] * weights[j * outputs + k];
    }
  }
  return gradient;
}
