import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, lstat, mkdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../shared/faults.ts';
import { countWords, listWords } from '../../shared/results/numbers.ts';
import { writeAtomically } from '../data/atomic-file.ts';
import { hasCode } from '../error-code.ts';
import type { WrittenDocument } from './markdown/dossier.ts';

/** Beside the pages: what was written, so that nothing else is ever overwritten or removed. */
export const listName = '.vitrine-pages.json';

/** By path, the hashes of what was written there: the newest first, and the one before it. */
type Written = Readonly<Record<string, readonly string[]>>;

export interface FolderOptions {
  readonly signal?: AbortSignal;
  /** How a new file is opened; another one in tests. */
  readonly create?: (path: string) => Promise<FileHandle>;
}

/**
 * Writes pages to a folder: all of them beside it first, then each moved to its place, so that a full disk leaves nothing half written. In a
 * folder that is there already only pages that were written here before, and not changed since, are replaced or removed. Throws a UserError
 * where a file of somebody's stands in the way, the disk is full, or the folder cannot be written.
 */
export async function writeFolder(
  folder: string,
  documents: readonly WrittenDocument[],
  options: FolderOptions = {},
): Promise<void> {
  try {
    const written = await writtenIn(folder);
    await mustBeOurs(folder, documents, written);
    await mkdir(dirname(folder), { recursive: true });
    await writeBeside(folder, [...documents, listOf(documents, written)], written, options);
  } catch (error) {
    const isTold = error instanceof UserError || (error instanceof Error && error.name === 'AbortError');
    throw isTold ? error : notWritten(folder, error);
  }
}

/** Into a fresh folder, which becomes the wanted one, or whose pages move there. */
async function writeBeside(
  folder: string,
  pages: readonly WrittenDocument[],
  written: Written | null,
  options: FolderOptions,
): Promise<void> {
  const fresh = join(dirname(folder), `.${basename(folder)}.${randomUUID()}.tmp`);
  await mkdir(fresh);
  try {
    for (const page of pages) await writePage(fresh, page, options);
    options.signal?.throwIfAborted();
    if (written === null) await rename(fresh, folder);
    else await moveInto(folder, fresh, pages, written);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function writePage(
  folder: string,
  { path, text }: WrittenDocument,
  { signal, create }: FolderOptions,
): Promise<void> {
  signal?.throwIfAborted();
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeAtomically(join(folder, path), (file) => file.writeFile(text), create);
}

/** What was written to the folder before; null where there is no such folder. */
async function writtenIn(folder: string): Promise<Written | null> {
  const found = await kindOf(folder);
  if (found === 'nothing') return null;
  if (found !== 'folder')
    throw new UserError('folder-taken', 'there is a file where the folder is to be.', {
      place: { file: folder },
      advice: 'Choose another folder.',
    });
  try {
    return readList(await readFile(join(folder, listName), 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return {};
    throw error;
  }
}

/** A list that cannot be read names nothing: then nothing is overwritten. */
function readList(text: string): Written {
  try {
    const { files }: { files?: unknown } = JSON.parse(text);
    if (typeof files !== 'object' || files === null) return {};
    const lists = Object.entries(files).filter(([, hashes]) => Array.isArray(hashes));
    return Object.fromEntries(lists.map(([path, hashes]) => [path, hashes.map(String)]));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const listOf = (documents: readonly WrittenDocument[], before: Written | null): WrittenDocument => ({
  path: listName,
  text: `${JSON.stringify(
    {
      version: 1,
      files: Object.fromEntries(
        documents.map(({ path, text }) => [path, [...new Set([hashOf(text), ...(before?.[path] ?? [])])].slice(0, 2)]),
      ),
    },
    null,
    2,
  )}\n`,
});

const hashOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** Throws a UserError where a page would replace a file that was not written here, or was changed since. */
async function mustBeOurs(
  folder: string,
  documents: readonly WrittenDocument[],
  written: Written | null,
): Promise<void> {
  if (written === null) return;
  const foreign: string[] = [];
  for (const { path, text } of documents) {
    const parent = dirname(join(folder, path));
    if (parent !== folder && !['nothing', 'folder'].includes(await kindOf(parent))) foreign.push(dirname(path));
    else if (!(await isOurs(folder, path, [hashOf(text), ...(written[path] ?? [])]))) foreign.push(path);
  }
  if (foreign.length === 0) return;
  const names = [...new Set(foreign)];
  const shown = names.length > 5 ? [...names.slice(0, 5), countWords(names.length - 5, 'more file')] : names;
  throw new UserError(
    'page-changed',
    `${listWords(shown)} ${names.length === 1 ? 'is' : 'are'} not as Vitrine wrote ${names.length === 1 ? 'it' : 'them'}.`,
    {
      place: { file: folder },
      advice: 'Nothing was written. Choose another folder, or move your own text away.',
    },
  );
}

async function isOurs(folder: string, path: string, hashes: readonly string[]): Promise<boolean> {
  const kind = await kindOf(join(folder, path));
  if (kind === 'nothing') return true;
  return kind === 'file' && hashes.includes(hashOf(await readFile(join(folder, path))));
}

/** A link is none of ours, wherever it leads. */
async function kindOf(path: string): Promise<'nothing' | 'file' | 'folder' | 'other'> {
  try {
    const found = await lstat(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'nothing';
    throw error;
  }
}

/** The list first: whatever ends this half way, the next time knows both the old pages and the new as its own. */
async function moveInto(
  folder: string,
  fresh: string,
  pages: readonly WrittenDocument[],
  written: Written,
): Promise<void> {
  for (const { path } of pages.toReversed()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await rename(join(fresh, path), join(folder, path));
  }
  const kept = new Set(pages.map(({ path }) => path));
  for (const [path, hashes] of Object.entries(written)) {
    if (kept.has(path) || !isPage(path) || !(await isOurs(folder, path, hashes))) continue;
    await rm(join(folder, path), { force: true });
    await removeEmpty(dirname(join(folder, path)), folder);
  }
}

/** A list that was tampered with leads nowhere outside. */
const isPage = (path: string): boolean => /^(explanations\/)?[a-z-]+\.md$/i.test(path);

async function removeEmpty(folder: string, root: string): Promise<void> {
  if (folder === root) return;
  try {
    await rmdir(folder);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
  }
}

function notWritten(folder: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError('folder-not-written', `the pages could not be written: ${reason}`, {
    place: { file: folder },
    advice: 'Choose a folder that you may write to.',
    cause,
  });
}
