import { metricInSentence } from '../metric-in-sentence.ts';
import { countWords, intervalWords, linesWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
import type { Interval } from './result.ts';
import { basisWords, type SearchBasis } from './search-basis.ts';

/** One way of looking ahead. */
export interface OutlookEstimate {
  /** 'record': from how often and how far the trials so far improved the best. 'surrogate': from a model of what is not tried yet. */
  readonly method: 'record' | 'surrogate';
  /** How it was computed and what it takes for granted, in a sentence. */
  readonly words: string;
  /** Chance that the next trials improve the best by at least `epsilon`. */
  readonly chance: number;
  readonly chanceInterval: Interval;
  /** Expected improvement of the best, 0 or more, in the objective's unit. */
  readonly gain: number;
  readonly gainInterval: Interval;
  /** By number of further trials. */
  readonly curve: readonly { readonly trials: number; readonly chance: number; readonly gain: number }[];
}

/** 'May I stop?' */
export interface SearchOutlook extends SearchBasis {
  readonly kind: 'search-outlook';
  /** Further trials that are looked ahead. */
  readonly horizon: number;
  /** An improvement smaller than this is none, in the objective's unit. */
  readonly epsilon: number;
  readonly best: { readonly trial: number; readonly value: number };
  /** Trials ended since the best one. */
  readonly sinceBest: number;
  /** The one to go by first. */
  readonly estimates: readonly OutlookEstimate[];
  readonly advice: 'go on' | 'may stop' | 'cannot tell';
}

/** What a person may do, in a sentence. */
export const adviceWords: Readonly<Record<SearchOutlook['advice'], string>> = {
  'go on': 'Going on is likely to pay.',
  'may stop': 'You may stop.',
  'cannot tell': 'It cannot be told whether you may stop.',
};

/** The advice, both estimates with how they came about, and what they rest on. */
export function searchOutlookWords(result: SearchOutlook): string {
  const { horizon, epsilon, best, sinceBest, estimates, objective } = result;
  const least = epsilon > 0 ? ` by at least ${numberWords(epsilon)}` : '';
  return linesWords([
    `${adviceWords[result.advice]} Trial ${best.trial} has the best ${metricInSentence(objective)}, ${numberWords(best.value, 4)}; ${countWords(sinceBest, 'trial has', 'trials have')} ended since.`,
    ...estimates.map(
      ({ method, words, chance, chanceInterval, gain, gainInterval }) =>
        `By the ${method}, ${countWords(horizon, 'more trial improves', 'more trials improve')} it${least} with a chance of ${percentWords(chance, 0)} (${percentIntervalWords(chanceInterval)}), by ${numberWords(gain)} (${intervalWords(gainInterval)}) in expectation. ${words}`,
    ),
    basisWords(result),
  ]);
}
