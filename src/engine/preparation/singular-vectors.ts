import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Random } from '../random.ts';

/** A matrix that is only multiplied. */
export interface Factor {
  readonly rows: number;
  readonly columns: number;
  /** This times right. right: [columns x k] row-major. [rows x k] */
  times(right: Float64Array, k: number): Float64Array;
  /** Transposed times left. left: [rows x k] row-major. [columns x k] */
  transposedTimes(left: Float64Array, k: number): Float64Array;
}

export interface SingularVectors {
  /** Descending; those that are nearly 0 are left out. */
  readonly values: readonly number[];
  /** Right singular vectors, each [columns]; the largest entry of each is positive. */
  readonly vectors: readonly Float64Array[];
}

/** More directions than are asked for, and turns through the matrix: enough where singular values fall slowly. */
const spare = 10;
const turns = 4;

/** The largest singular values and their right vectors, from random directions (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1). */
export function singularVectors(matrix: Factor, count: number, random: Random): SingularVectors {
  const k = Math.min(count + spare, matrix.rows, matrix.columns);
  if (k === 0) return { values: [], vectors: [] };
  const start = Float64Array.from({ length: matrix.columns * k }, () => random.normal());
  let basis = orthonormal(matrix.times(start, k), matrix.rows, k);
  for (let turn = 0; turn < turns; turn++) {
    const back = orthonormal(matrix.transposedTimes(basis, k), matrix.columns, k);
    basis = orthonormal(matrix.times(back, k), matrix.rows, k);
  }
  const small = matrix.transposedTimes(basis, k);
  const { squares, directions } = eigenvectors(gram(small, matrix.columns, k));
  const kept = squares.slice(0, count).filter((square) => square > 1e-18 * squares[0]);
  return {
    values: kept.map(Math.sqrt),
    vectors: kept.map((square, j) => signed(combined(small, matrix.columns, k, directions[j], Math.sqrt(square)))),
  };
}

/** Eigenvalues, descending, and their vectors of a symmetric matrix. */
export function eigenvectors(symmetric: Matrix): { squares: number[]; directions: number[][] } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  return {
    squares: order.map((i) => realEigenvalues[i]),
    directions: order.map((i) => eigenvectorMatrix.getColumn(i)),
  };
}

/** The vector with its sign such that its largest entry is positive: a sign means nothing, and must not vary. */
export function signed(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const entry of vector) if (Math.abs(entry) > Math.abs(largest)) largest = entry;
  return largest < 0 ? vector.map((entry) => -entry) : vector;
}

/** Columns made orthonormal in place, one after the other, twice for precision; those that depend on earlier ones become 0. */
function orthonormal(values: Float64Array, rows: number, k: number): Float64Array {
  for (let j = 0; j < k; j++) {
    const before = length(values, rows, k, j);
    for (let pass = 0; pass < 2; pass++)
      for (let i = 0; i < j; i++) {
        let shared = 0;
        for (let row = 0; row < rows; row++) shared += values[row * k + i] * values[row * k + j];
        for (let row = 0; row < rows; row++) values[row * k + j] -= shared * values[row * k + i];
      }
    const after = length(values, rows, k, j);
    const factor = after > 1e-10 * before ? 1 / after : 0;
    for (let row = 0; row < rows; row++) values[row * k + j] *= factor;
  }
  return values;
}

function length(values: Float64Array, rows: number, k: number, j: number): number {
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += values[row * k + j] ** 2;
  return Math.sqrt(squares);
}

/** values' values, of [rows x k]. */
function gram(values: Float64Array, rows: number, k: number): Matrix {
  const sums = Matrix.zeros(k, k);
  for (let row = 0, base = 0; row < rows; row++, base += k)
    for (let i = 0; i < k; i++)
      for (let j = 0; j <= i; j++) sums.set(i, j, sums.get(i, j) + values[base + i] * values[base + j]);
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) sums.set(j, i, sums.get(i, j));
  return sums;
}

/** values times direction / scale: [rows]. */
function combined(
  values: Float64Array,
  rows: number,
  k: number,
  direction: readonly number[],
  scale: number,
): Float64Array {
  const vector = new Float64Array(rows);
  for (let row = 0, base = 0; row < rows; row++, base += k)
    for (let i = 0; i < k; i++) vector[row] += (values[base + i] * direction[i]) / scale;
  return vector;
}
