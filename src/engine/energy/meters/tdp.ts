import { numberWords } from '../../../shared/results/numbers.ts';
import { type CpuPower, cpuPower } from '../cpu-power.ts';
import type { Machine } from '../machine.ts';
import type { Meter, MeterReading, WorkUsed } from '../meter.ts';

/**
 * Energy from the clock alone, where CPU time cannot be read: half of the visible threads' design power for the whole
 * time (CodeCarbon's constant mode), anything between a tenth (idle) and all of it.
 */
export function clockEnergy(used: WorkUsed, power: CpuPower, threads: number): MeterReading {
  const full = power.wattsPerThread * threads * used.seconds;
  return {
    joules: 0.5 * full,
    low: 0.1 * full,
    high: full,
    words: `${numberWords(used.seconds)} s at half of ${numberWords(power.wattsPerThread * threads)} W for ${threads} threads (${power.words})`,
  };
}

/** The CPU by its thermal design power: the last resort. */
export function tdp(machine: Machine): Meter {
  const power = cpuPower(machine.cpuName);
  return {
    part: 'cpu',
    method: 'tdp',
    words: `seconds x half of the thermal design power of ${machine.threads} threads (${power.words})`,
    start: async () => ({ stop: async (used) => clockEnergy(used, power, machine.threads) }),
  };
}
