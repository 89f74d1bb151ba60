import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { UserError } from '../../shared/faults.ts';
import type { Direction } from '../../shared/metrics.ts';
import type { Space } from '../../shared/space.ts';
import type { Trial } from '../../shared/trial.ts';
import type { Journal } from '../search/journal.ts';
import { storeFault } from './database.ts';
import { isAlive, thisProcess } from './process-identity.ts';
import { openStudyFile } from './study-file.ts';
import { inTransaction } from './transaction.ts';
import { parseTrial, trialText } from './trial-text.ts';

/** What a study must be for its recorded trials to be comparable with new ones, and what may differ. */
export interface StudyIdentity {
  readonly name: string;
  readonly directions: readonly Direction[];
  /** May differ from the last time: old trials outside of it are kept. */
  readonly space: Space;
}

/** At most so much work can be lost when the power is cut; a sync takes milliseconds, and fast objectives are told thousands a second. */
const unsyncedMilliseconds = 100;

/**
 * One study of a file of studies, written by one process at a time. Each change is in the file when `record` returns, whatever becomes
 * of the process; against a power cut too where the last sync is a tenth of a second ago, which for all but the fastest objectives is
 * every one. The process is named in the file, so that a second one is refused while it lives, and takes over once it has died.
 */
export class StudyJournal implements Journal {
  /** As they were when the study was opened, in order of their numbers. */
  readonly trials: readonly Trial[];
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #id: number;
  readonly #put: StatementSync;
  #synced = Number.NEGATIVE_INFINITY;

  /**
   * Throws the UserErrors of `openStudyFile`; `study-elsewhere` where a living process has the study open; `study-directions` where
   * its trials were judged otherwise.
   */
  constructor(path: string, identity: StudyIdentity) {
    this.#path = path;
    this.#database = openStudyFile(path);
    try {
      this.#id = this.#transaction(() => this.#take(identity));
      this.#put = this.#database.prepare('INSERT OR REPLACE INTO trial (study, number, trial) VALUES (?, ?, ?)');
      this.trials = this.#database
        .prepare('SELECT trial FROM trial WHERE study = ? ORDER BY number')
        .all(this.#id)
        .map((row) => parseTrial(String(row.trial)));
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  record(trial: Trial): void {
    this.#checkOpen();
    const text = trialText(trial);
    const now = performance.now();
    const due = now - this.#synced >= unsyncedMilliseconds;
    this.#database.exec(`PRAGMA synchronous = ${due ? 'FULL' : 'NORMAL'}`);
    this.#transaction(() => this.#put.run(this.#id, trial.number, text));
    if (due) this.#synced = now;
  }

  /** Lets another process, or another study of this one, go on. May be called twice. */
  close(): void {
    if (!this.#database.isOpen) return;
    this.#transaction(() =>
      this.#database.prepare('UPDATE study SET pid = NULL, process_started = NULL WHERE id = ?').run(this.#id),
    );
    this.#database.close();
  }

  #take({ name, directions, space }: StudyIdentity): number {
    const { pid, started } = thisProcess();
    const known = this.#database
      .prepare('SELECT id, directions, pid, process_started FROM study WHERE name = ?')
      .get(name);
    if (!known) {
      const { lastInsertRowid } = this.#database
        .prepare('INSERT INTO study (name, directions, space, created, pid, process_started) VALUES (?, ?, ?, ?, ?, ?)')
        .run(name, JSON.stringify(directions), JSON.stringify(space), Date.now(), pid, started);
      return Number(lastInsertRowid);
    }
    const holder = { pid: Number(known.pid), started: String(known.process_started ?? '') };
    if (known.pid !== null && isAlive(holder)) throw elsewhere(this.#path, name, holder.pid);
    if (known.directions !== JSON.stringify(directions)) {
      throw otherDirections(this.#path, name, JSON.parse(String(known.directions)), directions);
    }
    this.#database
      .prepare('UPDATE study SET space = ?, pid = ?, process_started = ? WHERE id = ?')
      .run(JSON.stringify(space), pid, started, known.id);
    return Number(known.id);
  }

  #checkOpen(): void {
    if (this.#database.isOpen) return;
    throw new UserError('study-closed', 'the study was closed; nothing more can be kept.', {
      place: { file: this.#path },
      advice: 'Open it again with createStudy.',
    });
  }

  #transaction<T>(work: () => T): T {
    try {
      return inTransaction(this.#database, work);
    } catch (error) {
      throw storeFault(error, this.#path);
    }
  }
}

function elsewhere(path: string, name: string, pid: number): UserError {
  const here = pid === process.pid;
  const who = here ? 'already open in this process' : `open in process ${pid}, which still runs`;
  return new UserError('study-elsewhere', `the study "${name}" is ${who}.`, {
    place: { file: path },
    advice: here
      ? "Use the study that is open, or end that one first with its 'close'."
      : "One process writes a study at a time: wait for that one, or use 'optimize' with several workers there, or another 'name'.",
  });
}

const otherDirections = (
  path: string,
  name: string,
  then: readonly Direction[],
  now: readonly Direction[],
): UserError =>
  new UserError(
    'study-directions',
    `the study "${name}" is there to ${then.join(', ')}; it was opened to ${now.join(', ')}.`,
    { place: { file: path }, advice: "Its trials cannot be compared with such ones: give another 'name'." },
  );
