import { metricInSentence } from '../../../shared/metric-in-sentence.ts';
import { countWords, listWords, numberWords, secondsWords } from '../../../shared/results/numbers.ts';
import type { ReplayMoment, SearchReplay } from '../../../shared/results/search-replay.ts';

/** 'When 12 of 40 trials had ended, after 8 s: the best was trial 7 with log loss 0.04. 10 complete, 2 failed, 1 running.' */
export function momentWords(
  { ended, seconds, best, counts }: ReplayMoment,
  { ends, objectives }: SearchReplay,
): string {
  const value = best
    ? `the best was trial ${best.trial} with ${metricInSentence(objectives[0].name)} ${numberWords(best.value, 4)}`
    : 'there was no best yet';
  const states = (['complete', 'pruned', 'failed', 'running'] as const).filter((state) => counts[state] > 0);
  const so = states.map((state) => `${numberWords(counts[state])} ${state}`);
  return `When ${numberWords(ended)} of ${countWords(ends.length, 'trial')} had ended, after ${secondsWords(seconds)}: ${value}. ${listWords(so)}.`;
}
