import type { Column, Table } from '../table.ts';
import { byName, codesOf, levelCounts, numbersOf, unseen } from './raw-columns.ts';

export interface BinOptions {
  /** Value bins of a numeric column, levels with a bin of their own of a coded one; at most 254. */
  readonly maxBins?: number;
  /** A bin of a numeric column closes only when it holds this many rows. */
  readonly minBinRows?: number;
  /** Levels with fewer rows share the bin of unseen ones. */
  readonly minLevelRows?: number;
}

/**
 * How a column falls into bins. Bin 0 is missing everywhere.
 * Numeric: `edges` ascending, bin i holds edges[i-2] < value <= edges[i-1].
 * Coded: bin 1 holds rare and unseen levels, bin i the level i - 2.
 */
export type BinnedColumn =
  | { readonly kind: 'numeric'; readonly name: string; readonly edges: readonly number[] }
  | { readonly kind: 'coded'; readonly name: string; readonly levels: readonly string[] };

/** bins: [rows x columns] row-major. */
export interface BinnedRows {
  readonly rows: number;
  readonly columns: number;
  readonly bins: Uint8Array;
}

export interface BinEncoder {
  readonly columns: readonly BinnedColumn[];
  encode(table: Table): BinnedRows;
}

export const missingBin = 0;
export const otherLevelsBin = 1;

/** Bins of a column, the missing one included. */
export const binCount = (column: BinnedColumn): number =>
  column.kind === 'numeric' ? column.edges.length + 2 : column.levels.length + 2;

/** Learns bins from training rows (Ke et al. 2017, LightGBM, section 2.1). Columns that fall into one bin are left out. */
export function fitBinEncoder(features: Table, options: BinOptions = {}): BinEncoder {
  const maxBins = Math.min(254, options.maxBins ?? 254);
  const columns = byName(features).map((column) =>
    column.kind === 'numeric'
      ? fitNumeric(numbersOf(features, column.name), column.name, maxBins, options.minBinRows ?? 3)
      : fitCoded(column, maxBins, options.minLevelRows ?? 3),
  );
  return restoreBinEncoder(columns.filter((column) => column !== undefined));
}

function fitNumeric(values: Float64Array, name: string, maxBins: number, minRows: number): BinnedColumn | undefined {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges = edgesOf(sorted, maxBins, minRows);
  const mayBeMissing = sorted.length > 0 && sorted.length < values.length;
  return edges.length > 0 || mayBeMissing ? { kind: 'numeric', name, edges } : undefined;
}

/**
 * Upper edges of all bins but the last. Frequent values own a bin; the others fill bins up to the mean of what remains.
 * Where every value can have a bin, bins only wait for `minRows`.
 */
function edgesOf(sorted: Float64Array, maxBins: number, minRows: number): number[] {
  const { values, counts } = distinct(sorted);
  const crowded = values.length > maxBins;
  const big = sorted.length / maxBins;
  let remainingRows = sorted.length;
  let remainingBins = maxBins;
  if (crowded) {
    for (const count of counts) {
      if (count < big) continue;
      remainingRows -= count;
      remainingBins--;
    }
  }
  const edges: number[] = [];
  let filled = 0;
  for (let i = 0; i + 1 < values.length && edges.length < maxBins - 1; i++) {
    filled += counts[i];
    const own = crowded && counts[i] >= big;
    const nextOwn = crowded && counts[i + 1] >= big;
    if (crowded && !own) remainingRows -= counts[i];
    const size = crowded ? meanFill(remainingRows + filled, remainingBins) : 0;
    const full = filled >= Math.max(minRows, nextOwn ? size / 2 : size);
    if (!own && !full) continue;
    edges.push(between(values[i], values[i + 1]));
    filled = 0;
    if (!own) remainingBins--;
  }
  return edges;
}

const meanFill = (rows: number, bins: number) => rows / Math.max(1, bins);

function distinct(sorted: Float64Array): { values: number[]; counts: number[] } {
  const values: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) counts[counts.length - 1]++;
    else {
      values.push(sorted[i]);
      counts.push(1);
    }
  }
  return { values, counts };
}

/** A number e with low <= e < high, the middle where floating point has one. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

function fitCoded(
  column: Extract<Column, { kind: 'coded' }>,
  maxBins: number,
  minRows: number,
): BinnedColumn | undefined {
  const counts = levelCounts(column.codes, column.levels.length);
  // By count, then by text: the coding of levels must not matter.
  const present = column.levels
    .map((level, code) => ({ level, count: counts[code] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
  const own = present.filter(({ count }, rank) => count >= minRows && rank < maxBins - 1);
  const binsInUse = own.length + (own.length < present.length ? 1 : 0) + (column.codes.includes(-1) ? 1 : 0);
  return binsInUse > 1 ? { kind: 'coded', name: column.name, levels: own.map(({ level }) => level) } : undefined;
}

/** The encoder with these columns. */
export function restoreBinEncoder(columns: readonly BinnedColumn[]): BinEncoder {
  return {
    columns,
    encode(table) {
      const bins = new Uint8Array(table.rowCount * columns.length);
      columns.forEach((column, i) => {
        if (column.kind === 'numeric')
          writeNumeric(column.edges, numbersOf(table, column.name), bins, i, columns.length);
        else writeCoded(column.levels, table, column.name, bins, i, columns.length);
      });
      return { rows: table.rowCount, columns: columns.length, bins };
    },
  };
}

function writeNumeric(edges: readonly number[], values: Float64Array, bins: Uint8Array, offset: number, step: number) {
  for (let row = 0, at = offset; row < values.length; row++, at += step) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= edges[middle]) high = middle;
      else low = middle + 1;
    }
    bins[at] = low + 1;
  }
}

function writeCoded(
  levels: readonly string[],
  table: Table,
  name: string,
  bins: Uint8Array,
  offset: number,
  step: number,
) {
  const codes = codesOf(table, name, new Map(levels.map((level, i) => [level, i + 2])));
  for (let row = 0, at = offset; row < codes.length; row++, at += step) {
    bins[at] = codes[row] === unseen ? otherLevelsBin : Math.max(missingBin, codes[row]);
  }
}
