/**
 * Amounts as people write them: '1h30m', '20Wh', '10g', '0.10 EUR', '0.25 EUR/kWh', '2GB'. Every amount is finite and above zero.
 * The inverse functions write what the parsers read.
 */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string; readonly suggestion?: string };

export interface Money {
  readonly amount: number;
  /** ISO 4217, such as EUR. */
  readonly currency: string;
}

export interface EnergyPrice {
  readonly perKilowattHour: number;
  readonly currency: string;
}

/** Units of one kind and what each is worth in the base unit, largest first. */
type Units = Readonly<Record<string, number>>;

interface Kind {
  readonly article: string;
  readonly units: Units;
  /** Added where no unit is written. */
  readonly usual: string;
  readonly example: string;
}

const duration: Kind = {
  article: 'a duration',
  units: { d: 86_400, h: 3600, min: 60, m: 60, s: 1, ms: 0.001 },
  usual: 's',
  example: '10m or 1h30m',
};
const energy: Kind = {
  article: 'an energy',
  units: { MWh: 1e6, kWh: 1000, Wh: 1, MJ: 1e6 / 3600, kJ: 1000 / 3600, J: 1 / 3600 },
  usual: 'Wh',
  example: '20Wh or 0.5kWh',
};
const mass: Kind = {
  article: 'a mass',
  units: { t: 1e6, kg: 1000, g: 1, mg: 0.001 },
  usual: 'g',
  example: '10g or 1kg',
};
const bytes: Kind = {
  article: 'a size',
  units: { TB: 1e12, GB: 1e9, MB: 1e6, kB: 1000, TiB: 2 ** 40, GiB: 2 ** 30, MiB: 2 ** 20, KiB: 1024, B: 1 },
  usual: 'MB',
  example: '500MB or 2GB',
};

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const bare = new RegExp(`^${number}$`);
const part = new RegExp(`(${number})\\s*([A-Za-zµ]+)\\s*`, 'y');

const failed = (problem: string, suggestion?: string): { ok: false; problem: string; suggestion?: string } => ({
  ok: false,
  problem,
  suggestion,
});

function positive<T>(amount: number, text: string, value: T): Reading<T> {
  if (amount > 0 && Number.isFinite(amount)) return { ok: true, value };
  return failed(`"${text}" must be ${Number.isFinite(amount) ? 'more than zero' : 'finite'}.`);
}

function unknownUnit(unit: string, text: string, kind: Kind): Reading<number> {
  const names = Object.keys(kind.units);
  const same = names.find((name) => name.toLowerCase() === unit.toLowerCase());
  const suggestion = same && text.replace(unit, same);
  return failed(`"${unit}" is no unit of ${kind.article}; the units are ${names.join(', ')}.`, suggestion);
}

/** Sums parts such as 1h 30m; only durations are written in more than one. */
function readParts(given: string, kind: Kind, mostParts = 1): Reading<number> {
  const text = given.trim();
  if (bare.test(text))
    return failed(`"${text}" has no unit; write ${kind.article} such as ${kind.example}.`, `${text}${kind.usual}`);
  let sum = 0;
  let parts = 0;
  let smallest = Number.POSITIVE_INFINITY;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (!match || ++parts > mostParts)
      return failed(`"${text}" is not ${kind.article}; write one such as ${kind.example}.`);
    const worth = kind.units[match[2]];
    if (worth === undefined) return unknownUnit(match[2], text, kind);
    if (worth >= smallest || (parts > 1 && /^[+-]/.test(match[1])))
      return failed(`"${text}" is not ${kind.article}: write larger units first, each once, such as ${kind.example}.`);
    smallest = worth;
    sum += Number(match[1]) * worth;
  }
  if (parts === 0)
    return failed(
      `${kind.article[0].toUpperCase()}${kind.article.slice(1)} is missing; write one such as ${kind.example}.`,
    );
  return positive(sum, text, sum);
}

/** '60s', '10m', '1h30m', '2d' to seconds. */
export const parseDuration = (text: string): Reading<number> => readParts(text, duration, 5);
/** '20Wh', '0.5kWh', '10kJ' to watt-hours. */
export const parseEnergy = (text: string): Reading<number> => readParts(text, energy);
/** '10g', '1kg' to grams. */
export const parseMass = (text: string): Reading<number> => readParts(text, mass);
/** '2GB' (1000^3), '2GiB' (1024^3) to bytes, rounded to a whole number. */
export function parseBytes(text: string): Reading<number> {
  const reading = readParts(text, bytes);
  return reading.ok ? positive(Math.round(reading.value), text.trim(), Math.round(reading.value)) : reading;
}

const signs: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' };
const moneyShape = new RegExp(`^(${number})\\s*([A-Za-z]{3})$`);
const priceShape = new RegExp(`^(${number})\\s*([A-Za-z]{3})\\s*/\\s*([A-Za-z]+)$`);

/** '0.10 EUR' to an amount and an upper-case currency. */
export function parseMoney(given: string): Reading<Money> {
  const text = given.trim();
  const match = moneyShape.exec(text);
  if (match) return positive(Number(match[1]), text, { amount: Number(match[1]), currency: match[2].toUpperCase() });
  const sign = Object.keys(signs).find((mark) => text.includes(mark));
  const amount = new RegExp(number).exec(text)?.[0];
  const suggestion = amount && (sign || bare.test(text)) ? `${amount} ${sign ? signs[sign] : 'EUR'}` : undefined;
  return failed(
    `"${text}" is not an amount of money; write a number and a three-letter currency, such as 0.10 EUR.`,
    suggestion,
  );
}

/** '0.25 EUR/kWh' (or /MWh, /Wh) to a price of one kilowatt-hour. */
export function parsePrice(given: string): Reading<EnergyPrice> {
  const text = given.trim();
  const match = priceShape.exec(text);
  const worth = match ? energy.units[match[3]] : undefined;
  if (match && worth !== undefined) {
    const perKilowattHour = (Number(match[1]) * 1000) / worth;
    return positive(perKilowattHour, text, { perKilowattHour, currency: match[2].toUpperCase() });
  }
  const suggestion = moneyShape.test(text) ? `${text}/kWh` : bare.test(text) ? `${text} EUR/kWh` : undefined;
  return failed(`"${text}" is not a price of energy; write one such as 0.25 EUR/kWh.`, suggestion);
}

const plain = (value: number): string => String(Number(value.toPrecision(6)));

/** The largest of these units of which there is at least one. */
function inUnit(value: number, units: Units, names: readonly string[]): string {
  const unit = names.find((name) => value >= units[name]) ?? names[names.length - 1];
  return `${plain(value / units[unit])}${unit}`;
}

/** 5400 to '1h30m'; thousandths of a second are the finest. */
export function durationWords(seconds: number): string {
  if (seconds < 1) return `${plain(seconds * 1000)}ms`;
  let milliseconds = Math.round(seconds * 1000);
  let words = '';
  for (const unit of ['d', 'h', 'm']) {
    const worth = duration.units[unit] * 1000;
    if (milliseconds >= worth) words += `${Math.floor(milliseconds / worth)}${unit}`;
    milliseconds %= worth;
  }
  return milliseconds > 0 || words === '' ? `${words}${plain(milliseconds / 1000)}s` : words;
}

export const energyWords = (wattHours: number): string => inUnit(wattHours, energy.units, ['MWh', 'kWh', 'Wh']);
export const massWords = (grams: number): string => inUnit(grams, mass.units, ['t', 'kg', 'g', 'mg']);
export const bytesWords = (count: number): string => inUnit(count, bytes.units, ['TB', 'GB', 'MB', 'kB', 'B']);
/** Cents, or as many digits as a smaller amount needs. */
export const moneyWords = (money: Money): string =>
  `${money.amount >= 0.01 ? money.amount.toFixed(2) : plain(money.amount)} ${money.currency}`;
export const priceWords = (price: EnergyPrice): string => `${plain(price.perKilowattHour)} ${price.currency}/kWh`;
