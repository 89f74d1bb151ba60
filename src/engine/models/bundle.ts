import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../shared/faults.ts';
import type { ModelBundle, NumericArray } from './model.ts';

const arrayTypes = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array } as const;
type ArrayType = keyof typeof arrayTypes;

/** Where one array lies in `arrays.bin`, in bytes; little-endian as every machine that runs this is. */
interface ArrayPlace {
  readonly type: ArrayType;
  readonly offset: number;
  readonly length: number;
}

type Header = Omit<ModelBundle, 'arrays'> & { readonly arrays: Readonly<Record<string, ArrayPlace>> };

/** Arrays begin at multiples of the widest element. */
const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8;

function pack(bundle: ModelBundle): { header: Header; bytes: Uint8Array<ArrayBuffer> } {
  const places: Record<string, ArrayPlace> = {};
  let size = 0;
  for (const [name, array] of Object.entries(bundle.arrays)) {
    places[name] = { type: array.constructor.name as ArrayType, offset: size, length: array.length };
    size = aligned(size + array.byteLength);
  }
  const bytes = new Uint8Array(size);
  for (const [name, array] of Object.entries(bundle.arrays))
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), places[name].offset);
  return { header: { ...bundle, arrays: places }, bytes };
}

function unpack(header: Header, bytes: Uint8Array): ModelBundle {
  const arrays: Record<string, NumericArray> = {};
  for (const [name, place] of Object.entries(header.arrays)) {
    const Type = arrayTypes[place.type];
    const start = bytes.byteOffset + place.offset;
    arrays[name] = new Type(bytes.buffer.slice(start, start + place.length * Type.BYTES_PER_ELEMENT) as ArrayBuffer);
  }
  return { ...header, arrays };
}

/** Bytes that the bundle takes on disk. */
export const bundleBytes = (bundle: ModelBundle): number => {
  const { header, bytes } = pack(bundle);
  return Buffer.byteLength(JSON.stringify(header)) + bytes.byteLength;
};

/**
 * Writes a bundle as a folder: `model.json` and `arrays.bin`. The folder appears whole or not at all.
 * Throws a UserError where the disk is full.
 */
export async function writeBundle(bundle: ModelBundle, folder: string): Promise<void> {
  const { header, bytes } = pack(bundle);
  const making = `${folder}.making-${process.pid}`;
  try {
    await mkdir(making, { recursive: true });
    await writeFile(join(making, 'arrays.bin'), bytes);
    await writeFile(join(making, 'model.json'), JSON.stringify(header));
    await rm(folder, { recursive: true, force: true });
    await rename(making, folder);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw writeFault(error, folder);
  }
}

/** Throws a UserError where there is no model, or a damaged one. */
export async function readBundle(folder: string): Promise<ModelBundle> {
  const file = join(folder, 'model.json');
  if (!(await exists(file)))
    throw new UserError('model-missing', 'the model of this trial is not on the disk.', {
      place: { file },
      advice: 'It was deleted, or the trial did not finish. Run the experiment again.',
    });
  const header = parseHeader(await readFile(file, 'utf8'), file);
  return unpack(header, await readFile(join(folder, 'arrays.bin')));
}

/** The same bundle as one JSON text, arrays in base64: what `vitrine export` writes. */
export function bundleToJson(bundle: ModelBundle): string {
  const { header, bytes } = pack(bundle);
  return JSON.stringify({ ...header, arraysBase64: Buffer.from(bytes).toString('base64') });
}

/** Reads what `bundleToJson` wrote. */
export function bundleFromJson(text: string, file: string): ModelBundle {
  const { arraysBase64, ...header } = parseHeader(text, file) as Header & { arraysBase64?: string };
  if (typeof arraysBase64 !== 'string') throw notAModel(file);
  return unpack(header, Buffer.from(arraysBase64, 'base64'));
}

function parseHeader(text: string, file: string): Header {
  let header: Header;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw notAModel(file, error);
  }
  if (header?.format !== 'vitrine-model' || header.version !== 1) throw notAModel(file);
  return header;
}

const notAModel = (file: string, cause?: unknown) =>
  new UserError('model-unreadable', 'this is not a model of this version of Vitrine.', {
    place: { file },
    advice: 'Export it again, or update Vitrine.',
    cause,
  });

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A full disk or a read-only folder in words; other errors unchanged. */
export function writeFault(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC')
    return new UserError('disk-full', 'the disk is full: the file could not be written.', {
      place: { file: path },
      advice: 'Free some space and try again; what was there before is untouched.',
      cause: error,
    });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return new UserError('unwritable', 'this place cannot be written.', {
      place: { file: path },
      advice: 'Check the permissions of the folder, or name another.',
      cause: error,
    });
  return error;
}
