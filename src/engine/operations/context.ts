import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../shared/faults.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { Pool } from '../run/pool.ts';
import type { StoredTrial, StudyRecord } from '../store/records.ts';
import { Store } from '../store/store.ts';
import { ForeignStudies } from './foreign-studies.ts';
import { bestTrial, ranked } from './ranking.ts';

/** What every operation may use; one a process. */
export class EngineState {
  readonly runs = new Map<string, ActiveRun>();
  readonly #stores = new Map<string, Store>();
  readonly #foreign = new ForeignStudies();
  #pool: Pool | null = null;

  /** The store of the folder that holds this experiment file. */
  storeOf(file: string): Store {
    const folder = dirname(file);
    const store = this.#stores.get(folder) ?? new Store(folder);
    this.#stores.set(folder, store);
    return store;
  }

  /** As `storeOf`, but makes no store where there is none yet; for the study of another program, that of what was read of it. */
  existingStoreOf(file: string): Store | undefined {
    const own = this.#storeOnDisk(file);
    return own?.studies.version(basename(file)) ? own : (this.#foreign.storeOf(file) ?? own);
  }

  #storeOnDisk(file: string): Store | undefined {
    return existsSync(join(dirname(file), '.vitrine', 'vitrine.db')) ? this.storeOf(file) : undefined;
  }

  /**
   * Before a question about a file: where it is another program's study, and was not imported, it is read as it stands now.
   * Throws the UserErrors of `ForeignStudies.settle`.
   */
  async settle(file: string, signal: AbortSignal): Promise<void> {
    if (!this.#storeOnDisk(file)?.studies.version(basename(file))) await this.#foreign.settle(file, signal);
  }

  /** Workers for analyses that somebody asked for; a run has its own. */
  get pool(): Pool {
    this.#pool ??= new Pool({ workers: 'auto' });
    return this.#pool;
  }

  /** Experiments that this process is running. */
  get running(): string[] {
    return [...this.runs].flatMap(([file, { lost }]) => (lost === null ? [file] : []));
  }

  versionOf(file: string): string | undefined {
    return this.#storeOnDisk(file)?.studies.version(basename(file)) ?? this.#foreign.versionOf(file);
  }

  async close(): Promise<void> {
    for (const run of this.runs.values()) run.stop('Stopped with the engine, which was ended.');
    await Promise.allSettled([...this.runs.values()].map((run) => run.ended));
    this.#pool?.close();
    for (const store of this.#stores.values()) store.close();
    this.#stores.clear();
    this.#foreign.close();
  }
}

export interface OperationContext {
  readonly state: EngineState;
  readonly signal: AbortSignal;
  progress(share: number, words: string): void;
}

export interface StudyInStore {
  readonly store: Store;
  readonly study: StudyRecord;
}

/** The newest study of an experiment file. Throws a UserError where it never ran. */
export function studyOf(state: EngineState, file: string): StudyInStore {
  const store = state.existingStoreOf(file);
  const study = store?.studies.latest(basename(file));
  if (store && study) return { store, study };
  const isModel = /\.onnx$/i.test(file);
  const first = isModel
    ? 'Open it first, on a table that tells which column is which and what the classes are called: vitrine open MODEL.onnx --data DATA --target COLUMN.'
    : 'Run it first: vitrine run FILE.';
  throw new UserError('no-study', `this ${isModel ? 'model has not been opened' : 'experiment has not run'} yet.`, {
    place: { file },
    advice: [...(store?.notes ?? []), first].join(' '),
  });
}

/** One trial of a study, by number or the best. Throws a UserError where there is none. */
export function trialOf({ store, study }: StudyInStore, which: 'best' | number, file: string): StoredTrial {
  if (which === 'best') {
    const trials = store.trials.all(study.id);
    const best = bestTrial(trials, study.objectives);
    if (best) return best;
    const [nearest] = ranked(trials, study.objectives);
    if (nearest)
      throw new UserError('no-trial', 'no trial keeps every constraint, so none is the best.', {
        place: { file },
        advice: `Trial ${nearest.trial.number} comes nearest: name it by its number, loosen \`constraints\`, or search on.`,
      });
    throw new UserError('no-trial', 'no trial has finished yet.', {
      place: { file },
      advice: 'Run the experiment, or give it more time.',
    });
  }
  const trial = store.trials.get(study.id, which);
  if (trial) return trial;
  const count = store.trials.all(study.id).length;
  throw new UserError('no-trial', `there is no trial ${which}.`, {
    place: { file },
    advice:
      count > 0 ? `Trials are numbered 0 to ${count - 1}; "best" is the best one.` : 'No trial has been started yet.',
  });
}
