import { Matrix } from 'ml-matrix';
import type { DatasetInfo } from '../../../shared/dataset.ts';
import { changeWords, countWords } from '../../../shared/results/numbers.ts';
import { byName, numbersOf } from '../../data/encoders/raw-columns.ts';
import type { Table } from '../../data/table.ts';
import { freshNames, numericColumn } from '../new-columns.ts';
import { eigenvectors, type Factor, signed, singularVectors } from '../singular-vectors.ts';
import type { Step, Transform } from '../step.ts';

export interface ComponentsState {
  /** Numeric columns in order, each made (x - mean) / deviation, missing ones 0. */
  readonly columns: readonly { readonly name: string; readonly mean: number; readonly deviation: number }[];
  /** [components][columns] */
  readonly directions: readonly (readonly number[])[];
  readonly outputs: readonly string[];
}

/** Standardised numbers stay within this. */
export const bound = 1e6;
/** Above this many columns the first components are found from random directions. */
const mostExact = 300;
const mostComponents = 200;
/** Rows that components are learnt from, at most. */
const mostRows = 10_000;

/** Replaces numbers by as many principal components of them, standardised, as have this share of their variance (Jolliffe 2002, section 2.3). */
export const components: Step<ComponentsState> = {
  name: 'components',
  parameters: (info, need) =>
    need !== 'native' && numberCount(info) > 1
      ? [{ name: 'pca', distribution: { type: 'float', low: 0.5, high: 1 }, initial: 1, searched: false }]
      : [],
  learn({ features, random }, { pca: share }) {
    if (typeof share !== 'number' || share >= 1) return null;
    const rows = random.permutation(features.rowCount).subarray(0, mostRows).sort();
    const columns = byName(features).flatMap(({ kind, name }) => {
      const spread = kind === 'numeric' ? spreadOf(numbersOf(features, name)) : undefined;
      return spread ? [{ name, ...spread }] : [];
    });
    if (columns.length < 2) return null;
    const standard = columns.map((column) => {
      const values = standardised(features, column);
      return Float64Array.from(rows, (row) => values[row]);
    });
    const directions = columns.length <= mostExact ? exact(standard, share) : sketched(standard, share, random);
    const fresh = freshNames(features);
    const outputs = directions.map((_, i) => fresh(`component ${i + 1}`));
    const state = { columns, directions: directions.map((direction) => [...direction]), outputs };
    return { state, words: `${outputs.length} components of ${columns.length} numbers` };
  },
  restore: (state): Transform => ({
    made: () =>
      state.outputs.map((column, c) => ({
        column,
        of: state.columns.map(({ name }) => name),
        words: mixtureWords(column, state, c),
      })),
    apply: (table) => projected(table, state),
    gradientBefore({ rowCount }, after) {
      const gradients = new Map(after);
      state.columns.forEach(({ name, deviation }, j) => {
        const gradient = new Float64Array(rowCount);
        state.outputs.forEach((output, c) => {
          const byComponent = after.get(output);
          if (!byComponent) return;
          const weight = state.directions[c][j] / deviation;
          for (let row = 0; row < gradient.length; row++) gradient[row] += weight * byComponent[row];
        });
        gradients.set(name, gradient);
      });
      return gradients;
    },
  }),
};

const mostMixed = 3;

/** A weight of a component is none of a column. */
function mixtureWords(output: string, { columns, directions }: ComponentsState, c: number): string {
  const order = columns.map((_, j) => j).sort((a, b) => Math.abs(directions[c][b]) - Math.abs(directions[c][a]));
  const told = order.slice(0, mostMixed).map((j) => `${changeWords(directions[c][j], 2)} ${columns[j].name}`);
  const more = order.length > mostMixed ? ` and ${countWords(order.length - mostMixed, 'smaller part')}` : '';
  return `${output} is a mixture of ${countWords(columns.length, 'standardised number')} (${told.join(', ')}${more}): its weight is no weight of a column`;
}

const numberCount = ({ columns }: DatasetInfo) =>
  columns.filter(({ role, numeric, distinct }) => role === 'feature' && numeric && distinct > 1).length;

/** Undefined for a column that does not vary, or too widely to be divided by its spread. */
function spreadOf(values: Float64Array): { mean: number; deviation: number } | undefined {
  if (values.some((value) => Math.abs(value) > 1e150)) return undefined;
  let [count, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const step = value - mean;
    mean += step / ++count;
    squares += step * (value - mean);
  }
  const deviation = Math.sqrt(squares / count);
  return deviation > 1e-150 && deviation > 1e-12 * Math.abs(mean) ? { mean, deviation } : undefined;
}

const standardised = (table: Table, { name, mean, deviation }: ComponentsState['columns'][number]): Float64Array =>
  numbersOf(table, name).map((value) =>
    Number.isNaN(value) ? 0 : Math.max(-bound, Math.min(bound, (value - mean) / deviation)),
  );

function projected(table: Table, { columns, directions, outputs }: ComponentsState): Table {
  const gone = new Set(columns.map(({ name }) => name));
  const sums = outputs.map(() => new Float64Array(table.rowCount));
  columns.forEach((column, j) => {
    const values = standardised(table, column);
    sums.forEach((sum, c) => {
      const weight = directions[c][j];
      for (let row = 0; row < sum.length; row++) sum[row] += weight * values[row];
    });
  });
  return {
    ...table,
    columns: [
      ...table.columns.filter(({ name }) => !gone.has(name)),
      ...outputs.map((name, c) => numericColumn(name, sums[c])),
    ],
  };
}

/** By the eigenvectors of the covariance, until they have the share. columns: each [rows]. */
function exact(columns: readonly Float64Array[], share: number): Float64Array[] {
  const covariance = Matrix.zeros(columns.length, columns.length);
  columns.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const b = columns[j];
      let sum = 0;
      for (let row = 0; row < a.length; row++) sum += a[row] * b[row];
      covariance.set(i, j, sum);
      covariance.set(j, i, sum);
    }
  });
  const { squares, directions } = eigenvectors(covariance);
  const total = squares.reduce((sum, square) => sum + Math.max(0, square), 0);
  return directions.slice(0, enough(squares, share * total)).map((direction) => signed(Float64Array.from(direction)));
}

function sketched(
  columns: readonly Float64Array[],
  share: number,
  random: Parameters<typeof singularVectors>[2],
): Float64Array[] {
  const { values, vectors } = singularVectors(denseFactor(columns), mostComponents, random);
  const total = columns.reduce((sum, column) => sum + column.reduce((squares, value) => squares + value * value, 0), 0);
  return vectors.slice(
    0,
    enough(
      values.map((value) => value * value),
      share * total,
    ),
  );
}

/** How many of the largest, at least one, have this much together. */
function enough(squares: readonly number[], wanted: number): number {
  let sum = 0;
  const place = squares.findIndex((square) => {
    sum += square;
    return sum >= wanted * (1 - 1e-12);
  });
  return place < 0 ? squares.length : place + 1;
}

function denseFactor(columns: readonly Float64Array[]): Factor {
  const rows = columns[0].length;
  return {
    rows,
    columns: columns.length,
    times(right, k) {
      const product = new Float64Array(rows * k);
      columns.forEach((column, j) => {
        for (let row = 0, base = 0; row < rows; row++, base += k)
          for (let i = 0; i < k; i++) product[base + i] += column[row] * right[j * k + i];
      });
      return product;
    },
    transposedTimes(left, k) {
      const product = new Float64Array(columns.length * k);
      columns.forEach((column, j) => {
        for (let row = 0, base = 0; row < rows; row++, base += k)
          for (let i = 0; i < k; i++) product[j * k + i] += column[row] * left[base + i];
      });
      return product;
    },
  };
}
