import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { EnergyReport } from '../../shared/results/energy.ts';
import type { RunState } from '../../shared/results/study.ts';
import type { Spent } from '../search/budget.ts';
import { isAlive, thisProcess } from './process-identity.ts';
import type { RunRecord } from './records.ts';
import type { Write } from './write.ts';

type Row = Record<string, string | number | null>;

const over: readonly RunState[] = ['finished', 'stopped', 'failed', 'interrupted'];
export const isOver = (state: RunState): boolean => over.includes(state);

const toRecord = (row: Row): RunRecord => ({
  id: Number(row.id),
  study: Number(row.study),
  pid: Number(row.pid),
  processStarted: String(row.process_started),
  state: row.state as RunState,
  message: String(row.message),
  started: Number(row.started),
  updated: Number(row.updated),
  ended: row.ended === null ? null : Number(row.ended),
  spent: JSON.parse(String(row.spent)),
  budget: JSON.parse(String(row.budget)),
  energy: row.energy === null ? null : JSON.parse(String(row.energy)),
});

/** Who runs a study: at most one process at a time. */
export class Runs {
  readonly #write: Write;
  readonly #insert: StatementSync;
  readonly #latest: StatementSync;
  readonly #set: StatementSync;

  constructor(database: DatabaseSync, write: Write) {
    this.#write = write;
    this.#insert = database.prepare(
      'INSERT INTO run (study, pid, process_started, state, message, started, updated, spent, budget) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#latest = database.prepare('SELECT * FROM run WHERE study = ? ORDER BY id DESC LIMIT 1');
    this.#set = database.prepare(
      'UPDATE run SET state = ?, message = ?, updated = ?, ended = ?, spent = ?, energy = ? WHERE id = ?',
    );
  }

  /**
   * Takes the study for this process. A run whose process has died is marked 'interrupted' first.
   * Throws a UserError where another living process runs it.
   */
  begin(study: number, budget: Experiment['budget'], spent: Spent): number {
    return this.#write(study, () => {
      const last = this.latest(study);
      if (last && !isOver(last.state)) throw runElsewhere(last);
      const { pid, started } = thisProcess();
      const now = Date.now();
      const row = this.#insert.run(
        study,
        pid,
        started,
        'preparing',
        'Getting ready.',
        now,
        now,
        JSON.stringify(spent),
        JSON.stringify(budget),
      );
      return Number(row.lastInsertRowid);
    });
  }

  update(
    run: RunRecord,
    change: Partial<Pick<RunRecord, 'state' | 'message' | 'spent'>> & { energy?: EnergyReport | null },
  ): void {
    const next = { ...run, ...change };
    const now = Date.now();
    const ended = isOver(next.state) ? now : null;
    this.#write(run.study, () =>
      this.#set.run(
        next.state,
        next.message,
        now,
        ended,
        JSON.stringify(next.spent),
        next.energy && JSON.stringify(next.energy),
        run.id,
      ),
    );
  }

  /** The last run; one whose process has died without a word reads 'interrupted'. */
  latest(study: number): RunRecord | undefined {
    const row = this.#latest.get(study);
    if (!row) return undefined;
    const run = toRecord(row as Row);
    if (isOver(run.state) || isAlive({ pid: run.pid, started: run.processStarted })) return run;
    return {
      ...run,
      state: 'interrupted',
      message: 'The engine ended during the search. Run again to go on from here.',
    };
  }
}

const runElsewhere = (run: RunRecord) =>
  new UserError(
    'run-elsewhere',
    `this experiment is already being run by process ${run.pid}, since ${new Date(run.started).toLocaleTimeString()}.`,
    {
      advice: 'Wait for it, or stop it there; its progress is shown here as well.',
    },
  );
