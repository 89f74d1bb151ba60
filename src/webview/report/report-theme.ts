import type { ReactiveController } from 'lit';

/** Dark or light: the system's choice until the reader makes one; paper is light. */
export class ReportTheme implements ReactiveController {
  #beforePrint: string | null = null;

  hostConnected(): void {
    addEventListener('beforeprint', this.#toPaper);
    addEventListener('afterprint', this.#fromPaper);
  }

  hostDisconnected(): void {
    removeEventListener('beforeprint', this.#toPaper);
    removeEventListener('afterprint', this.#fromPaper);
  }

  toggle(): void {
    const { dataset } = document.documentElement;
    const isDark = dataset.theme ? dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    dataset.theme = isDark ? 'light' : 'dark';
  }

  readonly #toPaper = (): void => {
    this.#beforePrint = document.documentElement.getAttribute('data-theme');
    document.documentElement.dataset.theme = 'light';
  };

  readonly #fromPaper = (): void => {
    if (this.#beforePrint === null) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.#beforePrint;
  };
}
