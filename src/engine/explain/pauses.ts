import { setImmediate } from 'node:timers/promises';

/** Steps after which an abort must be able to arrive: some milliseconds of them. */
const stretch = 2_000_000;

/** Lets the event loop turn every few milliseconds of a long calculation, and hears there whether it shall go on. */
export class Pauses {
  readonly #signal: AbortSignal;
  readonly #enough: () => boolean;
  #steps = 0;

  constructor(signal: AbortSignal, enough: () => boolean = () => false) {
    this.#signal = signal;
    this.#enough = enough;
  }

  /** After so many elementary steps: whether what is known is enough. Throws an AbortError on the signal. */
  async after(steps: number): Promise<boolean> {
    this.#steps += steps;
    if (this.#steps < stretch) return false;
    this.#steps = 0;
    await setImmediate();
    this.#signal.throwIfAborted();
    return this.#enough();
  }
}
