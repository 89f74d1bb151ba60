import type { Decision } from './job.ts';

/** What a job may use of the worker it runs in. */
export interface Surroundings {
  readonly signal: AbortSignal;
  /** True once nobody waits for more than what is known by now: a moment before the signal, for jobs that can give back a part. */
  enough(): boolean;
  progress(share: number): void;
  /** Names a program that it started, leading a group of its own, so that whatever becomes of the worker ends it too. */
  started(leader: number): void;
  /** Memory that such a program holds now, in bytes. */
  held(bytes: number): void;
  /** Tells the search an intermediate value and waits for its answer. */
  report(step: number, value: number): Promise<Decision>;
}
