import type { Column, NumericColumn, Table } from '../../data/table.ts';

/** Where the effect of a column is looked at: its values take a few places, ascending for numbers. */
export interface GridColumn {
  /** The column, each of its values moved to its place. */
  readonly column: Column;
  /** Places of a numeric column; absent for levels, whose places are their codes. */
  readonly edges?: Float64Array;
  /** [rows] place of each row; -1 is missing. */
  readonly placeOf: Int32Array;
  readonly places: number;
}

/** Quantiles of a column at which its effect is looked at, one more than the steps between them. */
const steps = 20;

/** Moves every number to the nearest quantile of its column, so that a sum of functions of single columns is told exactly on the rows. */
export const gridOf = (rows: Table): GridColumn[] =>
  rows.columns.map((column) => (column.kind === 'numeric' ? numericGrid(column) : codedGrid(column)));

function numericGrid(column: NumericColumn): GridColumn {
  const edges = quantileEdges(column.values);
  const placeOf = Int32Array.from(column.values, (value) => nearest(edges, value));
  const values = Float64Array.from(placeOf, (place) => (place < 0 ? Number.NaN : edges[place]));
  return { column: { ...column, values }, edges, placeOf, places: edges.length };
}

const codedGrid = (column: Extract<Column, { kind: 'coded' }>): GridColumn => ({
  column,
  placeOf: column.codes,
  places: column.levels.length,
});

/** Values of the column itself, so that whole numbers stay whole. */
function quantileEdges(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return sorted;
  const picked = Array.from({ length: steps + 1 }, (_, k) => sorted[Math.round((k * (sorted.length - 1)) / steps)]);
  return Float64Array.from(new Set(picked));
}

function nearest(edges: Float64Array, value: number): number {
  if (Number.isNaN(value)) return -1;
  let best = 0;
  for (let k = 1; k < edges.length; k++) if (Math.abs(edges[k] - value) < Math.abs(edges[best] - value)) best = k;
  return best;
}
