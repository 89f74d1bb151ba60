import { columnNamed, type Table } from '../../../../src/engine/data/table.ts';
import type { ExplainData } from '../../../../src/engine/explain/explainer.ts';
import type { Predictor } from '../../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { datasetOf, numbers, tableOf } from '../fixtures.ts';

/** A row as numbers; a level by its code. */
type Row = Readonly<Record<string, number>>;

export const rowsOf = (table: Table): Row[] => {
  const columns = table.columns.map(({ name }) => columnNamed(table, name));
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => [column.name, column.kind === 'numeric' ? column.values[row] : column.codes[row]]),
    ),
  );
};

/** A model of numbers that is this function. */
export const functionPredictor = (f: (row: Row) => number): Predictor => ({
  task: 'regression',
  predict: async (rows) => ({ kind: 'values', values: Float64Array.from(rowsOf(rows), f) }),
});

/** The table as both parts, the truth as given or the model's own. */
export function dataOf(features: Table, truth?: ArrayLike<number>): ExplainData {
  const values = truth ? Float64Array.from(truth) : new Float64Array(features.rowCount);
  const data = datasetOf(features, { kind: 'values', values }, 'regression');
  return { train: data, evaluation: data, part: 'test' };
}

/** Columns x0, x1 and so on of independent standard normal numbers. */
export function normalTable(rows: number, columns: number, seed: number): Table {
  const random = createRandom(seed);
  return tableOf(
    Array.from({ length: columns }, (_, j) =>
      numbers(
        `x${j}`,
        Array.from({ length: rows }, () => random.normal()),
      ),
    ),
  );
}

export const silent = () => {};
export const { signal } = new AbortController();
