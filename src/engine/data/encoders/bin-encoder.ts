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
  /** The same, with a pause after each block of rows. */
  encodePaced(table: Table, pause: Pause): Promise<BinnedRows>;
}

/** Called after so many elementary steps, so that a long encoding can be stopped. */
export type Pause = (steps: number) => Promise<void>;

/** Elementary steps that a cell counts: to learn bins by, and to be put into its own. */
const [learningSteps, puttingSteps] = [20, 10];
export const binningSteps = learningSteps + puttingSteps;

export const missingBin = 0;
export const otherLevelsBin = 1;

/** Bins of a column, the missing one included. */
export const binCount = (column: BinnedColumn): number =>
  column.kind === 'numeric' ? column.edges.length + 2 : column.levels.length + 2;

/** Learns bins from training rows (Ke et al. 2017, LightGBM, section 2.1). Columns that fall into one bin are left out. */
export function fitBinEncoder(features: Table, options: BinOptions = {}): BinEncoder {
  const columns = byName(features).map((column) => fitColumn(features, column, options));
  return restoreBinEncoder(columns.filter((column) => column !== undefined));
}

/** The same, with a pause after each column. */
export async function fitBinEncoderPaced(features: Table, options: BinOptions, pause: Pause): Promise<BinEncoder> {
  const columns: (BinnedColumn | undefined)[] = [];
  for (const column of byName(features)) {
    columns.push(fitColumn(features, column, options));
    await pause(learningSteps * features.rowCount);
  }
  return restoreBinEncoder(columns.filter((column) => column !== undefined));
}

function fitColumn(features: Table, column: Column, options: BinOptions): BinnedColumn | undefined {
  const maxBins = Math.min(254, options.maxBins ?? 254);
  return column.kind === 'numeric'
    ? fitNumeric(numbersOf(features, column.name), column.name, maxBins, options.minBinRows ?? 3)
    : fitCoded(column, maxBins, options.minLevelRows ?? 3);
}

/** Bins are learnt from about this many rows (LightGBM's constant). */
const mostRows = 200_000;

function fitNumeric(values: Float64Array, name: string, maxBins: number, minRows: number): BinnedColumn | undefined {
  const share = Math.min(1, mostRows / values.length);
  const present = new Float64Array(values.length);
  let count = 0;
  let missing = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) missing++;
    else if (share === 1 || scattered(row) < share) present[count++] = value;
  }
  const edges = edgesOf(present.subarray(0, count).sort(), maxBins, Math.max(1, minRows * share));
  const mayBeMissing = missing > 0 && missing < values.length;
  return edges.length > 0 || mayBeMissing ? { kind: 'numeric', name, edges } : undefined;
}

/** A share in [0, 1) that looks like chance and depends on the row alone: the last steps of MurmurHash3 (Appleby). */
function scattered(row: number): number {
  let x = Math.imul(row ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
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
  let present = 0;
  const frequent: { level: string; count: number }[] = [];
  counts.forEach((count, code) => {
    if (count > 0) present++;
    if (count > 0 && count >= minRows) frequent.push({ level: column.levels[code], count });
  });
  // By count, then by text: the coding of levels must not matter.
  const own = frequent.sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1)).slice(0, maxBins - 1);
  const binsInUse = own.length + (own.length < present ? 1 : 0) + (column.codes.includes(-1) ? 1 : 0);
  return binsInUse > 1 ? { kind: 'coded', name: column.name, levels: own.map(({ level }) => level) } : undefined;
}

/** Rows that are encoded at once: their bins stay in the cache while column after column is written. */
const blockRows = 4096;

/** The encoder with these columns. */
export function restoreBinEncoder(columns: readonly BinnedColumn[]): BinEncoder {
  const cells = columns.map((column) => (column.kind === 'numeric' ? new EdgeCells(column.edges) : undefined));
  /** The bins, still missing throughout, and what writes those of some rows. */
  const begin = (table: Table) => {
    const bins = new Uint8Array(table.rowCount * columns.length);
    const writers = columns.map((column, i) => {
      if (column.kind === 'coded') return codedWriter(column, table, bins, i, columns.length);
      const values = numbersOf(table, column.name);
      return (from: number, to: number) => cells[i]!.write(values, from, to, bins, i, columns.length);
    });
    const writeBlock = (from: number) => {
      const to = Math.min(table.rowCount, from + blockRows);
      for (const write of writers) write(from, to);
    };
    return { binned: { rows: table.rowCount, columns: columns.length, bins }, writeBlock };
  };
  return {
    columns,
    encode(table) {
      const { binned, writeBlock } = begin(table);
      for (let from = 0; from < table.rowCount; from += blockRows) writeBlock(from);
      return binned;
    },
    async encodePaced(table, pause) {
      const { binned, writeBlock } = begin(table);
      for (let from = 0; from < table.rowCount; from += blockRows) {
        writeBlock(from);
        await pause(puttingSteps * blockRows * columns.length);
      }
      return binned;
    },
  };
}

/** Cells an edge, of a grid over all edges. */
const cellsPerEdge = 8;

/**
 * Finds the bin of a number by a grid of equal cells over the range of the edges, each of which knows the edges that it holds:
 * mostly none or one, among which a search by halves decides. Rounding does no harm: what makes a cell of a number never falls.
 */
class EdgeCells {
  readonly #edges: Float64Array;
  readonly #low: number;
  readonly #perUnit: number;
  /** Edges below each cell; one entry more than cells. */
  readonly #first: Uint8Array;

  constructor(edges: readonly number[]) {
    this.#edges = Float64Array.from(edges);
    const cells = edges.length === 0 ? 1 : cellsPerEdge * edges.length;
    this.#low = edges[0] ?? 0;
    const perUnit = cells / (edges[edges.length - 1] - this.#low);
    // A range that no number holds, or none at all: everything falls into the first cell.
    this.#perUnit = Number.isFinite(perUnit) ? perUnit : 0;
    this.#first = new Uint8Array(cells + 1);
    for (const edge of edges) this.#first[this.#cellOf(edge) + 1]++;
    for (let cell = 1; cell <= cells; cell++) this.#first[cell] += this.#first[cell - 1];
  }

  #cellOf(value: number): number {
    const cell = (value - this.#low) * this.#perUnit;
    const last = this.#first.length - 2;
    // Written so that what is no number (infinite minus infinite, times 0) falls into the first cell.
    return cell >= last ? last : cell > 0 ? Math.floor(cell) : 0;
  }

  /** Writes the bins of values[from..to) to bins[offset + step x row]; missing ones stay as they are. */
  write(values: Float64Array, from: number, to: number, bins: Uint8Array, offset: number, step: number): void {
    const edges = this.#edges;
    const first = this.#first;
    for (let row = from, at = offset + from * step; row < to; row++, at += step) {
      const value = values[row];
      if (Number.isNaN(value)) continue;
      const cell = this.#cellOf(value);
      let low = first[cell];
      let high = first[cell + 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= edges[middle]) high = middle;
        else low = middle + 1;
      }
      bins[at] = low + 1;
    }
  }
}

function codedWriter(
  { levels, name }: Extract<BinnedColumn, { kind: 'coded' }>,
  table: Table,
  bins: Uint8Array,
  offset: number,
  step: number,
): (from: number, to: number) => void {
  const codes = codesOf(table, name, new Map(levels.map((level, i) => [level, i + 2])));
  return (from, to) => {
    for (let row = from, at = offset + from * step; row < to; row++, at += step) {
      bins[at] = codes[row] === unseen ? otherLevelsBin : Math.max(missingBin, codes[row]);
    }
  };
}
