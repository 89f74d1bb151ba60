import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { PageFault } from './page-fault.ts';

/** What is asked again whenever something differs, one request at a time: the last answer stays until there is a newer one. */
export class LatestAnswer<T> implements ReactiveController {
  readonly #element: ReactiveControllerHost;
  #value: T | null = null;
  #fault: PageFault | null = null;
  #asking = false;
  #next: (() => Promise<T>) | null = null;

  constructor(element: ReactiveControllerHost) {
    this.#element = element;
    element.addController(this);
  }

  hostConnected(): void {}

  get value(): T | null {
    return this.#value;
  }

  get fault(): PageFault | null {
    return this.#fault;
  }

  /** Of something else: what was heard so far is none of it. */
  forget(): void {
    this.#value = null;
    this.#fault = null;
  }

  /** Asks now, or once the request under way has ended; of those that wait, only the newest. */
  async ask(request: () => Promise<T>): Promise<void> {
    this.#next = request;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#next) {
      const ask: () => Promise<T> = this.#next;
      this.#next = null;
      await this.#hear(ask);
    }
    this.#asking = false;
  }

  async #hear(ask: () => Promise<T>): Promise<void> {
    try {
      this.#value = await ask();
      this.#fault = null;
    } catch (error) {
      this.#fault = PageFault.from(error);
    }
    this.#element.requestUpdate();
  }
}
