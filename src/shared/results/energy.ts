import {
  grams as gramUnits,
  linesWords,
  moneyRangeWords,
  notMeasured,
  quantityRangeWords,
  secondsWords,
  wattHours as wattHourUnits,
} from './numbers.ts';
import type { Interval } from './result.ts';

/** 'counter': the hardware said so; 'load model': CPU time times a share of the chip's power; 'tdp': the clock alone. */
export type MeterMethod = 'counter' | 'load model' | 'tdp';

/** An amount with its interval; where a whole `Amount` is `null` it reads 'not measured'. */
export interface Amount {
  readonly value: number;
  readonly interval: Interval;
}

/** What one part of the machine used, before the PUE. */
export interface EnergyPart {
  readonly part: 'cpu' | 'gpu' | 'memory';
  readonly method: MeterMethod;
  readonly wattHours: number;
  readonly interval: Interval;
  /** Formula and figures, in a sentence. */
  readonly words: string;
}

/** Yearly mean of a grid, the row behind a CO2e figure. */
export interface GridRow {
  /** ISO 3166 code of three letters, or World. */
  readonly region: string;
  readonly name: string;
  readonly gramsPerKilowattHour: number;
  readonly year: number;
  readonly source: string;
}

/** What a stretch of work used. */
export interface EnergyReport {
  readonly kind: 'energy';
  readonly version: 1;
  /** Wall time; of several trials, their sum. */
  readonly seconds: number;
  /** CPU time of all the work's threads; null: not measured. */
  readonly cpuSeconds: number | null;
  /** Sum of the parts times the PUE. */
  readonly wattHours: Amount | null;
  readonly co2Grams: Amount | null;
  readonly cost: (Amount & { readonly currency: string }) | null;
  /** Parts that were metered: 'cpu' by 'counter', ... */
  readonly parts: readonly EnergyPart[];
  readonly pue: number;
  readonly grid: GridRow;
  /** Plain-language account of the method. */
  readonly method: string;
}

/** 'Energy 12.3 mWh (6.2 to 25 mWh); ...', then how they were measured on a line of its own. */
export function energyReportWords(report: EnergyReport): string {
  const { wattHours, co2Grams, cost, seconds, cpuSeconds, method } = report;
  const time = `${secondsWords(seconds)}${cpuSeconds === null ? '' : `, ${secondsWords(cpuSeconds)} of CPU time`}`;
  if (wattHours === null) return linesWords([`Energy: ${notMeasured} (${time}).`, method]);
  const money = cost ? moneyRangeWords(cost, cost.currency) : 'no price given';
  const amounts = [
    `Energy ${quantityRangeWords(wattHours, wattHourUnits)}`,
    `CO2e ${quantityRangeWords(co2Grams, gramUnits)}`,
    `cost ${money}`,
  ];
  return linesWords([`${amounts.join('; ')}; in ${time}.`, method]);
}
