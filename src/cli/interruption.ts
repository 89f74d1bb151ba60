import type { Output } from './output.ts';

/** What a command still makes once it is asked to stop, and how a second Ctrl-C ends that. */
export interface Remainder {
  /** 'The final models are still made.' */
  readonly words: string;
  skip(): void;
}

/** How a signal is told, and the exit code of who ended by it: 128 and its number, as shells count. */
const signals = {
  SIGINT: { why: 'Stopped by the person.', exitCode: 130 },
  SIGTERM: { why: 'Stopped by SIGTERM: another program, or the system, ended it.', exitCode: 143 },
} as const;

export type InterruptingSignal = keyof typeof signals;

/**
 * What Ctrl-C and SIGTERM do: the first stops cleanly, the second skips what is still made after that, and the last, which is the second
 * where nothing is, ends the process at once.
 */
export class Interruption {
  readonly #output: Output;
  readonly #stop = new AbortController();
  #by: InterruptingSignal | null = null;
  #remainder: Remainder | null = null;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Aborted by the first signal. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** null until the first signal. */
  get exitCode(): number | null {
    return this.#by && signals[this.#by].exitCode;
  }

  /** What stopped the command, in a sentence; null until the first signal. */
  get why(): string | null {
    return this.#by && signals[this.#by].why;
  }

  /** From now on the second signal skips this. */
  leaves(remainder: Remainder): void {
    this.#remainder = remainder;
  }

  /** @returns whether the process is to end at once */
  hear(signal: InterruptingSignal): boolean {
    const remainder = this.#remainder;
    if (this.#by === null) {
      this.#by = signal;
      this.#output.remark(
        remainder
          ? `\nStopping. ${remainder.words} Press Ctrl-C again to skip that.`
          : '\nStopping. Press Ctrl-C again to end at once.',
      );
      this.#stop.abort();
      return false;
    }
    if (!remainder) return true;
    this.#remainder = null;
    this.#output.remark('\nSkipping the rest. Press Ctrl-C again to end at once.');
    remainder.skip();
    return false;
  }
}
