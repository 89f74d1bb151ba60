import type { CodedColumn, Column, NumericColumn, Table } from '../../data/table.ts';
import { firstAtLeast } from '../../statistics/first-at-least.ts';
import { levelOrder } from './level-order.ts';
import { adaptiveEdges } from './quantile-bins.ts';

/** The points along a column between which predictions are compared, and where the rows lie among them. */
export interface StepAxis {
  readonly name: string;
  /** [points] the column at the points: ends of bins, or levels in an order in which neighbours are alike. */
  readonly points: Column;
  readonly count: number;
  /** [rows] steps, each from a point to the next, that a row speaks for: its own bin, or those from and to its level. */
  readonly stepsOf: readonly (readonly number[])[];
  /** [rows] points that stand for a row, each with the same weight: both ends of its bin, or its level. None: the value is missing. */
  readonly pointsOf: readonly (readonly number[])[];
}

/** @param bins at most so many steps, and of a category so many levels, the commonest */
export function stepAxis(table: Table, column: Column, bins: number, compared: Table): StepAxis {
  return column.kind === 'numeric' ? numberAxis(column, bins) : levelAxis(column, bins, compared, table.rowCount);
}

const none: readonly number[] = [];

function numberAxis(column: NumericColumn, bins: number): StepAxis {
  const edges = adaptiveEdges(column.values.filter(Number.isFinite).sort(), bins);
  const binOf = (value: number) => Math.max(0, Math.min(firstAtLeast(edges, value), edges.length - 1) - 1);
  const known = Array.from(column.values, (value) => (Number.isFinite(value) ? binOf(value) : -1));
  const single = edges.length === 1;
  return {
    name: column.name,
    points: { ...column, values: edges },
    count: edges.length,
    stepsOf: known.map((bin) => (bin < 0 || single ? none : [bin])),
    pointsOf: known.map((bin) => (bin < 0 ? none : single ? [0] : [bin, bin + 1])),
  };
}

function levelAxis(column: CodedColumn, most: number, compared: Table, rows: number): StepAxis {
  const counts = new Uint32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code]++;
  const common = [...counts.keys()].filter((code) => counts[code] > 0).sort((a, b) => counts[b] - counts[a] || a - b);
  const codes = common.slice(0, most).sort((a, b) => a - b);
  const others = { rowCount: rows, columns: compared.columns.filter(({ name }) => name !== column.name) };
  const order = levelOrder(column, codes, others);
  const placeOf = new Map(order.map((code, place) => [code, place]));
  const places = Array.from(column.codes, (code) => placeOf.get(code) ?? -1);
  return {
    name: column.name,
    points: { ...column, codes: Int32Array.from(order) },
    count: order.length,
    stepsOf: places.map((place) =>
      place < 0 ? none : [place - 1, place].filter((step) => step >= 0 && step < order.length - 1),
    ),
    pointsOf: places.map((place) => (place < 0 ? none : [place])),
  };
}
