import { type BinnedColumn, type BinnedRows, binCount } from '../../data/encoders/bin-encoder.ts';

/** A column's bins merged into few groups, for tables of two columns. */
export interface Groups {
  /** Position of the column among the encoder's. */
  readonly column: number;
  readonly count: number;
  /** The last group holds what training never had. */
  readonly hasEmpty: boolean;
  /** [bins] */
  readonly groupOf: Uint8Array;
}

/** How a table's cells lie: the bins of one column, or the groups of two, the second's next to each other. */
export type Shape =
  | { readonly kind: 'numeric' | 'coded'; readonly column: number; readonly bins: number }
  | { readonly kind: 'pair'; readonly groups: readonly [Groups, Groups] };

/** One addend of the model over some rows. */
export interface Term {
  readonly shape: Shape;
  readonly size: number;
  /** [rows] */
  readonly cells: Uint16Array;
}

/** Cells of its table. */
export const sizeOf = (shape: Shape): number =>
  shape.kind === 'pair' ? shape.groups[0].count * shape.groups[1].count : shape.bins;

export const columnsOf = (shape: Shape): readonly number[] =>
  shape.kind === 'pair' ? shape.groups.map(({ column }) => column) : [shape.column];

export const mainShape = (binned: BinnedColumn, column: number): Shape => ({
  kind: binned.kind,
  column,
  bins: binCount(binned),
});

/** Cell of each row. */
export function cellsOf(shape: Shape, { rows, columns, bins }: BinnedRows): Uint16Array {
  const cells = new Uint16Array(rows);
  if (shape.kind !== 'pair') {
    for (let row = 0, at = shape.column; row < rows; row++, at += columns) cells[row] = bins[at];
    return cells;
  }
  const [first, second] = shape.groups;
  for (let row = 0, base = 0; row < rows; row++, base += columns) {
    cells[row] = first.groupOf[bins[base + first.column]] * second.count + second.groupOf[bins[base + second.column]];
  }
  return cells;
}

/** Sum of the rows' weights in each cell. */
export function cellWeights({ cells, size }: Pick<Term, 'cells' | 'size'>, rowWeights: Float64Array): Float64Array {
  const weights = new Float64Array(size);
  for (let row = 0; row < cells.length; row++) weights[cells[row]] += rowWeights[row];
  return weights;
}

/**
 * Merges bins, taken in this order, into at most `most` groups of about equal weight. Bins without weight share a last group, so
 * that what training never had keeps a contribution of 0. `alone`: a bin that shares its group with none.
 */
export function mergeBins(
  column: number,
  order: readonly number[],
  weights: Float64Array,
  most: number,
  alone?: number,
): Groups {
  const groupOf = new Uint8Array(weights.length);
  const filled = order.filter((bin) => weights[bin] > 0);
  let left = filled.reduce((sum, bin) => sum + weights[bin], 0);
  let group = -1;
  let room = 0;
  let last = -1;
  for (const bin of filled) {
    const weight = weights[bin];
    // Half a bin too much is as good as half too little.
    if (group < 0 || bin === alone || last === alone || (room < weight / 2 && group + 1 < most)) {
      group++;
      room = left / Math.max(1, most - group);
    }
    groupOf[bin] = group;
    room -= weight;
    left -= weight;
    last = bin;
  }
  const empty = order.filter((bin) => weights[bin] === 0);
  for (const bin of empty) groupOf[bin] = group + 1;
  return { column, count: group + 1 + (empty.length > 0 ? 1 : 0), hasEmpty: empty.length > 0, groupOf };
}
