import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { BackendName } from '../../shared/backend.ts';
import { UserError } from '../../shared/faults.ts';
import { hasCode } from '../error-code.ts';
import { BackendFault } from '../networks/backends/backend-fault.ts';
import type { BackendPlan } from './backend-plan.ts';
import type { Answers, Decision, FromWorker, Job, ToWorker, Usage } from './job.ts';
import { signalGroup } from './script/process-group.ts';

export interface JobOptions {
  /** Asked after each intermediate value. */
  readonly onReport?: (step: number, value: number) => Decision;
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
  /** Once it is aborted, so long the worker has to end the job by itself. */
  readonly graceMilliseconds?: number;
  /** The worker is killed after so long. */
  readonly timeoutSeconds?: number;
  readonly memoryBytes?: number;
  /** What networks are computed on; without it on wasm. */
  readonly backend?: BackendPlan;
}

/** A job that came to nothing, with what it used all the same. */
export class JobFailure extends Error {
  readonly usage: Usage | null;
  /** What native code the job ran, where it threw or died: perhaps the cause. */
  readonly backend: BackendName | null;
  readonly reason: 'threw' | 'timed out' | 'out of memory' | 'died' | 'aborted';

  constructor(
    reason: JobFailure['reason'],
    message: string,
    usage: Usage | null,
    { cause, backend = null }: { cause?: unknown; backend?: BackendName | null } = {},
  ) {
    super(message, { cause });
    this.name = 'JobFailure';
    this.reason = reason;
    this.usage = usage;
    this.backend = backend;
  }
}

/** Those of this process. One that is deep in a fit does not notice that nobody listens any more: it is ended with the process. */
const living = new Set<Child>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** What a job came to. */
export interface JobOutcome<K extends Job['kind']> {
  readonly answer: Answers[K];
  readonly usage: Usage;
  /** What its networks were computed on; null where it had none, or had them on wasm. */
  readonly backend: BackendName | null;
}

interface Current {
  readonly id: number;
  readonly options: JobOptions;
  /** As `JobOutcome.backend`, as far as it has been told. */
  backend: BackendName | null;
  readonly resolve: (value: JobOutcome<Job['kind']>) => void;
  readonly reject: (error: unknown) => void;
}

/** The program, beside this file in the source and beside the bundle when built. */
const program = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url),
);
/**
 * Of each half of the space in which V8 makes new objects. By itself V8 lets it grow to 128 MB, nearly all of them garbage;
 * fits take no more time with less.
 */
const newSpaceMegabytes = 8;
const memoryPollMilliseconds = 200;
const abortGraceMilliseconds = 3_000;
const megabyte = 1024 * 1024;

/** One worker program and the job it is at. A worker that dies takes only its job with it. */
export class WorkerProcess {
  readonly #child: Child;
  #current: Current | null = null;
  #nextId = 1;
  readonly #ready = Promise.withResolvers<void>();
  #exited = false;
  #killedFor: 'timed out' | 'out of memory' | 'aborted' | null = null;
  #lastWords = '';
  /** A program of the current job that must not outlive the worker. */
  #group: number | null = null;

  constructor(memoryBytes?: number) {
    const heap = [
      '--expose-gc',
      `--max-semi-space-size=${newSpaceMegabytes}`,
      ...(memoryBytes ? [`--max-old-space-size=${Math.max(64, Math.floor(memoryBytes / megabyte))}`] : []),
    ];
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...heap, program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in the terminal is for the engine, which decides what its workers do, even of one that just starts.
      detached: process.platform !== 'win32',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    living.add(this.#child);
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(JSON.parse(line)));
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString()).slice(-4_000);
    });
    // Writing to a worker that has just died: its 'exit' tells the story.
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('exit', (code, signal) => this.#end(signal ? `signal ${signal}` : `exit code ${code}`));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return !this.#exited;
  }

  /** Runs one job. Rejects with a UserError where the person can mend it, else with a JobFailure. */
  run<K extends Job['kind']>(job: Extract<Job, { kind: K }>, options: JobOptions): Promise<JobOutcome<K>> {
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<JobOutcome<Job['kind']>>();
    this.#current = { id, options, backend: null, resolve, reject };
    const watch = this.#watch(id, options);
    this.#say({ id, job, backend: options.backend ?? { choice: 'wasm', without: [] } });
    return promise.finally(() => {
      watch();
      this.#current = null;
      if (this.alive) this.#group = null;
    }) as Promise<JobOutcome<K>>;
  }

  /** Resident memory; 0 where the system does not tell. */
  get heldBytes(): number {
    return residentBytes(this.#child.pid);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #say(message: ToWorker): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  #hear(message: FromWorker): void {
    const current = this.#current;
    if ('ready' in message) this.#ready.resolve();
    if ('ready' in message || !current || message.id !== current.id) return;
    if ('report' in message) this.#kept(current, () => this.#decide(current, message.report));
    else if ('progress' in message) this.#kept(current, () => current.options.onProgress?.(message.progress));
    else if ('group' in message) this.#group = message.group;
    else if ('backend' in message) current.backend = message.backend === 'wasm' ? null : message.backend;
    else if ('answer' in message) current.resolve({ ...message, backend: current.backend });
    else current.reject(toError(message, current.backend));
  }

  #decide({ id, options }: Current, { step, value }: { step: number; value: number | string }): void {
    this.#say({ id, decision: options.onReport?.(step, Number(value)) ?? { prune: null } });
  }

  /** A store that fails while it keeps what is said fails the job, and the worker with it: it may wait for an answer. */
  #kept({ reject }: Current, keep: () => void): void {
    try {
      keep();
    } catch (error) {
      reject(error);
      this.kill();
    }
  }

  /** Time-out, memory limit and abort of the job; returns what ends the watch. */
  #watch(id: number, { signal, graceMilliseconds, timeoutSeconds, memoryBytes }: JobOptions): () => void {
    const timers: NodeJS.Timeout[] = [];
    // A worker that is still starting is not at the job yet.
    if (timeoutSeconds !== undefined)
      void this.#ready.promise.then(() => {
        if (this.#current?.id !== id) return;
        timers.push(setTimeout(() => this.#killFor('timed out'), Math.min(timeoutSeconds * 1000, 2 ** 31 - 1)));
      });
    if (memoryBytes !== undefined)
      timers.push(
        setInterval(() => {
          if (residentBytes(this.#child.pid) > memoryBytes) this.#killFor('out of memory');
        }, memoryPollMilliseconds),
      );
    const abort = () => {
      this.#say({ id, abort: true });
      timers.push(setTimeout(() => this.#killFor('aborted'), graceMilliseconds ?? abortGraceMilliseconds));
    };
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    return () => {
      signal?.removeEventListener('abort', abort);
      for (const timer of timers) clearTimeout(timer);
    };
  }

  #killFor(reason: 'timed out' | 'out of memory' | 'aborted'): void {
    this.#killedFor = reason;
    this.kill();
  }

  #end(how: string): void {
    if (this.#exited) return;
    this.#exited = true;
    living.delete(this.#child);
    if (this.#group !== null) signalGroup(this.#group, 'SIGKILL');
    this.#current?.reject(this.#failureAtExit(how));
  }

  #failureAtExit(how: string): JobFailure {
    const { timeoutSeconds, memoryBytes } = this.#current?.options ?? {};
    if (this.#killedFor === 'timed out')
      return new JobFailure('timed out', `It took longer than ${round(timeoutSeconds)} s.`, null);
    if (this.#killedFor === 'aborted') return new JobFailure('aborted', 'It was stopped.', null);
    if (
      this.#killedFor === 'out of memory' ||
      /heap out of memory|Array buffer allocation failed/.test(this.#lastWords)
    )
      return new JobFailure(
        'out of memory',
        `It used more memory than the ${megabytes(memoryBytes)} a worker may.`,
        null,
      );
    return new JobFailure(
      'died',
      `The worker ended unasked (${how}). ${this.#lastWords.trim().split('\n').slice(-3).join(' ')}`.trim(),
      null,
      { backend: this.#current?.backend },
    );
  }
}

function toError({ fault, usage }: Extract<FromWorker, { fault: unknown }>, backend: BackendName | null): Error {
  if (fault.aborted) return new JobFailure('aborted', 'It was stopped.', usage);
  if (fault.backend) return new BackendFault(fault.backend);
  if (fault.userCode) return new UserError(fault.userCode, fault.message, { place: fault.place, advice: fault.advice });
  const error = new JobFailure('threw', fault.message, usage, { backend });
  if (fault.stack) error.stack = fault.stack;
  return error;
}

const round = (seconds: number | undefined) => (seconds === undefined ? '?' : Math.round(seconds * 10) / 10);
const megabytes = (bytes: number | undefined) =>
  bytes === undefined ? 'memory' : `${Math.round(bytes / megabyte)} MB`;

/** Resident set of a process from proc(5); 0 where the system does not tell (the heap limit holds there all the same). */
function residentBytes(pid: number | undefined): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return 0;
    throw error;
  }
}
