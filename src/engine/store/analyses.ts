import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Cohort } from '../../shared/cohort/cohort.ts';
import type { AwesomeResults } from '../../shared/results/awesome-results.ts';
import type { DataFindings } from '../../shared/results/data-findings.ts';
import type { FinalModels } from '../../shared/results/final-models.ts';
import type { Result } from '../../shared/results/result.ts';
import type { Write } from './write.ts';

/** Stand where a trial's number stands, of results about the study as a whole and about its ensemble. */
const [wholeStudy, ensemble] = [-1, -2];

/** The model that a result is about: a trial's, by its number, or the ensemble. */
export type About = number | 'ensemble';

/** What is kept about a study as a whole. */
export type StudyResult = FinalModels | DataFindings | AwesomeResults;

const placeOf = (about: About): number => (about === 'ensemble' ? ensemble : about);

/** Results of explanations and attacks, one a model, kind and key; and those about a study as a whole, one a kind. */
export class Analyses {
  readonly #write: Write;
  readonly #put: StatementSync;
  readonly #of: StatementSync;
  readonly #one: StatementSync;
  readonly #forgetModel: StatementSync;
  readonly #forget: StatementSync;
  readonly #cohorts: StatementSync;

  constructor(database: DatabaseSync, write: Write) {
    this.#write = write;
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO analysis (study, trial, kind, key, result) VALUES (?, ?, ?, ?, ?)',
    );
    this.#one = database.prepare('SELECT result FROM analysis WHERE study = ? AND trial = ? AND kind = ? AND key = ?');
    this.#forget = database.prepare('DELETE FROM analysis WHERE study = ? AND trial = ? AND kind = ? AND key = ?');
    this.#cohorts = database.prepare(
      'SELECT result FROM analysis WHERE study = ? AND trial = ? AND kind = ? ORDER BY key',
    );
    this.#forgetModel = database.prepare('DELETE FROM analysis WHERE study = ? AND trial = ?');
    this.#of = database.prepare(
      "SELECT result FROM analysis WHERE study = ? AND trial = ? AND kind <> 'cohort-rows' ORDER BY kind, key",
    );
  }

  /** @param key tells results of one kind apart: what was asked for, or '' */
  put(study: number, about: About, key: string, result: Result): void {
    this.#write(study, () => this.#put.run(study, placeOf(about), result.kind, key, JSON.stringify(result)));
  }

  get(study: number, about: About, kind: string, key: string): Result | undefined {
    const row = this.#one.get(study, placeOf(about), kind, key);
    return row && JSON.parse(String(row.result));
  }

  /** All that was made of a model: it is another one now. */
  forgetModel(study: number, about: About): void {
    this.#write(study, () => this.#forgetModel.run(study, placeOf(about)));
  }

  putOfStudy(study: number, result: StudyResult): void {
    this.#write(study, () => this.#put.run(study, wholeStudy, result.kind, '', JSON.stringify(result)));
  }

  /** What the last end of the search left; null before there was one. */
  finalModels(study: number): FinalModels | null {
    return this.ofStudy(study, 'final-models');
  }

  /** Null before there was one. */
  ofStudy<K extends StudyResult['kind']>(study: number, kind: K): Extract<StudyResult, { kind: K }> | null {
    const row = this.#one.get(study, wholeStudy, kind, '');
    return row ? JSON.parse(String(row.result)) : null;
  }

  /** Those that are kept of a study, by name. */
  cohorts(study: number): Cohort[] {
    return this.#cohorts.all(study, wholeStudy, 'cohort').map((row) => JSON.parse(String(row.result)));
  }

  /** In place of the one of that name. */
  keepCohort(study: number, cohort: Cohort): void {
    this.#write(study, () => this.#put.run(study, wholeStudy, 'cohort', cohort.name, JSON.stringify(cohort)));
  }

  forgetCohort(study: number, name: string): void {
    this.#write(study, () => this.#forget.run(study, wholeStudy, 'cohort', name));
  }

  /** All that was made of a model, but for tables of rows, which are large and asked for one by one. */
  of(study: number, about: About): Result[] {
    return this.#of.all(study, placeOf(about)).map((row) => JSON.parse(String(row.result)));
  }
}
