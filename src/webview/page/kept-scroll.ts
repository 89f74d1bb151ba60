import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Host } from './host.ts';

/** Keeps how far the page is scrolled over reloads of the window. */
export class KeptScroll implements ReactiveController {
  #host: Host | null = null;
  #wanted = 0;
  #timer = 0;

  constructor(element: ReactiveControllerHost) {
    element.addController(this);
  }

  restore(host: Host): void {
    this.#host = host;
    this.#wanted = host.state.scroll;
  }

  hostConnected(): void {
    addEventListener('scroll', this.#keep, { passive: true });
  }

  hostDisconnected(): void {
    removeEventListener('scroll', this.#keep);
  }

  /** The page grows as results arrive: scrolls once it is tall enough. */
  hostUpdated(): void {
    if (this.#wanted === 0 || document.documentElement.scrollHeight < this.#wanted + innerHeight) return;
    scrollTo(0, this.#wanted);
    this.#wanted = 0;
  }

  readonly #keep = (): void => {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#host?.keep({ scroll: Math.round(scrollY) }), 200);
  };
}
