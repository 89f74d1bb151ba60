import type { Target } from '../../../src/engine/data/dataset.ts';
import { type Column, columnNamed, type NumericColumn, type Table } from '../../../src/engine/data/table.ts';
import type { Differentiable, Predictor } from '../../../src/engine/models/predictor.ts';

/** `bias + sum weight x value`, missing counting 0, plus a bonus for the category 'up'. */
export interface Linear {
  readonly weights: Readonly<Record<string, number>>;
  readonly bias: number;
  readonly bonus?: { readonly column: string; readonly level: string; readonly value: number };
}

export function linearScore({ weights, bias, bonus }: Linear, rows: Table, row: number): number {
  const sum = Object.entries(weights).reduce((total, [name, weight]) => {
    const value = (columnNamed(rows, name) as NumericColumn).values[row];
    return total + weight * (Number.isNaN(value) ? 0 : value);
  }, bias);
  return sum + (bonus && levelOf(columnNamed(rows, bonus.column), row) === bonus.level ? bonus.value : 0);
}

const levelOf = (column: Column, row: number) =>
  column.kind === 'coded' && column.codes[row] >= 0 ? column.levels[column.codes[row]] : undefined;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Two classes, 'no' and 'yes', by the sigmoid of the score; gradients as a network would give them. */
export function linearClassifier(linear: Linear): Predictor & Differentiable {
  return {
    task: 'binary',
    classes: ['no', 'yes'],
    async predict(rows) {
      const values = new Float64Array(2 * rows.rowCount);
      for (let row = 0; row < rows.rowCount; row++) {
        const yes = sigmoid(linearScore(linear, rows, row));
        values[2 * row] = 1 - yes;
        values[2 * row + 1] = yes;
      }
      return { kind: 'probabilities', classCount: 2, values };
    },
    inputGradient: async (rows, target) =>
      gradientOf(linear, rows, (row) => {
        const truth = (target as Extract<Target, { kind: 'classes' }>).codes[row];
        return sigmoid(linearScore(linear, rows, row)) - truth;
      }),
  };
}

export function linearRegressor(linear: Linear): Predictor & Differentiable {
  const score = (rows: Table, row: number) => linearScore(linear, rows, row);
  return {
    task: 'regression',
    async predict(rows) {
      return { kind: 'values', values: Float64Array.from({ length: rows.rowCount }, (_, row) => score(rows, row)) };
    },
    inputGradient: async (rows, target) =>
      gradientOf(
        linear,
        rows,
        (row) => 2 * (score(rows, row) - (target as Extract<Target, { kind: 'values' }>).values[row]),
      ),
  };
}

function gradientOf({ weights }: Linear, rows: Table, slope: (row: number) => number) {
  const columns = rows.columns.filter((column) => column.kind === 'numeric').map(({ name }) => name);
  const values = new Float64Array(rows.rowCount * columns.length);
  for (let row = 0; row < rows.rowCount; row++)
    for (const [c, name] of columns.entries()) {
      const missing = Number.isNaN((columnNamed(rows, name) as NumericColumn).values[row]);
      values[row * columns.length + c] = missing ? 0 : slope(row) * (weights[name] ?? 0);
    }
  return { columns, values };
}

/** The same model without its gradients: what a tree looks like to an attack. */
export const withoutGradients = ({ task, classes, predict }: Predictor): Predictor => ({ task, classes, predict });
