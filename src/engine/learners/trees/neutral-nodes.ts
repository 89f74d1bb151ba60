import { type BinnedColumn, missingBin, restoreBinEncoder } from '../../data/encoders/bin-encoder.ts';
import { numbersOf } from '../../data/encoders/raw-columns.ts';
import type { Table } from '../../data/table.ts';
import type { TreeInput, TreeNodesOfInputs } from '../../models/tree-ensemble.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** Nodes over bins as nodes over the numbers and codes of the columns. */
export function neutralNodes(nodes: TreeNodes, columns: readonly BinnedColumn[]): TreeNodesOfInputs {
  const { feature, threshold, missingLeft, set, sets, left, right, rows } = nodes;
  return {
    input: feature,
    threshold: Float64Array.from(feature, (column, node) =>
      column < 0 ? 0 : numberAt(columns[column], threshold[node]),
    ),
    missingLeft,
    set,
    sets,
    left,
    right,
    cover: Float64Array.from(rows),
  };
}

/** The largest number in the bins 1 .. threshold. */
function numberAt(column: BinnedColumn, threshold: number): number {
  if (column.kind === 'coded') return threshold;
  if (threshold === 0) return Number.NEGATIVE_INFINITY;
  return threshold > column.edges.length ? Number.POSITIVE_INFINITY : column.edges[threshold - 1];
}

export const treeInputsOf = (columns: readonly BinnedColumn[]): TreeInput[] =>
  columns.map((column) => ({
    name: column.name,
    column: column.name,
    ...(column.kind === 'coded' && { levels: column.levels }),
  }));

/** [rows x columns] numbers as they are, bins of levels as codes; NaN where missing. */
export function treeNumbersOf(columns: readonly BinnedColumn[], rows: Table): Float64Array {
  const numbers = new Float64Array(rows.rowCount * columns.length);
  columns.forEach((column, j) => {
    const values = column.kind === 'numeric' ? numbersOf(rows, column.name) : codesOf(column, rows);
    for (let row = 0, at = j; row < rows.rowCount; row++, at += columns.length) numbers[at] = values[row];
  });
  return numbers;
}

const codesOf = (column: BinnedColumn, rows: Table): Float64Array =>
  Float64Array.from(restoreBinEncoder([column]).encode(rows).bins, (bin) => (bin === missingBin ? Number.NaN : bin));
