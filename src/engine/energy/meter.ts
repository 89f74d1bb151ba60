import type { MeterMethod } from '../../shared/results/energy.ts';

/** Energy since `start`, for one part of the machine. */
export interface Reading {
  /** Joules with the interval the method allows; null where it could not be read after all. */
  stop(): Promise<{ readonly joules: number; readonly low: number; readonly high: number } | null>;
}

export interface Meter {
  readonly part: 'cpu' | 'gpu' | 'memory';
  readonly method: MeterMethod;
  /** How the figure comes about: formula, source, what it misses. */
  readonly words: string;
  start(): Promise<Reading>;
}
