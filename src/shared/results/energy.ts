import type { Interval } from './result.ts';

export type MeterMethod = 'counter' | 'load model' | 'tdp';

/** An amount with its interval; `null` reads 'not measured'. */
export interface Amount {
  readonly value: number;
  readonly interval: Interval;
}

/** What a stretch of work used. */
export interface EnergyReport {
  readonly kind: 'energy';
  readonly version: 1;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly wattHours: Amount | null;
  readonly co2Grams: Amount | null;
  readonly cost: (Amount & { readonly currency: string }) | null;
  /** Parts that were metered: 'cpu' by 'counter', ... */
  readonly parts: readonly {
    readonly part: 'cpu' | 'gpu' | 'memory';
    readonly method: MeterMethod;
    readonly wattHours: number;
    readonly words: string;
  }[];
  readonly pue: number;
  /** Grid row behind the CO2e figure. */
  readonly grid: {
    readonly region: string;
    readonly gramsPerKilowattHour: number;
    readonly year: number;
    readonly source: string;
  };
  /** Plain-language account of the method. */
  readonly method: string;
}
