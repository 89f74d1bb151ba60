import { numberWords } from '../../../shared/results/numbers.ts';
import type { Meter, MeterReading, Unread, WorkUsed } from '../meter.ts';

/** Watts a gigabyte (1e9 bytes) of memory, as in Green Algorithms (Lannelongue et al. 2021). */
export const wattsPerGigabyte = 0.3725;

/**
 * Energy of the memory that the work held: 0.3725 W/GB. The interval, a half to twice of it, covers what modules of
 * different age and size draw; memory that nobody used is nobody's.
 */
export function memoryEnergy(used: WorkUsed): MeterReading | Unread {
  if (used.memoryBytes === null) return { unread: 'memory was not measured' };
  const gigabytes = used.memoryBytes / 1e9;
  const joules = wattsPerGigabyte * gigabytes * used.seconds;
  const words = `${numberWords(gigabytes, 2)} GB at ${wattsPerGigabyte} W/GB for ${numberWords(used.seconds)} s`;
  return { joules, low: joules / 2, high: joules * 2, words };
}

export const memory: Meter = {
  part: 'memory',
  method: 'load model',
  words: `${wattsPerGigabyte} W for each gigabyte held (Green Algorithms)`,
  start: async () => ({ stop: async (used) => memoryEnergy(used) }),
};
