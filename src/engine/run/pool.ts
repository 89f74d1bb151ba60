import { availableParallelism } from 'node:os';
import type { BackendChoice, BackendFailure } from '../../shared/backend.ts';
import { BackendFault } from '../networks/backends/backend-fault.ts';
import { BackendLosses } from './backend-plan.ts';
import type { Job } from './job.ts';
import { JobFailure, type JobOptions, type JobOutcome, WorkerProcess } from './worker-process.ts';

export interface PoolOptions {
  readonly workers: number | 'auto';
  readonly memoryBytes?: number;
  /** What networks are computed on; by default on wasm. */
  readonly backend?: BackendChoice;
}

/** A fresh worker holds little more than half of it. */
const largeWorkerBytes = 200e6;

/** Warm workers, one job at a time each. A dead one is replaced by the next job that needs it. */
export class Pool {
  readonly size: number;
  /** Accelerators that jobs of this pool go on without. */
  readonly losses: BackendLosses;
  readonly #memoryBytes: number | undefined;
  readonly #idle: WorkerProcess[] = [];
  readonly #all = new Set<WorkerProcess>();
  readonly #waiting: PromiseWithResolvers<WorkerProcess>[] = [];
  #closed = false;

  constructor({ workers, memoryBytes, backend = 'wasm' }: PoolOptions) {
    this.losses = new BackendLosses(backend);
    this.size = workers === 'auto' ? availableParallelism() : workers;
    this.#memoryBytes = memoryBytes;
  }

  /**
   * Waits for a free worker, then runs the job on it; again on the next backend where the one for its networks failed or took the worker
   * with it. Rejections as `WorkerProcess.run`.
   */
  async run<K extends Job['kind']>(
    job: Extract<Job, { kind: K }>,
    options: JobOptions = {},
  ): Promise<JobOutcome<K> & { readonly failures: readonly BackendFailure[] }> {
    const failures: BackendFailure[] = [];
    const onReport = options.onReport && onlyRising(options.onReport);
    for (;;) {
      try {
        const backend = this.losses.planWithout(failures);
        const outcome = await this.#runOnce(job, { backend, ...options, ...(onReport && { onReport }) });
        // That the job succeeds without them is what tells their fault from the job's own.
        this.losses.add(failures);
        return { ...outcome, failures };
      } catch (error) {
        const failure = backendFailure(error);
        if (!failure || job.kind === 'backend-probe') throw error;
        failures.push(failure);
      }
    }
  }

  async #runOnce<K extends Job['kind']>(job: Extract<Job, { kind: K }>, options: JobOptions): Promise<JobOutcome<K>> {
    if (options.signal?.aborted) throw neverBegan();
    const worker = await this.#take();
    try {
      if (options.signal?.aborted) throw neverBegan();
      return await worker.run(job, { memoryBytes: this.#memoryBytes, ...options });
    } finally {
      this.#release(worker);
    }
  }

  /** Process numbers of the living workers, for metering. */
  get pids(): number[] {
    return [...this.#all].filter((worker) => worker.alive).flatMap((worker) => worker.pid ?? []);
  }

  /**
   * Ends the idle workers that hold more than so many bytes, so that the next jobs begin with fresh ones: memory of WebAssembly never
   * shrinks, and what a search has left behind would stand beside what comes after it.
   */
  renew(bytes: number = largeWorkerBytes): void {
    for (const worker of this.#idle.filter(({ heldBytes }) => heldBytes > bytes)) {
      this.#idle.splice(this.#idle.indexOf(worker), 1);
      this.#all.delete(worker);
      worker.kill();
    }
  }

  /** Ends the workers; jobs that wait for one reject as aborted, those that run as their worker's death. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(neverBegan());
    for (const worker of this.#all) worker.kill();
  }

  async #take(): Promise<WorkerProcess> {
    if (this.#closed) throw new Error('the worker pool is closed');
    for (let worker = this.#idle.pop(); worker; worker = this.#idle.pop()) {
      if (worker.alive) return worker;
      this.#all.delete(worker);
    }
    if (this.#all.size < this.size) return this.#add();
    const turn = Promise.withResolvers<WorkerProcess>();
    this.#waiting.push(turn);
    return turn.promise;
  }

  #add(): WorkerProcess {
    const worker = new WorkerProcess(this.#memoryBytes);
    this.#all.add(worker);
    return worker;
  }

  #release(worker: WorkerProcess): void {
    if (!worker.alive) this.#all.delete(worker);
    const next = this.#waiting.shift();
    if (next) next.resolve(worker.alive ? worker : this.#add());
    else if (worker.alive) this.#idle.push(worker);
  }
}

/** What a job can be run again without, where native code may have been the cause. */
function backendFailure(error: unknown): BackendFailure | null {
  if (error instanceof BackendFault) return error.failure;
  if (!(error instanceof JobFailure) || error.backend === null) return null;
  const mayBeItsFault = error.reason === 'died' || error.reason === 'threw';
  return mayBeItsFault ? { name: error.backend, why: error.message } : null;
}

/** A job that is run again reports the same steps again; the search has heard them. */
function onlyRising(onReport: NonNullable<JobOptions['onReport']>): NonNullable<JobOptions['onReport']> {
  let last = Number.NEGATIVE_INFINITY;
  return (step, value) => {
    if (step <= last) return { prune: null };
    last = step;
    return onReport(step, value);
  };
}

const neverBegan = () => new JobFailure('aborted', 'It was stopped before it began.', null);
