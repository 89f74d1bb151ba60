import { DatabaseSync } from 'node:sqlite';
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
    database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    const check = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (check !== 'ok') throw damaged(path, `the database is damaged: ${String(check)}.`);
    return use(database);
  } catch (error) {
    throw sqliteFault(error, path);
  } finally {
    database?.close();
  }
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
