import { grams, numberWords, quantityWords, type Units, wattHours } from '../../shared/results/numbers.ts';

type Maybe = number | null | undefined;

const bytes: Units = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
  [1, 'bytes'],
];

export const wattHoursWords = (value: Maybe): string => quantityWords(value, wattHours);
export const gramsWords = (value: Maybe): string => quantityWords(value, grams);
export const bytesWords = (value: Maybe): string => quantityWords(value, bytes);

const fourDecimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 4, maximumFractionDigits: 4 });

/** For columns of scores: four decimals where they fit, so that the points line up; four digits where they do not. */
export function scoreWords(value: Maybe): string {
  const size = Math.abs(value ?? 0);
  if (typeof value === 'number' && size >= 1e-2 && size < 100) return fourDecimals.format(value);
  return typeof value === 'number' && size > 0 && size < 1e-4 ? value.toExponential(3) : numberWords(value, 4);
}
