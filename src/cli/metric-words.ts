import { metricInSentence } from '../shared/metric-in-sentence.ts';
import { metricInfo } from '../shared/metrics.ts';
import { grams, numberWords, quantityWords, secondsWords, type Units, wattHours } from '../shared/results/numbers.ts';

/** 'log loss', 'RMSE': the head of a column. */
export const metricTitle = (metric: string): string => metricInSentence(metric);

const bytes: Units = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
  [1, 'B'],
];

const inUnit: Readonly<Record<string, (value: number) => string>> = {
  Wh: (value) => quantityWords(value, wattHours),
  g: (value) => quantityWords(value, grams),
  s: secondsWords,
  ms: (value) => secondsWords(value / 1000),
  bytes: (value) => quantityWords(value, bytes),
};

/** Four digits, or the amount in its unit: '0.4563', '1.4 kB', '12 µWh'. */
export function metricValue(metric: string, value: number): string {
  const { unit } = metricInfo(metric);
  const words = unit === undefined ? undefined : inUnit[unit];
  if (words) return words(value);
  return Math.abs(value) < 1e-4 && value !== 0 ? numberWords(value) : value.toPrecision(4);
}
