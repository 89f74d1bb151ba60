import { availableParallelism } from 'node:os';
import type { Answers, Job, Usage } from './job.ts';
import { JobFailure, type JobOptions, WorkerProcess } from './worker-process.ts';

export interface PoolOptions {
  readonly workers: number | 'auto';
  readonly memoryBytes?: number;
}

/** Warm workers, one job at a time each. A dead one is replaced by the next job that needs it. */
export class Pool {
  readonly size: number;
  readonly #memoryBytes: number | undefined;
  readonly #idle: WorkerProcess[] = [];
  readonly #all = new Set<WorkerProcess>();
  readonly #waiting: PromiseWithResolvers<WorkerProcess>[] = [];
  #closed = false;

  constructor({ workers, memoryBytes }: PoolOptions) {
    this.size = workers === 'auto' ? availableParallelism() : workers;
    this.#memoryBytes = memoryBytes;
  }

  /** Waits for a free worker, then runs the job on it. Rejections as `WorkerProcess.run`. */
  async run<K extends Job['kind']>(
    job: Extract<Job, { kind: K }>,
    options: JobOptions = {},
  ): Promise<{ answer: Answers[K]; usage: Usage }> {
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

const neverBegan = () => new JobFailure('aborted', 'It was stopped before it began.', null);
