import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../../shared/faults.ts';
import { checkWhole, isDamaged, storeFault } from './database.ts';
import { inTransaction } from './transaction.ts';

/** Grows by one whenever the tables change; a file with a higher one was written by a newer Vitrine and is left alone. */
export const studyFileVersion = 1;

/** 'Vtrn' in SQLite's header tells a file of studies from any other database. */
export const studyApplicationId = 0x5674726e;

const busyMilliseconds = 5_000;

const createTables = `
CREATE TABLE study (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  directions TEXT NOT NULL,
  space TEXT NOT NULL,           -- as it was when the study was last opened
  created INTEGER NOT NULL,
  pid INTEGER,                   -- the process that has it open, NULL once it was closed
  process_started TEXT           -- tells a reused process number from the one that holds it
) STRICT;
CREATE TABLE trial (
  study INTEGER NOT NULL REFERENCES study (id),
  number INTEGER NOT NULL,
  trial TEXT NOT NULL,           -- shared/trial.ts Trial
  PRIMARY KEY (study, number)
) STRICT, WITHOUT ROWID;
PRAGMA application_id = ${studyApplicationId};
PRAGMA user_version = ${studyFileVersion};
`;

/**
 * Opens a file of studies (SQLite, write-ahead log), making it where there is none.
 * Throws UserErrors and leaves the file as it is: `store-folder` (no such folder, or the path is one), `store-foreign` (not a file of
 * ours), `store-damaged` (truncated or overwritten), `store-newer`, and those of `storeFault`.
 */
export function openStudyFile(path: string): DatabaseSync {
  checkPlace(path);
  try {
    const database = new DatabaseSync(path, { timeout: busyMilliseconds });
    try {
      prepare(database, path);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    if (!isDamaged(error)) throw storeFault(error, path);
    throw new UserError('store-damaged', 'this is no file of studies, or a damaged one.', {
      place: { file: path },
      advice: 'Name another file, or bring this one back from a copy; it was not touched.',
      cause: error,
    });
  }
}

function prepare(database: DatabaseSync, path: string): void {
  const number = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  const [id, version] = [number('application_id'), number('user_version')];
  const empty = id === 0 && version === 0 && !database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
  if (!empty && id !== studyApplicationId) throw foreign(path);
  if (version > studyFileVersion) throw newer(path, version);
  checkWhole(database);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  if (empty) initialise(database, () => number('user_version'));
}

/** Two programs may open a new file at once: whoever comes second finds the tables made. */
function initialise(database: DatabaseSync, version: () => number): void {
  inTransaction(database, () => {
    if (version() === 0) database.exec(createTables);
  });
}

function checkPlace(path: string): void {
  const place = { file: path };
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new UserError('store-folder', 'the store must be a file; this is a folder.', {
      place,
      advice: 'Name a file in it, such as study.db.',
    });
  }
  const folder = dirname(resolve(path));
  if (existsSync(folder)) return;
  throw new UserError('store-folder', `the folder of the store does not exist: ${folder}.`, {
    place,
    advice: 'Make the folder first, or name another.',
  });
}

const foreign = (path: string) =>
  new UserError('store-foreign', 'this is the database of another program, not a file of studies.', {
    place: { file: path },
    advice: 'Name another file; this one was not touched.',
  });

const newer = (path: string, version: number) =>
  new UserError(
    'store-newer',
    `the file was written by a newer Vitrine (version ${version}, this one knows ${studyFileVersion}).`,
    { place: { file: path }, advice: 'Update Vitrine, or name another file; this one was not touched.' },
  );
