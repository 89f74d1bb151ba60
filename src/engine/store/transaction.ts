import type { DatabaseSync } from 'node:sqlite';

/** Does all of the work or none of it, as the only writer meanwhile. Rethrows what the work and SQLite throw. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite may already have undone it, on a full disk for one.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
