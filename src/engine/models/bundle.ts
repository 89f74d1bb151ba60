import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../shared/faults.ts';
import { damaged, headerOf, parseHeader, unpackBundle } from './bundle-header.ts';
import type { ModelBundle } from './model.ts';
import { packed } from './packed-arrays.ts';

/**
 * Writes a bundle as a folder: `model.json` and `arrays.bin`. The folder appears whole or not at all.
 * Throws a UserError where the disk is full.
 */
export async function writeBundle(bundle: ModelBundle, folder: string): Promise<void> {
  const making = `${folder}.making-${process.pid}`;
  try {
    await mkdir(making, { recursive: true });
    await writeFile(join(making, 'arrays.bin'), packed(bundle.arrays));
    await writeFile(join(making, 'model.json'), headerOf(bundle));
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
  return unpackBundle(header, await readArrays(folder), file);
}

async function readArrays(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = join(folder, 'arrays.bin');
  if (!(await exists(file))) throw damaged('its arrays are not beside it', file);
  return readFile(file);
}

/** The same bundle as one JSON text, arrays in base64: what `vitrine export` writes. */
export function bundleToJson(bundle: ModelBundle): string {
  const bytes = Buffer.concat([...packed(bundle.arrays)]);
  return `${headerOf(bundle).slice(0, -1)},"arraysBase64":"${bytes.toString('base64')}"}`;
}

/** Reads what `bundleToJson` wrote. Throws a UserError as `readBundle` does. */
export function bundleFromJson(text: string, file: string): ModelBundle {
  const { arraysBase64, ...header } = parseHeader(text, file);
  if (typeof arraysBase64 !== 'string') throw damaged('it has no arrays', file);
  return unpackBundle(header, Buffer.from(arraysBase64, 'base64'), file);
}

/** A bundle that may be a folder or a file. Throws a UserError as `readBundle` does, and where there is neither. */
export async function readModelFile(path: string): Promise<ModelBundle> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isDirectory()) return readBundle(path);
  return bundleFromJson(await readFile(path, 'utf8'), path);
}

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
