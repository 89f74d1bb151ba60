import type { Amount } from '../../shared/results/energy.ts';
import {
  grams,
  numberWords,
  quantityRangeWords,
  quantityWords,
  type Units,
  wattHours,
} from '../../shared/results/numbers.ts';

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
  typeof value === 'number' && Math.abs(value) < 100 && Math.abs(value) >= 1e-3
    ? fourDecimals.format(value)
    : numberWords(value, 4);

/** '12.3 mWh' and '6.2 to 25 mWh', to be set one below the other. */
export function amountParts(amount: Amount, units: Units): readonly [value: string, range: string] {
  const [value, range] = quantityRangeWords(amount, units).split(' (');
  return [value, range.slice(0, -1)];
}
