import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../shared/faults.ts';
import { damaged, type FileHead } from './study-importer.ts';

export const isSqlite = ({ text }: FileHead): boolean => text.startsWith('SQLite format 3\u0000');

/**
 * Opens a SQLite file for reading only, checks that it is whole, and closes it after `use`. Throws a UserError `import-damaged` where it is
 * cut short or damaged, and `import-locked` where another program holds it.
 */
export function readSqlite<T>(path: string, use: (database: DatabaseSync) => T): T {
  let database: DatabaseSync | undefined;
  try {
    database = openForReading(path);
    const check = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (check !== 'ok') throw damaged(path, `the database is damaged: ${String(check)}.`);
    return use(database);
  } catch (error) {
    throw sqliteFault(error, path);
  } finally {
    database?.close();
  }
}

/**
 * What a program wrote into the header to tell its files from others'; 0 where it did not, or where the file cannot be read. Asked of
 * SQLite, as the header may still stand in the write-ahead log.
 */
export function sqliteApplicationId(path: string): number {
  let database: DatabaseSync | undefined;
  try {
    database = openForReading(path);
    return Number(database.prepare('PRAGMA application_id').get()?.application_id);
  } catch {
    // Whoever reads the file says what is wrong with it.
    return 0;
  } finally {
    database?.close();
  }
}

/**
 * A database with a write-ahead log that nobody writes to is whole in its file; SQLite would still make two files beside it to read it, and
 * leave them, unless it is told that the file does not change. Where somebody writes, those files are there already.
 */
function openForReading(path: string): DatabaseSync {
  const options = { readOnly: true, timeout: 5_000 };
  if (!isIdleLog(path)) return new DatabaseSync(path, options);
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, options);
}

/** Of SQLite's header (sqlite.org/fileformat.html, 1.3): byte 19 is 2 where the file is read with a write-ahead log. */
function isIdleLog(path: string): boolean {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  return header[19] === 2 && (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

/** Primary codes of SQLite (sqlite.org/rescode.html). */
const [busy, locked] = [5, 6];

function sqliteFault(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  const code = Number(error.errcode) & 0xff;
  if (code !== busy && code !== locked)
    return damaged(file, `the database cannot be read: ${error.message}.`, { cause: error });
  return new UserError('import-locked', 'another program is writing to the study just now.', {
    place: { file },
    advice: 'Try again in a moment.',
    cause: error,
  });
}
