import { ProgressLocation, window } from 'vscode';
import type { RequestOptions } from '../engine/client/engine-client.ts';

/** Shows that a request goes on, in a notification with a button to cancel it. Rejects with an AbortError where the person did. */
export function withProgress<T>(title: string, work: (options: RequestOptions) => Promise<T>): Promise<T> {
  const options = { location: ProgressLocation.Notification, title: `Vitrine: ${title}`, cancellable: true };
  const shown = window.withProgress(options, async (bar, cancellation) => {
    const abort = new AbortController();
    const listening = cancellation.onCancellationRequested(() => abort.abort());
    let done = 0;
    try {
      return await work({
        signal: abort.signal,
        progress: (share, words) => {
          const percent = Math.round(100 * share);
          bar.report({ message: words, increment: percent - done });
          done = percent;
        },
      });
    } finally {
      listening.dispose();
    }
  });
  return Promise.resolve(shown);
}
