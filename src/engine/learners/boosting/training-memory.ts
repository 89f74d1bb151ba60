import { UserError } from '../../../shared/faults.ts';
import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';
import { foundBytes, scannedBytes } from './programs/scan.ts';

/** What WebAssembly can address. */
const largestMemory = 2 ** 32;
const pageBytes = 65536;
const lineBytes = 64;

/** Bytes that sums of several leaves may take; beyond them both children of a split are summed afresh. */
const histogramBytes = 512 * 2 ** 20;

export interface MemoryNeeds {
  /** Scores a row. */
  readonly outputs: number;
  /** Sums of all bins of all columns, in bytes. */
  readonly sumsBytes: number;
  readonly maxLeaves: number;
}

/** An array in the memory, and where it stands. */
export interface Placed<T> {
  readonly view: T;
  readonly at: number;
}

/**
 * Everything that the compiled loops of a training read and write, in one WebAssembly.Memory. Pages that are never written
 * take no room. The first bytes are for single results.
 */
export class TrainingMemory {
  readonly memory: object;
  /** [rows x columns] row-major, for sums. */
  readonly bins: Placed<Uint8Array>;
  /** [columns x rows] column by column, for parting rows. */
  readonly columns: Placed<Uint8Array>;
  /** [outputs x rows] */
  readonly gradient: Placed<Float32Array>;
  readonly hessian: Placed<Float32Array>;
  /** A pair of whole numbers a row, 16 bytes. */
  readonly values: number;
  /** Rows of the leaves, one leaf after the other. */
  readonly order: Placed<Uint32Array>;
  readonly parted: Placed<Uint32Array>;
  /** Gradient, hessian and rows of one column's bins. */
  readonly unpacked: Placed<Float64Array>;
  /** 1 for each bin that goes left. */
  readonly goesLeft: Placed<Uint8Array>;
  /** A column and the place of its bins for each column of a tree. */
  readonly table: Placed<Uint32Array>;
  readonly result: Placed<Uint32Array>;
  /** What a scan knows of each column of a tree, and what it found; in words and in doubles. */
  readonly scanned: Placed<Uint32Array> & { readonly doubles: Float64Array };
  readonly found: Placed<Uint32Array> & { readonly doubles: Float64Array };
  /** Where sums of leaves have room. */
  readonly slots: readonly number[];
  readonly #bytes: Uint8Array;

  /** Throws a UserError where the data is larger than WebAssembly can address. */
  constructor(data: BinnedRows, { outputs, sumsBytes, maxLeaves }: MemoryNeeds) {
    const { rows, columns } = data;
    let used = lineBytes;
    const place = (bytes: number) => {
      const at = used;
      used = Math.ceil((used + bytes) / lineBytes) * lineBytes;
      return at;
    };
    // A row is touched as far as the first byte of the next one.
    const bins = place(rows * columns + 1);
    const byColumn = place(rows * columns);
    const gradient = place(4 * rows * outputs);
    const hessian = place(4 * rows * outputs);
    this.values = place(16 * rows);
    const order = place(4 * rows);
    const parted = place(4 * rows);
    const unpacked = place(256 * 24);
    const goesLeft = place(256);
    const table = place(8 * columns);
    const scanned = place(scannedBytes * columns);
    const found = place(foundBytes);
    const slots = Math.min(maxLeaves + 1, 2 + Math.floor(histogramBytes / Math.max(1, sumsBytes)));
    this.slots = Array.from({ length: slots }, () => place(sumsBytes));
    if (used > largestMemory) throw tooLarge(rows, columns);
    const memory = new WebAssemblyMemory({ initial: Math.ceil(used / pageBytes) });
    const { buffer } = memory;
    this.memory = memory;
    this.bins = { at: bins, view: new Uint8Array(buffer, bins, rows * columns) };
    this.columns = { at: byColumn, view: new Uint8Array(buffer, byColumn, rows * columns) };
    this.gradient = { at: gradient, view: new Float32Array(buffer, gradient, rows * outputs) };
    this.hessian = { at: hessian, view: new Float32Array(buffer, hessian, rows * outputs) };
    this.order = { at: order, view: new Uint32Array(buffer, order, rows) };
    this.parted = { at: parted, view: new Uint32Array(buffer, parted, rows) };
    this.unpacked = { at: unpacked, view: new Float64Array(buffer, unpacked, 256 * 3) };
    this.goesLeft = { at: goesLeft, view: new Uint8Array(buffer, goesLeft, 256) };
    this.table = { at: table, view: new Uint32Array(buffer, table, 2 * columns) };
    const words = (at: number, bytes: number) => ({
      at,
      view: new Uint32Array(buffer, at, bytes / 4),
      doubles: new Float64Array(buffer, at, bytes / 8),
    });
    this.scanned = words(scanned, scannedBytes * columns);
    this.found = words(found, foundBytes);
    this.result = { at: 8, view: new Uint32Array(buffer, 8, 1) };
    this.bins.view.set(data.bins);
    transpose(data, this.columns.view);
    this.#bytes = new Uint8Array(buffer);
  }

  clear(at: number, bytes: number): void {
    this.#bytes.fill(0, at, at + bytes);
  }
}

/** Node's types for WebAssembly leave out what is not in the DOM's. */
const WebAssemblyMemory = (
  globalThis as unknown as {
    readonly WebAssembly: { readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer } };
  }
).WebAssembly.Memory;

/** Block by block, so that what is read stays in the cache until all of its columns are written. */
function transpose({ bins, rows, columns }: BinnedRows, out: Uint8Array): void {
  const block = Math.max(64, Math.ceil(16384 / Math.max(1, columns)));
  for (let begin = 0; begin < rows; begin += block) {
    const end = Math.min(rows, begin + block);
    for (let column = 0; column < columns; column++) {
      const to = column * rows;
      for (let row = begin, from = begin * columns + column; row < end; row++, from += columns) {
        out[to + row] = bins[from];
      }
    }
  }
}

const tooLarge = (rows: number, columns: number) =>
  new UserError('boosting-memory', `Gradient boosting cannot hold ${rows} rows of ${columns} columns in 4 GB.`, {
    advice: 'Leave columns or rows out of the data, or leave boosting out of "learners".',
  });
