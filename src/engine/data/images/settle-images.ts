import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { countWords } from '../../../shared/results/numbers.ts';
import type { CodedColumn, Column } from '../table.ts';
import { ImageFault, imageHeader } from './image-header.ts';

export interface SettledImages {
  /** Those of images with absolute paths as levels, missing where the file is no image that can be read. */
  readonly columns: Column[];
  /** What stands in a level's place where data are compared: its relative path and the hash of the file. */
  readonly contents: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/** A larger file is not read. */
const mostBytes = 2 ** 28;
const shownAtMost = 3;

/**
 * Finds the files of columns of images and looks at each: paths are relative to `folder`. Pixels are not decoded, but a file that is
 * cut short, empty, damaged, too large or none of PNG and JPEG is found; its rows are missing, and it is named in the notes.
 */
export async function settleImages(
  columns: readonly Column[],
  folder: string,
  signal?: AbortSignal,
): Promise<SettledImages> {
  const contents = new Map<string, string>();
  const notes: string[] = [];
  const settled: Column[] = [];
  for (const column of columns) {
    if (column.kind !== 'coded' || column.type !== 'image') {
      settled.push(column);
      continue;
    }
    const faults = new Map<number, string>();
    const levels = column.levels.map((path) => resolve(folder, path));
    for (const [code, path] of levels.entries()) {
      signal?.throwIfAborted();
      const seen = await look(path);
      if ('fault' in seen) faults.set(code, seen.fault);
      contents.set(path, `${column.levels[code]} ${'hash' in seen ? seen.hash : ''}`);
    }
    if (faults.size > 0) notes.push(faultNote(column, faults));
    settled.push({ ...column, levels, codes: column.codes.map((code) => (faults.has(code) ? -1 : code)) });
  }
  return { columns: settled, contents, notes };
}

/** SHA-256 of the file, first 16 hexadecimal digits; or why it cannot be used. */
async function look(path: string): Promise<{ readonly hash: string } | { readonly fault: string }> {
  try {
    if ((await stat(path)).size > mostBytes) return { fault: 'is too large' };
    const bytes = await readFile(path);
    imageHeader(bytes);
    return { hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16) };
  } catch (error) {
    if (error instanceof ImageFault) return { fault: error.message };
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { fault: 'is not there' };
    if (code === 'EISDIR') return { fault: 'is a folder' };
    if (code === 'EACCES' || code === 'EPERM') return { fault: 'may not be read' };
    throw error;
  }
}

/** 'In "photo", 2 images cannot be read and count as missing: "a.png" is empty, "b.png" is cut short.' */
function faultNote(column: CodedColumn, faults: ReadonlyMap<number, string>): string {
  const named = [...faults].slice(0, shownAtMost).map(([code, fault]) => `"${column.levels[code]}" ${fault}`);
  const more = faults.size > shownAtMost ? `, and ${faults.size - shownAtMost} more` : '';
  return `In "${column.name}", ${countWords(faults.size, 'image')} cannot be read and ${faults.size === 1 ? 'counts' : 'count'} as missing: ${named.join(', ')}${more}.`;
}
