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

/** For columns of scores: four decimals where they fit, so that the points line up. */
export const scoreWords = (value: Maybe): string =>
  typeof value === 'number' && Math.abs(value) < 100 && Math.abs(value) >= 1e-2
    ? fourDecimals.format(value)
    : numberWords(value, 4);
