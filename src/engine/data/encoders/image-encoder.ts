import { resized } from '../images/picture.ts';
import { imageColumns, readThumbnails, thumbnail } from '../images/thumbnails.ts';
import type { CodedColumn, Table } from '../table.ts';

/** All that is learnt of the images before training; survives JSON. */
export interface ImageState {
  /** Columns whose channels lie side by side, sorted by name. */
  readonly columns: readonly string[];
  /** Pixels of a side; all pictures are squares. */
  readonly side: number;
  /** [channels] over the training images' pixels, 0 to 255. */
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** [rows x side x side x channels], 0 to 255; an image that is missing is grey: each channel's mean. */
export interface EncodedImages {
  readonly rows: number;
  readonly side: number;
  readonly channels: number;
  readonly values: Uint8Array;
}

/** Most bytes of the encoded pictures of a table. */
const mostBytes = 5e8;
const leastSide = 4;

/**
 * Encodes the images of a table as squares of at most `mostSide` pixels, no larger than the largest image. Stops with the signal's
 * reason. @param table has a column of images
 */
export async function fitImageEncoder(
  table: Table,
  mostSide: number,
  signal: AbortSignal,
): Promise<{ readonly state: ImageState; readonly encoded: EncodedImages }> {
  await readThumbnails(table, signal);
  const columns = imageColumns(table);
  const channels = 3 * columns.length;
  const room = Math.floor(Math.sqrt(mostBytes / Math.max(1, table.rowCount * channels)));
  const side = Math.max(leastSide, Math.min(mostSide, largestSide(columns), room));
  const { values, present } = pixelsOf(table, columns, side);
  const { means, deviations } = moments(values, present, side, columns.length);
  const state: ImageState = { columns: columns.map(({ name }) => name), side, means, deviations };
  fillMissing(values, present, state);
  return { state, encoded: { rows: table.rowCount, side, channels, values } };
}

/** Other rows as those that the state was learnt from. Throws a RangeError where a column is not there. */
export async function encodeImages(state: ImageState, table: Table, signal?: AbortSignal): Promise<EncodedImages> {
  await readThumbnails(table, signal);
  const found = imageColumns(table);
  const columns = state.columns.map((name) => {
    const column = found.find((candidate) => candidate.name === name);
    if (!column) throw new RangeError(`no column of images "${name}"`);
    return column;
  });
  const { values, present } = pixelsOf(table, columns, state.side);
  fillMissing(values, present, state);
  return { rows: table.rowCount, side: state.side, channels: 3 * columns.length, values };
}

/** The rows at these positions with mean 0 and deviation 1 a channel, [rows x side x side x channels]. */
export function standardized({ side, channels, values }: EncodedImages, rows: Uint32Array, state: ImageState) {
  const size = side * side * channels;
  const result = new Float32Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * size;
    for (let j = 0; j < size; j++) {
      const channel = j % channels;
      result[i * size + j] = (values[from + j] - state.means[channel]) / state.deviations[channel];
    }
  }
  return result;
}

function largestSide(columns: readonly CodedColumn[]): number {
  let largest = 0;
  for (const { codes, levels } of columns) {
    for (const code of new Set(codes)) {
      const picture = code < 0 ? null : thumbnail(levels[code]);
      if (picture) largest = Math.max(largest, picture.width, picture.height);
    }
  }
  return largest;
}

interface Pixels {
  readonly values: Uint8Array;
  /** [rows x columns], 1 where there is an image. */
  readonly present: Uint8Array;
}

function pixelsOf({ rowCount }: Table, columns: readonly CodedColumn[], side: number): Pixels {
  const channels = 3 * columns.length;
  const places = side * side;
  const values = new Uint8Array(rowCount * places * channels);
  const present = new Uint8Array(rowCount * columns.length);
  for (const [c, { codes, levels }] of columns.entries()) {
    const rowsOf = Map.groupBy(codes.keys(), (row) => codes[row]);
    for (const [code, rows] of rowsOf) {
      const picture = code < 0 ? null : thumbnail(levels[code]);
      if (!picture) continue;
      const { pixels } = resized(picture, side, side);
      for (const row of rows) {
        present[row * columns.length + c] = 1;
        for (let place = 0; place < places; place++)
          values.set(pixels.subarray(3 * place, 3 * place + 3), (row * places + place) * channels + 3 * c);
      }
    }
  }
  return { values, present };
}

/** Mean and deviation of each channel; a channel that does not vary, or is not there, keeps 127 or its mean, and deviation 1. */
function moments(values: Uint8Array, present: Uint8Array, side: number, columns: number) {
  const channels = 3 * columns;
  const [counts, sums, squares] = [0, 1, 2].map(() => new Float64Array(channels));
  forEachPixel(values, present, side, columns, (at, channel, isPresent) => {
    if (!isPresent) return;
    counts[channel]++;
    sums[channel] += values[at];
    squares[channel] += values[at] ** 2;
  });
  const means = Array.from(counts, (count, k) => (count > 0 ? sums[k] / count : 127));
  const deviations = means.map((mean, k) => {
    const variance = counts[k] > 0 ? squares[k] / counts[k] - mean ** 2 : 0;
    return variance > 1e-6 ? Math.sqrt(variance) : 1;
  });
  return { means, deviations };
}

function fillMissing(values: Uint8Array, present: Uint8Array, { means, side, columns }: ImageState): void {
  forEachPixel(values, present, side, columns.length, (at, channel, isPresent) => {
    if (!isPresent) values[at] = Math.round(means[channel]);
  });
}

function forEachPixel(
  values: Uint8Array,
  present: Uint8Array,
  side: number,
  columns: number,
  visit: (at: number, channel: number, isPresent: boolean) => void,
): void {
  const channels = 3 * columns;
  const size = side * side * channels;
  for (let at = 0; at < values.length; at++) {
    const channel = at % channels;
    visit(at, channel, present[Math.floor(at / size) * columns + Math.floor(channel / 3)] === 1);
  }
}
