import { setImmediate } from 'node:timers/promises';

/**
 * Keeps a long fit answerable: after every stretch of work it lets the event loop turn (prune messages, aborts) and stops
 * with the signal's reason once that is aborted. Counts work, not time, so that a fit does not depend on the clock.
 */
export class Pace {
  readonly #signal: AbortSignal;
  readonly #stretch: number;
  #done = 0;

  /** stretch: elementary steps (a bin, a multiplication) between two turns; the default takes about 20 milliseconds. */
  constructor(signal: AbortSignal, stretch = 2e6) {
    this.#signal = signal;
    this.#stretch = stretch;
    signal.throwIfAborted();
  }

  /** Call after `work` elementary steps. */
  async after(work: number): Promise<void> {
    this.#signal.throwIfAborted();
    this.#done += work;
    if (this.#done < this.#stretch) return;
    this.#done = 0;
    await setImmediate();
    this.#signal.throwIfAborted();
  }
}
