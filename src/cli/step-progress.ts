import { SingleBar } from 'cli-progress';
import type { Output } from './output.ts';

/** Shows how far an operation is while it goes on: a bar on a terminal, a line for each new step elsewhere. */
export async function withSteps<T>(
  output: Output,
  work: (progress: (share: number, words: string) => void) => Promise<T>,
): Promise<T> {
  if (!output.live) {
    let told = '';
    return work((_, words) => {
      if (words === told || output.json) return;
      told = words;
      output.remark(words);
    });
  }
  const bar = new SingleBar({ format: '{bar} {words}', barsize: 24, hideCursor: true, clearOnComplete: true });
  bar.start(1_000, 0, { words: '' });
  try {
    return await work((share, words) => bar.update(Math.round(1_000 * share), { words }));
  } finally {
    bar.stop();
  }
}
