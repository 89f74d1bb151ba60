import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EditedModel } from '../../shared/results/model-editing.ts';
import type { Write } from './write.ts';

/** Stands where a trial's number stands, of results about the study as a whole. */
const wholeStudy = -1;
const kind = 'edited-model';

/** Stands where a trial's number stands, of results about an edited model. -1 is the study, -2 its ensemble. */
export const editPlace = (number: number): number => -2 - number;

/** Models that a person has edited and kept, numbered from 1 within their study; a number is never given twice. */
export class EditedModels {
  readonly #write: Write;
  readonly #put: StatementSync;
  readonly #all: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync, write: Write) {
    this.#write = write;
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO analysis (study, trial, kind, key, result) VALUES (?, ?, ?, ?, ?)',
    );
    this.#all = database.prepare('SELECT result FROM analysis WHERE study = ? AND trial = ? AND kind = ?');
    this.#forget = database.prepare('DELETE FROM analysis WHERE study = ? AND trial = ?');
  }

  put(study: number, edited: EditedModel): void {
    this.#write(study, () => this.#put.run(study, wholeStudy, kind, String(edited.number), JSON.stringify(edited)));
  }

  /** In the order of their numbers, without those that were undone. */
  all(study: number): EditedModel[] {
    return this.#ever(study).filter(({ removed }) => !removed);
  }

  get(study: number, number: number): EditedModel | undefined {
    return this.all(study).find((edited) => edited.number === number);
  }

  /** The number of the next one, and how often edited models, those undone included, were judged on the test part. */
  next(study: number): { number: number; testLooks: number } {
    const ever = this.#ever(study);
    return {
      number: ever.reduce((most, { number }) => Math.max(most, number), 0) + 1,
      testLooks: ever.filter(({ test }) => test !== null).length,
    };
  }

  /** Takes it out of the list, with all that was made of it. */
  remove(study: number, edited: EditedModel): void {
    this.#write(study, () => {
      this.#put.run(study, wholeStudy, kind, String(edited.number), JSON.stringify({ ...edited, removed: true }));
      this.#forget.run(study, editPlace(edited.number));
    });
  }

  #ever(study: number): EditedModel[] {
    const all: EditedModel[] = this.#all.all(study, wholeStudy, kind).map((row) => JSON.parse(String(row.result)));
    return all.sort((a, b) => a.number - b.number);
  }
}
