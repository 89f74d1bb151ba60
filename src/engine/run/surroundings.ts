import type { Decision } from './job.ts';

/** What a job may use of the worker it runs in. */
export interface Surroundings {
  readonly signal: AbortSignal;
  progress(share: number): void;
  /** Tells the search an intermediate value and waits for its answer. */
  report(step: number, value: number): Promise<Decision>;
}
