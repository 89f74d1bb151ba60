import type { Interval } from './result.ts';

/** A number that cannot be known reads so, and never 0. */
export const notMeasured = 'not measured';

type Maybe = number | null | undefined;
const known = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value);

const formats = new Map<number, Intl.NumberFormat>();

/** Rounded to so many significant digits, thousands grouped: '0.0431', '1,230', '-12'. Very small and very large: '1.2e-7'. */
export function numberWords(value: Maybe, digits = 3): string {
  if (!known(value)) return notMeasured;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-6 || size >= 1e12)) return value.toExponential(digits - 1);
  const format = formats.get(digits) ?? new Intl.NumberFormat('en-US', { maximumSignificantDigits: digits });
  formats.set(digits, format);
  // Whole digits are never rounded away: 1,234 rows are not 1,230 rows.
  return size >= 10 ** digits ? Math.round(value).toLocaleString('en-US') : format.format(value === 0 ? 0 : value);
}

/** With its sign, for changes: '+0.21'. */
export const changeWords = (value: Maybe, digits = 3): string =>
  known(value) && value > 0 ? `+${numberWords(value, digits)}` : numberWords(value, digits);

/** '0.035 to 0.051' */
export const intervalWords = ({ low, high }: Interval, digits = 3): string =>
  `${numberWords(low, digits)} to ${numberWords(high, digits)}`;

/** A share of 1 as '96.5 %'. */
export const percentWords = (share: Maybe, decimals = 1): string =>
  known(share) ? `${Number((100 * share).toFixed(decimals))} %` : notMeasured;

/** '75 to 86 %' */
export const percentIntervalWords = ({ low, high }: Interval, decimals = 0): string =>
  `${Number((100 * low).toFixed(decimals))} to ${percentWords(high, decimals)}`;

/** '340 ms', '12.3 s', '2 min 5 s', '1 h 12 min'. */
export function secondsWords(seconds: Maybe): string {
  if (!known(seconds)) return notMeasured;
  if (seconds < 1) return `${numberWords(1000 * seconds, 2)} ms`;
  if (seconds < 60) return `${numberWords(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Factors and names from large to small. */
export type Units = readonly (readonly [factor: number, name: string])[];
export const wattHours: Units = [
  [1000, 'kWh'],
  [1, 'Wh'],
  [1e-3, 'mWh'],
  [1e-6, 'µWh'],
];
export const grams: Units = [
  [1000, 'kg'],
  [1, 'g'],
  [1e-3, 'mg'],
  [1e-6, 'µg'],
];

/** The unit that leaves the value at 1 or more; 0 keeps the plain unit. */
const unitFor = (value: number, units: Units): Units[number] =>
  (value === 0 ? units.find(([factor]) => factor === 1) : units.find(([factor]) => Math.abs(value) >= factor)) ??
  units[units.length - 1];

/** '12.3 mWh' */
export function quantityWords(value: Maybe, units: Units, digits = 3): string {
  if (!known(value)) return notMeasured;
  const [factor, name] = unitFor(value, units);
  return `${numberWords(value / factor, digits)} ${name}`;
}

/** An amount as it is read: the value, and how far it is known. */
export interface AmountWords {
  readonly value: string;
  readonly range: string;
}

interface Ranged {
  readonly value: number;
  readonly interval: Interval;
}

const rangeWords = ({ value, range }: AmountWords): string => `${value} (${range})`;

/** '12.3 mWh' and '6.2 to 25 mWh', both in the value's unit. */
export function quantityParts({ value, interval: { low, high } }: Ranged, units: Units): AmountWords {
  const [factor, name] = unitFor(value, units);
  const range = intervalWords({ low: low / factor, high: high / factor }, 2);
  return { value: `${numberWords(value / factor)} ${name}`, range: `${range} ${name}` };
}

/** '12.3 mWh (6.2 to 25 mWh)' */
export const quantityRangeWords = (amount: Ranged | null, units: Units): string =>
  amount === null ? notMeasured : rangeWords(quantityParts(amount, units));

const decimals = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
const moneyNumber = (value: number) => (Math.abs(value) >= 100 ? numberWords(value, 2) : decimals.format(value));
/** Below this nobody counts the zeros. */
const leastMoney = 1e-4;
const isTiny = (value: number) => value > 0 && value < leastMoney;

/** '0.031 EUR': two significant digits; 'less than 0.0001 EUR'. */
export function moneyWords(value: Maybe, currency: string): string {
  if (!known(value)) return notMeasured;
  return isTiny(value) ? `less than ${leastMoney} ${currency}` : `${moneyNumber(value)} ${currency}`;
}

/** '0.0031 EUR' and '0.0012 to 0.0075 EUR'; 'less than 0.0001 EUR' and '0.16 to 1.7 millionths of 1 EUR'. */
export function moneyParts({ value, interval: { low, high } }: Ranged, currency: string): AmountWords {
  const range = isTiny(value)
    ? `${intervalWords({ low: low * 1e6, high: high * 1e6 }, 2)} millionths of 1 ${currency}`
    : `${moneyNumber(low)} to ${moneyNumber(high)} ${currency}`;
  return { value: moneyWords(value, currency), range };
}

/** '0.0031 EUR (0.0012 to 0.0075 EUR)' */
export const moneyRangeWords = (amount: Ranged, currency: string): string => rangeWords(moneyParts(amount, currency));

/** Lines of a summary, each a thought of its own; `false` stands for a line that has nothing to say. */
export const linesWords = (lines: readonly (string | false)[]): string =>
  lines.filter((line) => line !== false && line !== '').join('\n');

/** 'a', 'a and b', 'a, b and c' */
export const listWords = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;

/** '1 row', '3 rows' */
export const countWords = (count: number, one: string, several = `${one}s`): string =>
  `${numberWords(count)} ${count === 1 ? one : several}`;

/** A cell as a person would say it. */
export const cellWords = (value: number | string | null): string =>
  value === null ? 'missing' : typeof value === 'number' ? numberWords(value, 6) : value === '' ? "''" : value;

/** A hyperparameter's value; null where it does not exist. */
export const valueWords = (value: number | string | boolean | null): string =>
  value === null ? 'not there' : typeof value === 'number' ? numberWords(value, 4) : String(value);
