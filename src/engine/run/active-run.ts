import type { BackendChoice, BackendFailure } from '../../shared/backend.ts';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { faultWords, ownFault, UserError } from '../../shared/faults.ts';
import { type RunState, secondsAfterStop } from '../../shared/results/study.ts';
import type { Spent } from '../search/budget.ts';
import type { RunRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { backendChoice, mayUseGpu } from './backend-plan.ts';
import { checkRunData } from './check-run-data.ts';
import { finishRun } from './finish.ts';
import { Pool } from './pool.ts';
import { type PreparedStudy, prepareStudy } from './prepare-study.ts';
import { searchLoop } from './search-loop.ts';
import { type StudyMeter, startStudyMeter } from './study-meter.ts';
import { TimePlan } from './time-plan.ts';

export interface RunOptions {
  readonly store: Store;
  /** Begins a new study where the experiment did not change. */
  readonly fresh: boolean;
}

/**
 * One run of an experiment in this process: preparing -> searching -> finishing -> finished, stopped or failed.
 * Each state is in the store before it is acted on, so that any view of the store tells the truth.
 */
export class ActiveRun {
  /** Resolves when the run is over, however it ended; the store says how. */
  readonly ended: Promise<void>;
  readonly #experiment: Experiment;
  readonly #options: RunOptions;
  readonly #stop = new AbortController();
  readonly #cut = new AbortController();
  readonly #end: () => void;
  #run: RunRecord | null = null;
  #backend: BackendChoice = 'wasm';
  #lost: string | null = null;
  #limit: NodeJS.Timeout | undefined;

  constructor(experiment: Experiment, options: RunOptions) {
    this.#experiment = experiment;
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
  }

  /** Reads the data and takes the study; resolves once the search is under way. Throws a UserError where it cannot be. */
  async begin(signal: AbortSignal): Promise<void> {
    const { store, fresh } = this.#options;
    let prepared: PreparedStudy;
    try {
      this.#backend = backendChoice(this.#experiment.search.backend);
      prepared = await prepareStudy(this.#experiment, store, fresh, AbortSignal.any([signal, this.#stop.signal]));
      const run = store.runs.begin(prepared.record.id, this.#experiment.budget, prepared.spent);
      this.#run = store.runs.latest(prepared.record.id) ?? null;
      if (this.#run?.id !== run) throw new Error(`run ${run} is not in the store`);
    } catch (error) {
      this.#end();
      throw error;
    }
    void this.#goOn(prepared).finally(this.#end);
  }

  /**
   * Ends the search; what has finished stays, and what is cheap of the final models and analyses is still made.
   * @param why in a sentence @param skip ends those too
   */
  stop(why: string, skip = false): void {
    this.#stop.abort(new DOMException(why, 'AbortError'));
    if (skip) this.#cut.abort(new DOMException('this was skipped', 'AbortError'));
  }

  /** Why it failed, where the store could not keep even that: its disk is full. */
  get lost(): string | null {
    return this.#lost;
  }

  /** Makes way for the next run of the experiment. Throws a UserError while this one goes on, or its end still cannot be written. */
  makeWay(): void {
    if (this.#lost === null) this.#refuseSecond();
    this.#update({ state: 'failed', message: this.#lost });
    this.#lost = null;
  }

  #refuseSecond(): never {
    throw new UserError('run-already', 'this experiment is already running here.', {
      place: { file: this.#experiment.file },
      advice: 'Stop it first, or wait for it to end.',
    });
  }

  async #goOn(prepared: PreparedStudy): Promise<void> {
    const { store } = this.#options;
    const { workers, memoryBytes } = this.#experiment.search;
    const pool = new Pool({ workers, memoryBytes, backend: this.#backend });
    let meter: StudyMeter | undefined;
    try {
      meter = await startStudyMeter(this.#experiment, mayUseGpu(this.#backend));
      const [stop, cut] = [this.#stop.signal, this.#cut.signal];
      const surroundings = { experiment: this.#experiment, store, prepared, pool, meter, stop, cut };
      const unchecked = await checkRunData(surroundings);
      this.#set('searching', 'Searching.');
      const earlier = store.trials.all(prepared.record.id);
      const plan = await TimePlan.of(prepared, this.#experiment.budget.seconds, earlier);
      const context = { ...surroundings, plan };
      const why = await searchLoop({ ...context, spent: (spent) => this.#update({ spent }) });
      this.#set('finishing', `${why} Making the final models and analysing the best trial.`);
      this.#limitWhatFollows();
      const notes = [...unchecked, ...(await finishRun(context)), ...pool.losses.all.map(lossWords)];
      await this.#over(meter, this.#stop.signal.aborted ? 'stopped' : 'finished', [why, ...notes].join(' '));
    } catch (error) {
      await this.#fail(meter, error);
    } finally {
      clearTimeout(this.#limit);
      pool.close();
    }
  }

  /** Who stops a run waits for what follows the search: that gets a few seconds. */
  #limitWhatFollows(): void {
    const words = `the run was stopped and this took longer than ${secondsAfterStop} s`;
    const begin = () => {
      this.#limit = setTimeout(() => this.#cut.abort(new DOMException(words, 'AbortError')), secondsAfterStop * 1000);
    };
    if (this.#stop.signal.aborted) begin();
    else this.#stop.signal.addEventListener('abort', begin, { once: true });
  }

  async #over(meter: StudyMeter, state: RunState, message: string): Promise<void> {
    this.#update({ state, message, energy: await meter.stop() });
  }

  /** A store that cannot even keep why the run failed (its disk is full) does not take the engine with it. */
  async #fail(meter: StudyMeter | undefined, error: unknown): Promise<void> {
    const message = wordsOf(error);
    const energy = (await meter?.stop()) ?? null;
    try {
      this.#update({ state: 'failed', message, energy });
    } catch (second) {
      this.#lost = message;
      console.error(wordsOf(second));
    }
  }

  #set(state: RunState, message: string): void {
    this.#update({ state, message });
  }

  #update(change: { state?: RunState; message?: string; spent?: Spent; energy?: RunRecord['energy'] }): void {
    if (!this.#run) throw new Error('the run has not begun');
    this.#options.store.runs.update(this.#run, change);
    this.#run = { ...this.#run, ...change };
  }
}

const lossWords = ({ name, why }: BackendFailure) => `Networks went on without ${name}: ${why}`;

function wordsOf(error: unknown): string {
  if (error instanceof UserError) return faultWords(error);
  console.error(error);
  return `${ownFault}: ${error instanceof Error ? error.message : String(error)}`;
}
