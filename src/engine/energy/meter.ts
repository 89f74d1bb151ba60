import type { EnergyPart, MeterMethod } from '../../shared/results/energy.ts';

/** What a stretch of work took from the machine; null is not measured. */
export interface WorkUsed {
  /** Wall time. */
  readonly seconds: number;
  /** CPU time of its process, or of its whole process tree. */
  readonly cpuSeconds: number | null;
  /** Resident memory; where only the peak is known, the peak. */
  readonly memoryBytes: number | null;
}

/** Energy of the work itself since `start`, with the interval the method allows. */
export interface MeterReading {
  readonly joules: number;
  readonly low: number;
  readonly high: number;
  /** Formula and figures, in a sentence. */
  readonly words: string;
}

/** A reading that could not be had, and why; the next method takes over and the report says so. */
export interface Unread {
  readonly unread: string;
}

export interface Reading {
  stop(used: WorkUsed): Promise<MeterReading | Unread>;
}

/** One way to learn the energy of one part of the machine. Readings may overlap. */
export interface Meter {
  readonly part: EnergyPart['part'];
  readonly method: MeterMethod;
  /** How the figure comes about: formula, source, what it misses. */
  readonly words: string;
  start(): Promise<Reading>;
  /** Ends whatever polls. */
  close?(): void;
}

export const isUnread = (answer: MeterReading | Unread): answer is Unread => 'unread' in answer;
