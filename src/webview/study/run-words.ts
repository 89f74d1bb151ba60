import { numberWords } from '../../shared/results/numbers.ts';
import type { RunState, StudySnapshot } from '../../shared/results/study.ts';
import type { IconName } from '../components/icon.ts';

/** How each state of a run reads and looks. */
export const runStates: Readonly<
  Record<
    RunState,
    { readonly words: string; readonly icon: IconName; readonly tone: 'quiet' | 'busy' | 'good' | 'warn' | 'bad' }
  >
> = {
  none: { words: 'Not run yet', icon: 'beaker', tone: 'quiet' },
  imported: { words: 'Imported', icon: 'table', tone: 'quiet' },
  preparing: { words: 'Preparing', icon: 'sync', tone: 'busy' },
  searching: { words: 'Searching', icon: 'sync', tone: 'busy' },
  finishing: { words: 'Finishing', icon: 'sync', tone: 'busy' },
  finished: { words: 'Finished', icon: 'pass', tone: 'good' },
  stopped: { words: 'Stopped', icon: 'circleSlash', tone: 'quiet' },
  failed: { words: 'Failed', icon: 'error', tone: 'bad' },
  interrupted: { words: 'Interrupted', icon: 'warning', tone: 'warn' },
};

export const isUnderWay = (run: RunState): boolean => run === 'preparing' || run === 'searching' || run === 'finishing';

/** '31 complete, 6 pruned, 2 failed, 1 running' */
export function countsWords({ counts }: Pick<StudySnapshot, 'counts'>): string {
  const order = ['complete', 'pruned', 'failed', 'running', 'waiting'] as const;
  const parts = order.filter((state) => counts[state] > 0).map((state) => `${numberWords(counts[state])} ${state}`);
  return parts.join(', ');
}
