import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../../shared/faults.ts';
import { createTables, storeVersion } from './schema.ts';
import { inTransaction } from './transaction.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly path: string;
  /** What the person should know: a damaged store was kept aside, and where. */
  readonly notes: readonly string[];
}

const busyMilliseconds = 5_000;

/** Codes of SQLite (sqlite.org/rescode.html) that a person can do something about. */
const codes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

const primaryCode = (error: unknown): number =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;

/** Whether SQLite says that a file is no database, or no whole one. */
export const isDamaged = (error: unknown): boolean =>
  [codes.corrupt, codes.notADatabase].some((code) => code === primaryCode(error));

/** The same error in words that help; other errors unchanged. */
export function storeFault(error: unknown, path: string): unknown {
  const place = { file: path };
  switch (primaryCode(error)) {
    case codes.busy:
    case codes.locked:
      return new UserError('store-locked', 'the store is locked by another program.', {
        place,
        advice: 'Close what holds it (another Vitrine, a database browser, a backup) and try again; nothing was lost.',
        cause: error,
      });
    case codes.full:
      return new UserError('disk-full', 'the disk is full: the result could not be written.', {
        place,
        advice: 'Free some space and run again: everything written so far is kept, and the search goes on from there.',
        cause: error,
      });
    case codes.readOnly:
    case codes.cannotOpen:
      return new UserError('store-unwritable', 'the store cannot be written.', {
        place,
        advice: 'Check the permissions of the folder.',
        cause: error,
      });
    case codes.ioError:
      return new UserError('store-io', `the store could not be read or written: ${(error as Error).message}.`, {
        place,
        advice: 'Check that the disk is there and has room, then run again: everything written so far is kept.',
        cause: error,
      });
    default:
      return error;
  }
}

/**
 * Opens `.vitrine/vitrine.db` in a folder, making it where there is none (SQLite, write-ahead log).
 * A damaged store is moved aside, said in `notes`, and never overwritten.
 * Throws a UserError where it is locked, read-only, or from a newer version.
 */
export function openDatabase(folder: string): OpenedDatabase {
  const path = join(folder, 'vitrine.db');
  try {
    mkdirSync(folder, { recursive: true });
    return { database: openChecked(path), path, notes: [] };
  } catch (error) {
    if (!isDamaged(error)) throw storeFault(error, path);
    const aside = keepAside(path);
    return {
      database: openChecked(path),
      path,
      notes: [`The store was damaged. It is kept as ${aside}, and a new one was begun.`],
    };
  }
}

/** A store that lives as long as this process looks at it: nothing is written to a disk. */
export function openInMemory(): OpenedDatabase {
  const database = new DatabaseSync(':memory:');
  database.exec(`${createTables} PRAGMA user_version = ${storeVersion}`);
  return { database, path: ':memory:', notes: [] };
}

function openChecked(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMilliseconds });
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version > storeVersion) throw newerStore(path, version);
    checkWhole(database);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    if (version === 0) initialise(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Two programs may open a new store at once: whoever comes second finds the tables made. */
function initialise(database: DatabaseSync): void {
  inTransaction(database, () => {
    if (Number(database.prepare('PRAGMA user_version').get()?.user_version) === 0)
      database.exec(`${createTables} PRAGMA user_version = ${storeVersion}`);
  });
}

/** Throws what `isDamaged` knows where SQLite finds the file's pages torn. */
export function checkWhole(database: DatabaseSync): void {
  const check = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (check !== 'ok') throw Object.assign(new Error(`damaged: ${check}`), { errcode: codes.corrupt });
}

const newerStore = (path: string, version: number) =>
  new UserError(
    'store-newer',
    `the store was written by a newer Vitrine (version ${version}, this one knows ${storeVersion}).`,
    {
      place: { file: path },
      advice: 'Update Vitrine, or move the .vitrine folder away to begin anew; it was not touched.',
    },
  );

function keepAside(path: string): string {
  let number = 1;
  while (existsSync(`${path}.damaged-${number}`)) number++;
  const aside = `${path}.damaged-${number}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}
