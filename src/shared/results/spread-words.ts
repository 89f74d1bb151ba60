import { changeWords, numberWords } from './numbers.ts';

/** '+0.21 (spread 0.013)': a spread below a hundredth of the weight is not worth a word. */
export const weightWords = ({ weight, spread }: { readonly weight: number; readonly spread: number }): string =>
  spread > Math.abs(weight) / 100 ? `${changeWords(weight)} (spread ${numberWords(spread, 2)})` : changeWords(weight);
