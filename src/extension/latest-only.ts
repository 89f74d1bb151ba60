/** Work that only ever needs doing for the newest state: asked for while it runs, it runs once more afterwards, and not once for each time. */
export class LatestOnly {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #again = false;

  /** @param work tells of its own faults: it must not reject */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when the work has been done at least once from now on. */
  ask(): Promise<void> {
    if (this.#running) this.#again = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      await this.#work();
    } while (this.#again);
    this.#running = undefined;
  }
}
