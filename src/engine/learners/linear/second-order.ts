import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Parameter, Params } from '../../../shared/space.ts';
import type { EncodedMatrix, MatrixOutput } from '../../data/encoders/matrix-encoder.ts';

/** Which products of inputs a linear model sees besides them: none, the squares of numbers, or all pairs as well. */
export const interactionKinds = ['none', 'squares', 'pairs'] as const;
export type Interactions = (typeof interactionKinds)[number];

/** Two matrix columns that are multiplied; the same one twice is a square. */
export type Product = readonly [number, number];

/** With more rows, trees and networks find the curvature by themselves, and the products take too long. */
const mostRows = 3000;
/** More products than this are too many to fit: pairs are then kept among the numbers only, and if they still are, left out. */
const mostProducts = 2000;

/** Part of a learner's space: nothing where the rows are many. */
export const interactionSpace = ({ rowCount }: DatasetInfo): Parameter[] =>
  rowCount < mostRows
    ? [{ name: 'interactions', distribution: { type: 'categorical', choices: [...interactionKinds] } }]
    : [];

export const interactionDefault = ({ rowCount }: DatasetInfo): Params =>
  rowCount < mostRows ? { interactions: 'none' } : {};

/** The products of that kind; two levels of one column are never multiplied, since one of them is 0. */
export function productsOf(outputs: readonly MatrixOutput[], kind: Interactions): Product[] {
  const all = outputs.map((_, i) => i);
  const numbers = all.filter((i) => outputs[i].kind === 'value');
  const squares = numbers.map((i): Product => [i, i]);
  if (kind === 'none') return [];
  if (kind === 'squares') return squares.slice(0, mostProducts);
  const pairs = [all, numbers].map((among) => pairsOf(among, outputs));
  const kept = pairs.find(({ length }) => squares.length + length <= mostProducts) ?? [];
  return [...squares.slice(0, mostProducts), ...kept];
}

const pairsOf = (among: readonly number[], outputs: readonly MatrixOutput[]): Product[] =>
  among.flatMap((i, at) =>
    among.slice(at + 1).flatMap((j): Product[] => (outputs[i].column === outputs[j].column ? [] : [[i, j]])),
  );

/** The matrix with the products as further columns, in their order. */
export function withProducts(matrix: EncodedMatrix, products: readonly Product[]): EncodedMatrix {
  if (products.length === 0) return matrix;
  const columns = matrix.columns + products.length;
  const values = new Float32Array(matrix.rows * columns);
  for (let row = 0; row < matrix.rows; row++) {
    const from = row * matrix.columns;
    const to = row * columns;
    values.set(matrix.values.subarray(from, from + matrix.columns), to);
    products.forEach(([i, j], place) => {
      values[to + matrix.columns + place] = matrix.values[from + i] * matrix.values[from + j];
    });
  }
  return { rows: matrix.rows, columns, values };
}

/** A gradient by inputs and products, [rows x (inputs + products)], as one by the inputs alone, [rows x inputs]. */
export function gradientByInputs(
  gradient: Float64Array,
  matrix: EncodedMatrix,
  products: readonly Product[],
): Float64Array {
  if (products.length === 0) return gradient;
  const { rows, columns, values } = matrix;
  const width = columns + products.length;
  const byInput = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * width, row * columns];
    byInput.set(gradient.subarray(from, from + columns), to);
    products.forEach(([i, j], place) => {
      const slope = gradient[from + columns + place];
      byInput[to + i] += slope * values[to + j];
      byInput[to + j] += slope * values[to + i];
    });
  }
  return byInput;
}
