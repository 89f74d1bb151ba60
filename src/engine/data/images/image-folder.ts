import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../shared/faults.ts';
import { type Database, sqlText } from '../database.ts';
import { partOf } from '../parts.ts';
import { isImageName } from './image-paths.ts';

/** Names of the columns that are made of a folder. */
const columnNames = ['image', 'class'] as const;
const rowsAtOnce = 1000;

/**
 * Reads a folder whose sub-folders are the classes into the table `source`: a column of paths relative to the folder, in order, and
 * one of classes; returns the names. Hidden files are passed over; others that are no images are left out, and said.
 * Throws a UserError where no sub-folder holds an image.
 */
export async function loadImageFolder(
  database: Database,
  path: string,
  shown: string,
  notes: string[],
): Promise<readonly string[]> {
  const rows: [string, string][] = [];
  const others: string[] = [];
  for (const entry of await entriesOf(path)) {
    if (entry.isDirectory()) await collect(path, entry.name, entry.name, rows, others);
    else others.push(entry.name);
  }
  if (rows.length === 0) throw noImages(shown);
  if (others.length > 0) {
    const more = others.length > 3 ? `, and ${others.length - 3} more` : '';
    notes.push(`Left out, since they are no PNG or JPEG in the folder of a class: ${quoted(others)}${more}.`);
  }
  await database.run(`CREATE TABLE ${partOf(0)} (c0 VARCHAR, c1 VARCHAR)`);
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const values = rows.slice(from, from + rowsAtOnce).map(([file, of]) => `(${sqlText(file)}, ${sqlText(of)})`);
    await database.run(`INSERT INTO ${partOf(0)} VALUES ${values.join(', ')}`);
  }
  return columnNames;
}

/** Images of a class, from its folder and those inside of it. */
async function collect(
  root: string,
  folder: string,
  of: string,
  rows: [string, string][],
  others: string[],
): Promise<void> {
  for (const entry of await entriesOf(join(root, folder))) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) await collect(root, file, of, rows, others);
    else if (isImageName(entry.name)) rows.push([file, of]);
    else others.push(file);
  }
}

/** Sorted by name, so that every file system gives the same rows; hidden ones left out. */
async function entriesOf(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
}

const quoted = (names: readonly string[]) =>
  names
    .slice(0, 3)
    .map((name) => `"${name}"`)
    .join(', ');

const noImages = (shown: string) =>
  new UserError('data-no-images', 'no folder in this folder holds a PNG or JPEG.', {
    place: { file: shown },
    advice: 'Give a table, or a folder that has one folder of images a class.',
  });
