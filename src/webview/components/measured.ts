import type { Amount } from '../../shared/results/energy.ts';
import type { Interval } from '../../shared/results/result.ts';

/** A number that is not known reads so, and never 0. */
export const notMeasured = 'not measured';

type Maybe = number | null | undefined;
const known = (value: Maybe): value is number => typeof value === 'number' && !Number.isNaN(value);

const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fourDecimals = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4 });

/** Four significant digits; very large and very small ones as 1.2e-7. */
export function numberWords(value: Maybe): string {
  if (!known(value)) return notMeasured;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return minus(value.toExponential(2));
  return minus(size >= 10_000 ? whole.format(value) : significant.format(value));
}

/** For columns of scores: four decimals where they fit, so that the points line up. */
export function scoreWords(value: Maybe): string {
  return known(value) && Math.abs(value) < 100 && Math.abs(value) >= 1e-3
    ? minus(fourDecimals.format(value))
    : numberWords(value);
}

export const countWords = (value: Maybe): string => (known(value) ? whole.format(value) : notMeasured);

export const percentWords = (share: Maybe, digits = 1): string =>
  known(share) ? `${minus((share * 100).toFixed(digits))} %` : notMeasured;

export const signed = (value: number): string => `${value > 0 ? '+' : ''}${numberWords(value)}`;

export function secondsWords(seconds: Maybe): string {
  if (!known(seconds)) return notMeasured;
  if (seconds < 0.0995) return `${significant.format(Math.round(seconds * 1000))} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  return `${Math.floor(rounded / 3600)} h ${Math.floor((rounded % 3600) / 60)} min`;
}

type Unit = readonly [factor: number, name: string];
const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export const wattHoursUnits: readonly Unit[] = [
  [1000, 'kWh'],
  [1, 'Wh'],
  [1e-3, 'mWh'],
  [1e-6, 'µWh'],
];
export const gramsUnits: readonly Unit[] = [
  [1000, 'kg'],
  [1, 'g'],
  [1e-3, 'mg'],
  [1e-6, 'µg'],
];
const bytesUnits: readonly Unit[] = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
  [1, 'bytes'],
];

/** The unit that leaves the amount between 1 and 1000; nothing at all is nought of the plain unit. */
const unitFor = (units: readonly Unit[], value: number): Unit =>
  (value === 0 ? units.find(([factor]) => factor === 1) : units.find(([factor]) => Math.abs(value) >= factor)) ??
  units[units.length - 1];

const inUnits =
  (units: readonly Unit[]) =>
  (value: Maybe): string => {
    if (!known(value)) return notMeasured;
    const [factor, name] = unitFor(units, value);
    return `${threeDigits.format(value / factor)} ${name}`;
  };
export const wattHoursWords = inUnits(wattHoursUnits);
export const gramsWords = inUnits(gramsUnits);
export const bytesWords = inUnits(bytesUnits);

/** An amount and its interval, all three in the amount's unit. */
export function rangeIn(units: readonly Unit[], { value, interval }: Amount): readonly [value: string, range: string] {
  const [factor, name] = unitFor(units, value);
  const [middle, low, high] = [value, interval.low, interval.high].map((each) => threeDigits.format(each / factor));
  return [`${middle} ${name}`, `${low} to ${high} ${name}`];
}

const twoDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
export const moneyWords = (value: Maybe, currency: string): string =>
  known(value) ? `${twoDigits.format(value)} ${currency}` : notMeasured;

/** '0.000047 to 0.00012 EUR' */
export const moneyRangeWords = ({ low, high }: Interval, currency: string): string =>
  `${twoDigits.format(low)} to ${moneyWords(high, currency)}`;

const minus = (text: string): string => text.replace(/^-/, '−');
