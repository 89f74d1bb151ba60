import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { LoadOptions } from '../../../src/engine/data/load-dataset.ts';
import { loadDataset } from '../../../src/engine/data/load-dataset.ts';

export const folder = mkdtempSync(join(tmpdir(), 'vitrine-data-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;
/** Writes a data file of its own and returns its path. */
export function dataFile(content: string | Uint8Array, ending = '.csv'): string {
  const path = join(folder, `data-${written++}${ending}`);
  writeFileSync(path, content);
  return path;
}

export const never = new AbortController().signal;

/** Loads a table from its text. */
export const load = (content: string | Uint8Array, options: Omit<LoadOptions, 'path'>, ending = '.csv') =>
  loadDataset({ path: dataFile(content, ending), shown: 'data.csv', ...options }, never);

/** A header and `count` rows. */
export const table = (header: string, count: number, row: (i: number) => string): string =>
  `${[header, ...Array.from({ length: count }, (_, i) => row(i))].join('\n')}\n`;
