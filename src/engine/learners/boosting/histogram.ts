import { type BinnedColumn, type BinnedRows, binCount } from '../../data/encoders/bin-encoder.ts';

/** Gradient sum, hessian sum and row count of every bin of every column, interleaved. */
export const perBin = 3;

/** Where each column's bins begin in a histogram; one entry more than columns, the last is the whole length. */
export function histogramOffsets(columns: readonly BinnedColumn[]): Uint32Array {
  const offsets = new Uint32Array(columns.length + 1);
  columns.forEach((column, i) => {
    offsets[i + 1] = offsets[i] + perBin * binCount(column);
  });
  return offsets;
}

/**
 * Sums of the rows order[begin..end) by bin (Ke et al. 2017, algorithm 1), row by row: a row's bins lie together, which
 * beats going column by column up to some hundreds of columns. features: the columns to sum, a subset or all.
 */
export function fillHistogram(
  data: BinnedRows,
  features: Int32Array,
  offsets: Uint32Array,
  order: Uint32Array,
  begin: number,
  end: number,
  gradient: Float32Array,
  hessian: Float32Array,
  sums: Float64Array,
): void {
  sums.fill(0);
  const { bins, columns } = data;
  const count = features.length;
  for (let i = begin; i < end; i++) {
    const row = order[i];
    const base = row * columns;
    const g = gradient[row];
    const h = hessian[row];
    for (let k = 0; k < count; k++) {
      const feature = features[k];
      const at = offsets[feature] + perBin * bins[base + feature];
      sums[at] += g;
      sums[at + 1] += h;
      sums[at + 2] += 1;
    }
  }
}

/** Turns a parent's sums into those of the other child: sibling = parent - child. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
}
