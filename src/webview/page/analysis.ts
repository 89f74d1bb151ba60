import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Progress, RequestOptions } from './host.ts';
import { PageFault } from './page-fault.ts';

/** 'working' ends in an answer, which comes as a push, or in a fault. */
export type AnalysisState =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly progress: Progress }
  | { readonly state: 'failed'; readonly fault: PageFault };

/** One costly request of a page at a time: its progress, how to cancel it, and what went wrong. */
export class Analysis implements ReactiveController {
  readonly #element: ReactiveControllerHost;
  #state: AnalysisState = { state: 'idle' };
  #abort: AbortController | null = null;

  constructor(element: ReactiveControllerHost) {
    this.#element = element;
    element.addController(this);
  }

  /** Hidden for good: nobody waits for it any more, but the engine may finish and keep the result. */
  hostDisconnected(): void {
    this.#abort = null;
  }

  get state(): AnalysisState {
    return this.#state;
  }

  async run(request: (options: RequestOptions) => Promise<unknown>): Promise<void> {
    if (this.#state.state !== 'working') await this.#perform(request);
  }

  /** In place of the one under way, which is cancelled and of which nothing more is heard. */
  async again(request: (options: RequestOptions) => Promise<unknown>): Promise<void> {
    const old = this.#abort;
    this.#abort = null;
    old?.abort();
    await this.#perform(request);
  }

  async #perform(request: (options: RequestOptions) => Promise<unknown>): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const set = (state: AnalysisState) => this.#abort === abort && this.#set(state);
    set({ state: 'working', progress: { share: null, words: 'Waiting for the engine' } });
    const onProgress = (progress: Progress) => set({ state: 'working', progress });
    try {
      await request({ signal: abort.signal, onProgress, silenceSeconds: 90 });
      set({ state: 'idle' });
    } catch (error) {
      const fault = PageFault.from(error);
      set(fault.code === 'cancelled' ? { state: 'idle' } : { state: 'failed', fault });
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }

  #set(state: AnalysisState): void {
    this.#state = state;
    this.#element.requestUpdate();
  }
}
