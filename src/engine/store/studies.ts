import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StudyRecord } from './records.ts';

type Row = Record<string, string | number>;

const toRecord = (row: Row): StudyRecord => ({
  id: Number(row.id),
  file: String(row.file),
  fingerprint: String(row.fingerprint),
  // Studies from before there were any have none.
  experiment: {
    constraints: [],
    mitigation: { reweight: 'never', thresholds: false },
    forbidden: [],
    script: null,
    ensemble: 'none',
    ...JSON.parse(String(row.experiment)),
  },
  data: JSON.parse(String(row.data)),
  space: JSON.parse(String(row.space)),
  objectives: JSON.parse(String(row.objectives)),
  search: String(row.search),
  notes: JSON.parse(String(row.notes)),
  created: Number(row.created),
  sequence: Number(row.sequence),
});

export class Studies {
  readonly #transaction: <T>(work: () => T) => T;
  readonly #insert: StatementSync;
  readonly #latest: StatementSync;
  readonly #all: StatementSync;
  readonly #sequence: StatementSync;
  readonly #moveOn: StatementSync;
  readonly #update: StatementSync;

  constructor(database: DatabaseSync, transaction: <T>(work: () => T) => T) {
    this.#transaction = transaction;
    this.#insert = database.prepare(
      'INSERT INTO study (file, fingerprint, experiment, data, space, objectives, search, notes, created, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)',
    );
    this.#latest = database.prepare('SELECT * FROM study WHERE file = ? ORDER BY id DESC LIMIT 1');
    this.#all = database.prepare('SELECT * FROM study WHERE file = ? ORDER BY id');
    this.#sequence = database.prepare('SELECT id, sequence FROM study WHERE file = ? ORDER BY id DESC LIMIT 1');
    this.#moveOn = database.prepare('UPDATE study SET sequence = sequence + 1 WHERE id = ?');
    this.#update = database.prepare('UPDATE study SET experiment = ?, space = ?, search = ?, notes = ? WHERE id = ?');
  }

  create(study: Omit<StudyRecord, 'id' | 'created' | 'sequence'>): number {
    return this.#transaction(() =>
      Number(
        this.#insert.run(
          study.file,
          study.fingerprint,
          JSON.stringify(study.experiment),
          JSON.stringify(study.data),
          JSON.stringify(study.space),
          JSON.stringify(study.objectives),
          study.search,
          JSON.stringify(study.notes),
          Date.now(),
        ).lastInsertRowid,
      ),
    );
  }

  /** What may differ between two runs of one study: budget, space, energy settings, words. */
  update(id: number, change: Pick<StudyRecord, 'experiment' | 'space' | 'search' | 'notes'>): void {
    this.#transaction(() => {
      this.#update.run(
        JSON.stringify(change.experiment),
        JSON.stringify(change.space),
        change.search,
        JSON.stringify(change.notes),
        id,
      );
      this.moveOn(id);
    });
  }

  /** The newest study of an experiment file (its name within the folder). */
  latest(file: string): StudyRecord | undefined {
    const row = this.#latest.get(file);
    return row && toRecord(row as Row);
  }

  /** Every study of an experiment file, the oldest first. */
  all(file: string): StudyRecord[] {
    return this.#all.all(file).map((row) => toRecord(row as Row));
  }

  /** `id.sequence` of the newest study: differs whenever something about it does; cheap enough to poll. */
  version(file: string): string | undefined {
    const row = this.#sequence.get(file);
    return row && `${row.id}.${row.sequence}`;
  }

  moveOn(id: number): void {
    this.#moveOn.run(id);
  }
}
