import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Result } from '../../shared/results/result.ts';
import type { Write } from './write.ts';

/** Results of explanations and attacks, one a trial, kind and key. */
export class Analyses {
  readonly #write: Write;
  readonly #put: StatementSync;
  readonly #of: StatementSync;

  constructor(database: DatabaseSync, write: Write) {
    this.#write = write;
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO analysis (study, trial, kind, key, result) VALUES (?, ?, ?, ?, ?)',
    );
    this.#of = database.prepare('SELECT result FROM analysis WHERE study = ? AND trial = ? ORDER BY kind, key');
  }

  /** @param key tells results of one kind apart: the row that is explained, or '' */
  put(study: number, trial: number, key: string, result: Result): void {
    this.#write(study, () => this.#put.run(study, trial, result.kind, key, JSON.stringify(result)));
  }

  of(study: number, trial: number): Result[] {
    return this.#of.all(study, trial).map((row) => JSON.parse(String(row.result)));
  }
}
