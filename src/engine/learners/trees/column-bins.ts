import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';

/** Binned rows column by column: a node of a forest looks at few columns, and one column's bins of many rows fit the cache. */
export interface ColumnBins {
  readonly rows: number;
  readonly columns: number;
  /** [columns x rows] */
  readonly bins: Uint8Array;
}

/** Rows that are moved at a time, so that what is read and what is written both stay in the cache. */
const block = 1024;

export function columnBins({ rows, columns, bins }: BinnedRows): ColumnBins {
  const moved = new Uint8Array(bins.length);
  for (let begin = 0; begin < rows; begin += block) {
    const end = Math.min(rows, begin + block);
    for (let column = 0; column < columns; column++)
      for (let row = begin; row < end; row++) moved[column * rows + row] = bins[row * columns + column];
  }
  return { rows, columns, bins: moved };
}
