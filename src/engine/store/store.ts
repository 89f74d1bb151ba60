import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Analyses } from './analyses.ts';
import { type OpenedDatabase, openDatabase, storeFault } from './database.ts';
import { EditedModels } from './edited-models.ts';
import { Runs } from './runs.ts';
import { Studies } from './studies.ts';
import { inTransaction } from './transaction.ts';
import { Trials } from './trials.ts';
import type { Write } from './write.ts';

/**
 * Everything that is known of the experiments of one folder: `.vitrine/vitrine.db` beside the experiment files, and models in
 * `.vitrine/models`. Calls are synchronous, and durable when they return. Throws a UserError where the disk is full or
 * the store is locked; the transaction is then undone as a whole.
 */
export class Store {
  readonly folder: string;
  readonly notes: readonly string[];
  readonly studies: Studies;
  readonly trials: Trials;
  readonly analyses: Analyses;
  readonly edits: EditedModels;
  readonly runs: Runs;
  readonly #database: DatabaseSync;
  readonly #path: string;

  /**
   * @param folder the folder that holds the experiment files
   * @param open how the database is opened; `openInMemory` for what must leave no trace on the disk
   */
  constructor(folder: string, open: (folder: string) => OpenedDatabase = openDatabase) {
    this.folder = join(folder, '.vitrine');
    const { database, path, notes } = open(this.folder);
    this.#database = database;
    this.#path = path;
    this.notes = notes;
    this.studies = new Studies(database, (work) => this.#transaction(work));
    this.trials = new Trials(database, this.#write);
    this.analyses = new Analyses(database, this.#write);
    this.edits = new EditedModels(database, this.#write);
    this.runs = new Runs(database, this.#write);
  }

  /** Where the model of a trial is kept. */
  modelFolder(study: number, trial: number, model: 'inspection' | 'final'): string {
    return join(this.folder, 'models', `${study}-${trial}-${model}`);
  }

  /** Where the ensemble of a study is kept. */
  ensembleFolder(study: number): string {
    return join(this.folder, 'models', `${study}-ensemble`);
  }

  /** Where a model that a person has edited is kept. */
  editFolder(study: number, edit: number, model: 'inspection' | 'final'): string {
    return join(this.folder, 'models', `${study}-edit-${edit}-${model}`);
  }

  close(): void {
    this.#database.close();
  }

  #write: Write = (study, work) =>
    this.#transaction(() => {
      const result = work();
      this.studies.moveOn(study);
      return result;
    });

  #transaction<T>(work: () => T): T {
    try {
      return inTransaction(this.#database, work);
    } catch (error) {
      throw storeFault(error, this.#path);
    }
  }
}
