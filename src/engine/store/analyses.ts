import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FinalModels } from '../../shared/results/final-models.ts';
import type { Result } from '../../shared/results/result.ts';
import type { Write } from './write.ts';

/** Stands where a trial's number stands, of results about the study as a whole. */
const wholeStudy = -1;

/** Results of explanations and attacks, one a trial, kind and key; and those about a study as a whole, one a kind. */
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

  putOfStudy(study: number, result: FinalModels): void {
    this.#write(study, () => this.#put.run(study, wholeStudy, result.kind, '', JSON.stringify(result)));
  }

  /** What the last end of the search left; null before there was one. */
  finalModels(study: number): FinalModels | null {
    const [row] = this.#of.all(study, wholeStudy);
    return row ? JSON.parse(String(row.result)) : null;
  }

  of(study: number, trial: number): Result[] {
    return this.#of.all(study, trial).map((row) => JSON.parse(String(row.result)));
  }
}
