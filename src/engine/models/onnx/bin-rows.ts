import type { BinnedColumn } from '../../data/encoders/bin-encoder.ts';
import { binCount, missingBin, otherLevelsBin } from '../../data/encoders/bin-encoder.ts';
import type { Value } from './graph-builder.ts';
import { type GraphRows, numbersIn, placesIn } from './graph-rows.ts';

/** What `restoreBinEncoder(columns).encode` makes of rows: one a column, [rows x 1] int64. */
export const binRows = (rows: GraphRows, columns: readonly BinnedColumn[]): Value[] =>
  columns.map((column) =>
    column.kind === 'numeric' ? numberBins(rows, column.name, column.edges) : levelBins(rows, column),
  );

function numberBins(rows: GraphRows, name: string, edges: readonly number[]): Value {
  const { graph } = rows;
  const numbers = numbersIn(rows, name);
  const present = graph.cast(graph.node('Not', [graph.isMissing(numbers)]), 'int64');
  if (edges.length === 0) return present;
  const above = graph.cast(graph.isGreater(numbers, graph.row(edges)), 'int64');
  // A missing number is above no edge.
  return graph.add(graph.sum(above, 1, true), present);
}

function levelBins(rows: GraphRows, { name, levels }: Extract<BinnedColumn, { kind: 'coded' }>): Value {
  const places = new Map(levels.map((level, i) => [level, i + 2]));
  return placesIn(rows, name, places, missingBin, otherLevelsBin);
}

/**
 * For each of several sets of one column's bins, 1 where the row's bin is in it. [rows x sets] float
 * @param isIn whether a bin is in a set
 */
export function memberships(
  { graph }: GraphRows,
  column: BinnedColumn,
  bins: Value,
  sets: number,
  isIn: (set: number, bin: number) => boolean,
): Value {
  const count = binCount(column);
  const table = Float32Array.from({ length: count * sets }, (_, i) => (isIn(i % sets, Math.floor(i / sets)) ? 1 : 0));
  return graph.linesAt(graph.matrix(table, count, sets, 'float'), bins, sets);
}
