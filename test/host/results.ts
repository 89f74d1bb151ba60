import type { Counts } from '../run/counts.ts';

/** Environment variables by which the suite finds the program that started it. */
export const variables = { results: 'VITRINE_TEST_RESULTS', grep: 'VITRINE_TEST_GREP' } as const;

/** What the suite, in the extension host, tells the program that started it: one line of JSON each. */
export type SuiteMessage =
  | { readonly kind: 'suite'; readonly title: string; readonly depth: number }
  | { readonly kind: 'passed'; readonly title: string; readonly depth: number; readonly milliseconds: number }
  | { readonly kind: 'skipped'; readonly title: string; readonly depth: number }
  | { readonly kind: 'failed'; readonly title: string; readonly depth: number; readonly stack: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'end' };

/** Prints messages as they come, the failures again at the end, and counts. */
export class SuiteResults {
  readonly #failures: { title: string; stack: string }[] = [];
  #counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  #ended = false;

  take(message: SuiteMessage): void {
    const indent = 'depth' in message ? '  '.repeat(message.depth) : '';
    if (message.kind === 'suite') console.log(`${indent}${message.title}`);
    else if (message.kind === 'said') console.log(message.text);
    else if (message.kind === 'end') this.#ended = true;
    else {
      const mark = { passed: '✔', skipped: '-', failed: '✖' }[message.kind];
      const time = message.kind === 'passed' ? ` (${message.milliseconds} ms)` : '';
      console.log(`${indent}${mark} ${message.title}${time}`);
      this.#counts = { ...this.#counts, [message.kind]: this.#counts[message.kind] + 1 };
      if (message.kind === 'failed') this.#failures.push(message);
    }
  }

  /** The counts, or undefined when the suite broke off. */
  finish(): Counts | undefined {
    for (const { title, stack } of this.#failures) console.log(`\n✖ ${title}\n${stack}`);
    if (!this.#ended) console.log('The suite broke off: its extension host ended before the last test did.');
    return this.#ended ? this.#counts : undefined;
  }
}
