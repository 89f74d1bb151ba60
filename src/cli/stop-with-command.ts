import type { Engine } from '../engine/index.ts';
import { secondsAfterStop } from '../shared/results/study.ts';
import type { Interruption } from './interruption.ts';

/** Has the first signal stop a run of this process, and the second what it still makes then. */
export function stopWithCommand(engine: Engine, file: string, interruption: Interruption): void {
  const { signal } = interruption;
  const stop = () => void engine.call('run.stop', { file, why: interruption.why ?? undefined });
  interruption.leaves({
    words: `The final models and the analyses of the best trial are still made, for at most ${secondsAfterStop} s.`,
    skip: () => void engine.call('run.stop', { file, skip: true }),
  });
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
}
