import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Trial } from '../../shared/trial.ts';
import type { StoredTrial, TrialOutcome } from './records.ts';
import { parseTrial, trialText } from './trial-text.ts';
import type { Write } from './write.ts';

type Row = Record<string, string | number>;

const toStored = (row: Row): StoredTrial => ({
  trial: parseTrial(String(row.trial)),
  outcome: JSON.parse(String(row.outcome)),
});

export class Trials {
  readonly #write: Write;
  readonly #save: StatementSync;
  readonly #setTrial: StatementSync;
  readonly #setOutcome: StatementSync;
  readonly #all: StatementSync;
  readonly #one: StatementSync;
  /** What was read last, by study and number: a view reads all trials again and again, and few of them differ. */
  readonly #read = new Map<string, { readonly row: Row; readonly stored: StoredTrial }>();

  constructor(database: DatabaseSync, write: Write) {
    this.#write = write;
    this.#save = database.prepare(
      'INSERT INTO trial (study, number, state, started, ended, trial, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#setTrial = database.prepare(
      'UPDATE trial SET state = ?, started = ?, ended = ?, trial = ? WHERE study = ? AND number = ?',
    );
    this.#setOutcome = database.prepare('UPDATE trial SET outcome = ? WHERE study = ? AND number = ?');
    this.#all = database.prepare('SELECT number, trial, outcome FROM trial WHERE study = ? ORDER BY number');
    this.#one = database.prepare('SELECT trial, outcome FROM trial WHERE study = ? AND number = ?');
  }

  /** Writes the trial as it now stands; a new one begins without an outcome. */
  put(study: number, trial: Trial, learner: string): void {
    const text = trialText(trial);
    const started = trial.startedAt ?? null;
    const ended = trial.endedAt ?? null;
    this.#write(study, () => {
      const { changes } = this.#setTrial.run(trial.state, started, ended, text, study, trial.number);
      if (Number(changes) > 0) return;
      const outcome: TrialOutcome = { learner, metrics: {}, foldMetrics: [] };
      this.#save.run(study, trial.number, trial.state, started, ended, text, JSON.stringify(outcome));
    });
  }

  /** Writes many new trials at once: all of them or none. Their numbers must be free. */
  putAll(study: number, trials: readonly Trial[], learner: string): void {
    const outcome = JSON.stringify({ learner, metrics: {}, foldMetrics: [] } satisfies TrialOutcome);
    this.#write(study, () => {
      for (const trial of trials) {
        const text = trialText(trial);
        const { number, state, startedAt = null, endedAt = null } = trial;
        this.#save.run(study, number, state, startedAt, endedAt, text, outcome);
      }
    });
  }

  /** Adds what the worker found out about the trial; earlier fields stay unless named again. */
  amend(study: number, number: number, outcome: Partial<TrialOutcome>): void {
    this.#write(study, () => {
      const stored = this.get(study, number);
      if (!stored) throw new RangeError(`no trial ${number} in study ${study}`);
      this.#setOutcome.run(JSON.stringify({ ...stored.outcome, ...outcome }), study, number);
    });
  }

  get(study: number, number: number): StoredTrial | undefined {
    const row = this.#one.get(study, number);
    return row && toStored(row as Row);
  }

  all(study: number): StoredTrial[] {
    return this.#all.all(study).map((row) => this.#parsed(study, row as Row));
  }

  #parsed(study: number, row: Row): StoredTrial {
    const key = `${study}/${row.number}`;
    const known = this.#read.get(key);
    if (known && known.row.trial === row.trial && known.row.outcome === row.outcome) return known.stored;
    const stored = toStored(row);
    this.#read.set(key, { row, stored });
    return stored;
  }
}
