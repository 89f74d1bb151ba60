import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { emscripten } from './emscripten.ts';
import { tileColumns, tileRows } from './programs/tile.ts';
import { type Programs, programsFor } from './programs.ts';
import { scratchMemory } from './scratch-memory.ts';

/** A float32 matrix in wasm memory; strides are the bytes from one row, or column, to the next. One of them is 4. */
export interface HeapMatrix {
  readonly address: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** [rows x columns] row-major, seen as its transpose where asked. */
export const heapMatrix = (address: number, columns: number, transposed: boolean): HeapMatrix =>
  transposed
    ? { address, rowStride: 4, columnStride: 4 * columns }
    : { address, rowStride: 4 * columns, columnStride: 4 };

/**
 * out [rows x columns] row-major = a [rows x inner] b [inner x columns] + bias [columns]. Columns of b are packed 8 by 8
 * and rows of a transposed `a` 4 by 4, so that the inner loop reads memory in order (Goto and van de Geijn 2008). Each
 * entry is summed along `inner` in order: the same bits for a row, whatever rows are beside it.
 * @param out address, as is `bias`
 */
export function multiplyMatrices(
  backend: BackendWasm,
  shape: ProductShape,
  a: HeapMatrix,
  b: HeapMatrix,
  out: number,
  bias?: number,
): void {
  const { rows, inner, columns } = shape;
  if (rows === 0 || columns === 0) return;
  if (inner === 0) {
    fillWithBias(backend, shape, out, bias);
    return;
  }
  const work = workspace(backend, shape);
  const programs = programsFor(backend);
  const strips = stripsOf(programs, a, shape, work.left);
  for (let column = 0; column < columns; column += tileColumns) {
    const width = Math.min(tileColumns, columns - column);
    const whole = width === tileColumns;
    const source = { ...b, address: b.address + column * b.columnStride };
    if (whole) packPanel(programs, source, inner, work.panel);
    else packPartialPanel(backend, source, inner, width, work.panel);
    const start =
      whole && bias ? bias + 4 * column : startOfSums(backend, bias && bias + 4 * column, width, work.start);
    const to = whole ? out + 4 * column : work.edge;
    const toStride = whole ? 4 * columns : 4 * tileColumns;
    multiplyStrips(programs, strips, inner, work.panel, start, to, toStride);
    if (!whole) copyEdge(backend, work.edge, rows, width, out + 4 * column, columns);
  }
}

/** Rows that are multiplied in one call, by tiles or one by one. */
interface Strip extends HeapMatrix {
  readonly program: 'multiplyTile' | 'multiplyRow';
  readonly from: number;
  readonly rows: number;
  readonly blockStride: number;
}

function stripsOf(programs: Programs, a: HeapMatrix, { rows, inner }: ProductShape, left: number): Strip[] {
  const tiled = rows - (rows % tileRows);
  const strips: Strip[] = [];
  const blockStride = tileRows * a.rowStride;
  if (tiled > 0 && a.columnStride === 4)
    strips.push({ ...a, program: 'multiplyTile', from: 0, rows: tiled, blockStride });
  else if (tiled > 0) strips.push(packLeft(programs, a, tiled, inner, left));
  if (rows > tiled) {
    const address = a.address + tiled * a.rowStride;
    strips.push({ ...a, address, program: 'multiplyRow', from: tiled, rows: rows - tiled, blockStride: a.rowStride });
  }
  return strips;
}

/** Of a matrix whose columns are contiguous: blocks of [inner x 4], one after the other. */
function packLeft(programs: Programs, a: HeapMatrix, rows: number, inner: number, left: number): Strip {
  const blockStride = inner * tileRows * 4;
  for (let row = 0; row < rows; row += tileRows) {
    const to = left + (row / tileRows) * blockStride;
    programs.packTileRows(a.address + row * 4, a.columnStride, to, inner);
  }
  return {
    address: left,
    rowStride: 4,
    columnStride: tileRows * 4,
    program: 'multiplyTile',
    from: 0,
    rows,
    blockStride,
  };
}

function packPanel(programs: Programs, b: HeapMatrix, inner: number, panel: number): void {
  if (b.columnStride === 4) programs.packPanelRows(b.address, b.rowStride, panel, inner);
  else programs.packPanelColumns(b.address, b.columnStride, panel, inner);
}

function multiplyStrips(
  programs: Programs,
  strips: readonly Strip[],
  inner: number,
  panel: number,
  start: number,
  out: number,
  outStride: number,
): void {
  for (const { program, address, rowStride, columnStride, blockStride, from, rows } of strips) {
    const to = out + from * outStride;
    programs[program](address, rowStride, columnStride, blockStride, panel, start, to, outStride, rows, inner);
  }
}

/** The last columns, fewer than a panel has, filled up with zeros. */
function packPartialPanel(backend: BackendWasm, b: HeapMatrix, inner: number, width: number, panel: number): void {
  const heap = emscripten(backend).HEAPF32;
  heap.fill(0, panel / 4, panel / 4 + inner * tileColumns);
  for (let k = 0; k < inner; k++) {
    for (let j = 0; j < width; j++) {
      heap[panel / 4 + k * tileColumns + j] = heap[(b.address + k * b.rowStride + j * b.columnStride) / 4];
    }
  }
}

/** What the sums of a panel begin with: 8 floats, zeros where there is no bias. */
function startOfSums(backend: BackendWasm, bias: number | undefined, width: number, start: number): number {
  const heap = emscripten(backend).HEAPF32;
  heap.fill(0, start / 4, start / 4 + tileColumns);
  if (bias) heap.copyWithin(start / 4, bias / 4, bias / 4 + width);
  return start;
}

/** A sum over nothing. */
function fillWithBias(backend: BackendWasm, { rows, columns }: ProductShape, out: number, bias?: number): void {
  const heap = emscripten(backend).HEAPF32;
  heap.fill(0, out / 4, out / 4 + rows * columns);
  for (let row = 0; bias && row < rows; row++) heap.copyWithin(out / 4 + row * columns, bias / 4, bias / 4 + columns);
}

function copyEdge(backend: BackendWasm, edge: number, rows: number, width: number, out: number, columns: number): void {
  const heap = emscripten(backend).HEAPF32;
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < width; j++) heap[out / 4 + row * columns + j] = heap[edge / 4 + row * tileColumns + j];
  }
}

/** Addresses of the packed operands, of a partial panel's result and of 8 starting values. */
function workspace(backend: BackendWasm, { rows, inner }: ProductShape) {
  const sizes = { left: rows * inner * 4, panel: inner * tileColumns * 4, edge: rows * tileColumns * 4, start: 32 };
  const aligned = (bytes: number) => Math.ceil(bytes / 16) * 16;
  const left = scratchMemory(
    backend,
    Object.values(sizes).reduce((sum, bytes) => sum + aligned(bytes), 0),
  );
  const panel = left + aligned(sizes.left);
  const edge = panel + aligned(sizes.panel);
  return { left, panel, edge, start: edge + aligned(sizes.edge) };
}
