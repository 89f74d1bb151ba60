import { numberWords } from '../../../shared/results/numbers.ts';
import { type CpuPower, cpuPower } from '../cpu-power.ts';
import type { Machine } from '../machine.ts';
import type { Meter, MeterReading, Unread, WorkUsed } from '../meter.ts';

/**
 * Energy of a process from its CPU time: `TDP x CPU seconds / threads of the chip` (CodeCarbon's process mode).
 * The interval: down to a half (a chip rarely reaches its TDP), up to three times (a lone busy thread has a whole core
 * with its boost to itself) but not more than every thread at full power, plus a quarter. A chip that is not in the table
 * gets twice the room downwards.
 */
export function processEnergy(used: WorkUsed, power: CpuPower, threads: number): MeterReading | Unread {
  if (used.cpuSeconds === null) return { unread: 'CPU time was not measured' };
  const joules = power.wattsPerThread * used.cpuSeconds;
  const allThreads = power.wattsPerThread * threads * used.seconds;
  return {
    joules,
    low: joules * (power.tdpWatts === null ? 0.25 : 0.5),
    high: Math.max(1.25 * joules, Math.min(3 * joules, allThreads)),
    words: `${numberWords(used.cpuSeconds)} CPU seconds at ${numberWords(power.wattsPerThread, 2)} W a thread (${power.words})`,
  };
}

/** The CPU by load model. */
export function loadModel(machine: Machine): Meter {
  const power = cpuPower(machine.cpuName);
  return {
    part: 'cpu',
    method: 'load model',
    words: `CPU seconds x thermal design power / threads (${power.words})`,
    start: async () => ({ stop: async (used) => processEnergy(used, power, machine.threads) }),
  };
}
