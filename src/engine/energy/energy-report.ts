import type { Amount, EnergyPart, EnergyReport, GridRow } from '../../shared/results/energy.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import type { MeterReading, WorkUsed } from './meter.ts';

/** What turns energy into CO2e and money; the experiment file's `energy`. */
export interface EnergySettings {
  /** ISO code of three letters, or World. */
  readonly region: string;
  /** Power usage effectiveness, at least 1. */
  readonly pue: number;
  readonly price: { readonly perKilowattHour: number; readonly currency: string } | null;
}

const joulesPerWattHour = 3600;

/** A reading as a part of a report. */
export const partOf = (part: EnergyPart['part'], method: EnergyPart['method'], reading: MeterReading): EnergyPart => ({
  part,
  method,
  wattHours: reading.joules / joulesPerWattHour,
  interval: { low: reading.low / joulesPerWattHour, high: reading.high / joulesPerWattHour },
  words: reading.words,
});

/**
 * Adds up the parts and prices them: `kWh = PUE x sum of parts`, `CO2e = kWh x grid`, `cost = kWh x price`.
 * Without any part nothing was measured, and every amount is null.
 * @param notes what a person should know about the method, each a sentence
 */
export function energyReport(
  parts: readonly EnergyPart[],
  used: WorkUsed,
  settings: EnergySettings,
  grid: GridRow,
  notes: readonly string[],
): EnergyReport {
  const wattHours = parts.length === 0 ? null : totalOf(parts, settings.pue);
  return {
    kind: 'energy',
    version: 1,
    seconds: used.seconds,
    cpuSeconds: used.cpuSeconds,
    wattHours,
    co2Grams: wattHours && scaled(wattHours, grid.gramsPerKilowattHour / 1000),
    cost: wattHours && settings.price && priced(wattHours, settings.price),
    parts,
    pue: settings.pue,
    grid,
    method: methodWords(parts, settings.pue, grid, notes),
  };
}

function totalOf(parts: readonly EnergyPart[], pue: number): Amount {
  const sum = (value: (part: EnergyPart) => number) => pue * parts.reduce((total, part) => total + value(part), 0);
  return {
    value: sum((part) => part.wattHours),
    interval: { low: sum((part) => part.interval.low), high: sum((part) => part.interval.high) },
  };
}

const scaled = ({ value, interval }: Amount, factor: number): Amount => ({
  value: value * factor,
  interval: { low: interval.low * factor, high: interval.high * factor },
});

const priced = (wattHours: Amount, price: NonNullable<EnergySettings['price']>) => ({
  ...scaled(wattHours, price.perKilowattHour / 1000),
  currency: price.currency,
});

function methodWords(parts: readonly EnergyPart[], pue: number, grid: GridRow, notes: readonly string[]): string {
  const metered = parts.map(({ part, method, words }) => `${names[part]} by ${methods[method]}: ${words}.`);
  const surroundings = `PUE ${pue}; grid ${grid.name} ${grid.year}, ${numberWords(grid.gramsPerKilowattHour)} g CO2e/kWh (${grid.source}, a yearly mean).`;
  return [...metered, ...notes, surroundings].join(' ');
}

const names = { cpu: 'CPU', gpu: 'GPU', memory: 'Memory' } as const;
const methods = { counter: 'counter', 'load model': 'load model', tdp: 'TDP' } as const;
