import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { countWords } from '../../../shared/results/numbers.ts';
import type { CodedColumn, Table } from '../table.ts';
import { decodeImage } from './decode-image.ts';
import { ImageFault } from './image-header.ts';
import type { Picture } from './picture.ts';

/** Longest side of a picture that is kept in memory, and so the largest that a model sees. */
export const thumbnailSide = 64;

/** What all kept pictures may take, in bytes: some 20,000 of the largest. */
const mostBytes = 2 ** 28;

/** Small pictures of this process by the path of their file, the latest last; null where the file holds none. */
const kept = new Map<string, Picture | null>();
let bytes = 0;

/** Pictures that are in no file, by a path of their own. */
const lent = new Map<string, Picture>();
let lendings = 0;

export interface LentPictures {
  /** [pictures] what a column of images calls them. */
  readonly paths: readonly string[];
  giveBack(): void;
}

/** Makes pictures known under paths that no file has, until they are given back: what a model would say of them can then be asked. */
export function lendPictures(pictures: readonly Picture[]): LentPictures {
  lendings++;
  const paths = pictures.map((_, i) => `vitrine:lent/${lendings}/${i}`);
  paths.forEach((path, i) => {
    lent.set(path, pictures[i]);
  });
  return {
    paths,
    giveBack() {
      for (const path of paths) lent.delete(path);
    },
  };
}

/** The small picture of a file, null where it holds none that can be read (which loading the data has said). */
export function thumbnail(path: string): Picture | null {
  const known = lent.get(path) ?? kept.get(path);
  return known === undefined ? keep(path, contentOf(path)) : known;
}

/**
 * Reads the pictures of a table before they are asked for, one at a time, so that others are heard between two; stops with the
 * signal's reason.
 */
export async function readThumbnails(table: Table, signal?: AbortSignal): Promise<void> {
  for (const column of imageColumns(table)) {
    for (const code of new Set(column.codes)) {
      const path = column.levels[code];
      if (path === undefined || kept.has(path) || lent.has(path)) continue;
      signal?.throwIfAborted();
      await readThumbnail(path);
      if (bytes >= mostBytes) return;
      await setImmediate();
    }
  }
}

async function readThumbnail(path: string): Promise<void> {
  let content: Uint8Array | null;
  try {
    content = await readFile(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    content = null;
  }
  keep(path, content);
}

/**
 * '; 2 images cannot be decoded' of a table, or nothing: files that looked whole when the data were loaded, and are not, or are gone
 * since.
 */
export function undecodedWords(table: Table): string {
  let count = 0;
  for (const { codes, levels } of imageColumns(table)) {
    for (const code of new Set(codes)) if (code >= 0 && thumbnail(levels[code]) === null) count++;
  }
  return count > 0
    ? `; ${countWords(count, 'image')} cannot be decoded and ${count === 1 ? 'counts' : 'count'} as missing`
    : '';
}

/** Columns of images, by name. */
export const imageColumns = ({ columns }: Table): CodedColumn[] =>
  columns.filter((column): column is CodedColumn => column.type === 'image').sort((a, b) => (a.name < b.name ? -1 : 1));

function keep(path: string, content: Uint8Array | null): Picture | null {
  const picture = content && pictureIn(content);
  kept.set(path, picture);
  bytes += sizeOf(picture);
  for (const [oldest, old] of kept) {
    if (bytes <= mostBytes || oldest === path) break;
    kept.delete(oldest);
    bytes -= sizeOf(old);
  }
  return picture;
}

/** Beside the pixels: a path and a place in the map. */
const sizeOf = (picture: Picture | null): number => 200 + (picture?.pixels.length ?? 0);

function pictureIn(content: Uint8Array): Picture | null {
  try {
    return decodeImage(content, thumbnailSide);
  } catch (error) {
    if (error instanceof ImageFault) return null;
    throw error;
  }
}

function contentOf(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '');
