import { type FileHandle, open } from 'node:fs/promises';
import type { DatasetInfo } from '../../shared/dataset.ts';
import { writeAtomically } from './atomic-file.ts';
import type { Dataset, Target } from './dataset.ts';
import type { Column, Table } from './table.ts';

/**
 * A data set as a file that a worker reads in one go: 8 bytes "VITRINE1", the length of a JSON header (8 bytes, little endian), the header,
 * then each array at a multiple of 8 bytes, little endian, in the order in which the header lists them. Levels of coded columns
 * are arrays too: their UTF-8 bytes end to end, and where each ends.
 */
const magic = 'VITRINE1';
const align = (bytes: number) => Math.ceil(bytes / 8) * 8;

type NumberArray = Float64Array | Int32Array | Uint32Array | Uint8Array;
const arrayTypes = { f64: Float64Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array } as const;
type ArrayType = keyof typeof arrayTypes;

interface ArrayEntry {
  readonly type: ArrayType;
  readonly length: number;
}

type ColumnEntry = { readonly kind: Column['kind']; readonly name: string; readonly type: Column['type'] };

interface Header {
  readonly info: DatasetInfo;
  readonly features: readonly ColumnEntry[];
  readonly keys: readonly ColumnEntry[];
  readonly target: Target['kind'];
  readonly arrays: readonly ArrayEntry[];
}

/**
 * Writes a data set, whole or not at all; give it `takeDataset(data, rest)` where the test part must stay unseen.
 * Throws a UserError where the disk is full.
 */
export async function writeSnapshot(
  data: Dataset,
  path: string,
  create?: (path: string) => Promise<FileHandle>,
): Promise<void> {
  const arrays: NumberArray[] = [data.rowIds, data.target.kind === 'classes' ? data.target.codes : data.target.values];
  for (const column of [...data.features.columns, ...data.keys.columns]) arrays.push(...columnArrays(column));
  const entry = ({ kind, name, type }: Column): ColumnEntry => ({ kind, name, type });
  const header: Header = {
    info: data.info,
    features: data.features.columns.map(entry),
    keys: data.keys.columns.map(entry),
    target: data.target.kind,
    arrays: arrays.map((array) => ({ type: typeOf(array), length: array.length })),
  };
  const json = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(align(16 + json.length));
  start.write(magic, 'latin1');
  start.writeBigUInt64LE(BigInt(json.length), 8);
  json.copy(start, 16);
  await writeAtomically(
    path,
    async (file) => {
      await writeAll(file, start);
      for (const array of arrays) {
        await writeAll(file, bytesOf(array));
        await writeAll(file, Buffer.alloc(align(array.byteLength) - array.byteLength));
      }
    },
    create,
  );
}

/** Reads what `writeSnapshot` wrote, bit for bit. Throws an Error where the file is none of its own or is cut short. */
export async function readSnapshot(path: string): Promise<Dataset> {
  const file = await open(path, 'r');
  try {
    const start = await readAll(file, new Uint8Array(16), 0, path);
    const view = Buffer.from(start.buffer);
    if (view.toString('latin1', 0, 8) !== magic) throw new Error(`${path} is not a snapshot of a data set`);
    const length = Number(view.readBigUInt64LE(8));
    const json = await readAll(file, new Uint8Array(length), 16, path);
    const header = JSON.parse(Buffer.from(json.buffer).toString('utf8')) as Header;
    return assemble(header, await readArrays(file, header.arrays, align(16 + length), path));
  } finally {
    await file.close();
  }
}

function assemble(header: Header, arrays: readonly NumberArray[]): Dataset {
  let next = 0;
  const take = <T extends NumberArray>() => arrays[next++] as T;
  const rowIds = take<Uint32Array>();
  const target: Target =
    header.target === 'classes'
      ? { kind: 'classes', codes: take<Int32Array>(), classes: header.info.classes ?? [] }
      : { kind: 'values', values: take<Float64Array>() };
  const table = (entries: readonly ColumnEntry[]): Table => ({
    rowCount: rowIds.length,
    columns: entries.map((entry): Column => {
      if (entry.kind === 'numeric') return { ...entry, values: take<Float64Array>() } as Column;
      return {
        ...entry,
        codes: take<Int32Array>(),
        levels: unpackLevels(take<Uint32Array>(), take<Uint8Array>()),
      } as Column;
    }),
  });
  return { info: header.info, features: table(header.features), target, rowIds, keys: table(header.keys) };
}

function columnArrays(column: Column): NumberArray[] {
  return column.kind === 'numeric' ? [column.values] : [column.codes, ...packLevels(column.levels)];
}

function packLevels(levels: readonly string[]): [Uint32Array, Uint8Array] {
  const parts = levels.map((level) => Buffer.from(level));
  let end = 0;
  const ends = Uint32Array.from(parts, (part) => (end += part.length));
  const bytes = new Uint8Array(end);
  for (let i = 0; i < parts.length; i++) bytes.set(parts[i], ends[i] - parts[i].length);
  return [ends, bytes];
}

function unpackLevels(ends: Uint32Array, bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from(ends, (end, i) => text.toString('utf8', i === 0 ? 0 : ends[i - 1], end));
}

function typeOf(array: NumberArray): ArrayType {
  const found = (Object.keys(arrayTypes) as ArrayType[]).find((type) => array instanceof arrayTypes[type]);
  if (!found) throw new TypeError('an array of a type that a snapshot cannot hold');
  return found;
}

const bytesOf = (array: NumberArray) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Most bytes in one call of the system. */
const largestPiece = 1 << 28;

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await file.write(bytes, at, Math.min(largestPiece, bytes.length - at))).bytesWritten;
  }
}

async function readAll(
  file: FileHandle,
  bytes: Uint8Array<ArrayBuffer>,
  position: number,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(largestPiece, bytes.length - at), position + at);
    if (bytesRead === 0) throw new Error(`${path} is cut short`);
    at += bytesRead;
  }
  return bytes;
}

async function readArrays(
  file: FileHandle,
  entries: readonly ArrayEntry[],
  start: number,
  path: string,
): Promise<NumberArray[]> {
  const arrays: NumberArray[] = [];
  let position = start;
  for (const { type, length } of entries) {
    const array = new arrayTypes[type](length);
    await readAll(file, new Uint8Array(array.buffer), position, path);
    arrays.push(array);
    position += align(array.byteLength);
  }
  return arrays;
}
