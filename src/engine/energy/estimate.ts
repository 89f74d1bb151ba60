import type { EnergyPart, EnergyReport } from '../../shared/results/energy.ts';
import { cpuPower } from './cpu-power.ts';
import { type EnergySettings, energyReport, partOf } from './energy-report.ts';
import { gridRow } from './grid.ts';
import type { Machine } from './machine.ts';
import { isUnread, type WorkUsed } from './meter.ts';
import { processEnergy } from './meters/load-model.ts';
import { memoryEnergy } from './meters/memory.ts';
import { clockEnergy } from './meters/tdp.ts';

/**
 * Energy, CO2e and cost of work whose usage is known, by model alone: no counter, no clock, no I/O. For finished trials,
 * for work on another machine, and wherever counters cannot be read. CPU by its time, or by the clock where CPU time was
 * not measured; memory by what was held. Throws a UserError on an unknown region.
 */
export function estimateEnergy(used: WorkUsed, machine: Machine, settings: EnergySettings): EnergyReport {
  const notes: string[] = [];
  const memory = memoryEnergy(used);
  if (isUnread(memory)) notes.push('Memory: not measured.');
  const parts = [cpuPart(used, machine), ...(isUnread(memory) ? [] : [partOf('memory', 'load model', memory)])];
  return energyReport(parts, used, settings, gridRow(settings.region), notes);
}

function cpuPart(used: WorkUsed, machine: Machine): EnergyPart {
  const power = cpuPower(machine.cpuName);
  const byLoad = processEnergy(used, power, machine.threads);
  return isUnread(byLoad)
    ? partOf('cpu', 'tdp', clockEnergy(used, power, machine.threads))
    : partOf('cpu', 'load model', byLoad);
}
