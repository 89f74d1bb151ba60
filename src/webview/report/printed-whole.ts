import type { ReactiveController } from 'lit';

/** Paper cannot be unfolded: what is folded is open while the page is printed, in every shadow tree below. */
export class PrintedWhole implements ReactiveController {
  readonly #host: HTMLElement;
  #opened: HTMLDetailsElement[] = [];

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  hostConnected(): void {
    addEventListener('beforeprint', this.#unfold);
    addEventListener('afterprint', this.#fold);
  }

  hostDisconnected(): void {
    removeEventListener('beforeprint', this.#unfold);
    removeEventListener('afterprint', this.#fold);
  }

  readonly #unfold = (): void => {
    this.#opened = foldsIn(this.#host.shadowRoot).filter(({ open }) => !open);
    for (const fold of this.#opened) fold.open = true;
  };

  readonly #fold = (): void => {
    for (const fold of this.#opened) fold.open = false;
    this.#opened = [];
  };
}

function foldsIn(root: ShadowRoot | null): HTMLDetailsElement[] {
  if (!root) return [];
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element instanceof HTMLDetailsElement ? [element] : []),
    ...foldsIn(element.shadowRoot),
  ]);
}
