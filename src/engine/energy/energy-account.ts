import type { EnergyPart, EnergyReport } from '../../shared/results/energy.ts';
import { type EnergySettings, energyReport, partOf } from './energy-report.ts';
import { gridRow } from './grid.ts';
import { type Machine, thisMachine } from './machine.ts';
import { isUnread, type Meter, type Reading, type Unread, type WorkUsed } from './meter.ts';
import { loadModel } from './meters/load-model.ts';
import { memory } from './meters/memory.ts';
import { nvidiaSmi } from './meters/nvidia-smi.ts';
import { rapl } from './meters/rapl.ts';
import { tdp } from './meters/tdp.ts';

export interface EnergyAccountOptions {
  readonly settings: EnergySettings;
  /** Whether the work uses an NVIDIA device; without it the device's idle power is not the work's. Default false. */
  readonly gpu?: boolean;
  readonly machine?: Machine;
  /** Where the kernel shows RAPL counters, and the nvidia-smi program; for tests. */
  readonly powercap?: string;
  readonly nvidiaSmi?: string;
}

/** Work that is being metered. */
export interface EnergyMetering {
  /** @param used measured by the worker itself */
  end(used: WorkUsed): Promise<EnergyReport>;
}

/** The meters of one machine, open for as long as a search runs; workings may overlap. */
export interface EnergyAccount {
  /** Which meters were chosen and why not better ones, in sentences. */
  readonly words: string;
  begin(): Promise<EnergyMetering>;
  close(): void;
}

/**
 * Opens the best meters that can be read here: CPU by RAPL, else load model, else TDP; GPU by nvidia-smi if it is used;
 * memory by what was held. Every report says which it was. Throws a UserError on an unknown region.
 */
export async function openEnergyAccount(options: EnergyAccountOptions): Promise<EnergyAccount> {
  const { settings, machine = thisMachine() } = options;
  const grid = gridRow(settings.region);
  const notes: string[] = [];
  const counter = noted(await rapl(machine, options.powercap), notes);
  const gpu = options.gpu ? noted(await nvidiaSmi(machine, options.nvidiaSmi), notes) : [];
  // For each part the methods in the order they are tried.
  const ladders: Meter[][] = [[...counter, loadModel(machine), tdp(machine)], [memory], ...(options.gpu ? [gpu] : [])];
  const best = ladders.flatMap(([first]) => (first ? [`${first.part}: ${first.method} (${first.words}).`] : []));
  return {
    words: [...best, ...notes].join(' '),
    async begin() {
      const running = await Promise.all(ladders.map(startAll));
      return {
        async end(used) {
          const said: string[] = [...notes];
          const parts = await Promise.all(running.map((ladder) => firstAnswer(ladder, used, said)));
          return energyReport(parts.flat(), used, settings, grid, said);
        },
      };
    },
    close: () => ladders.flat().forEach((meter) => void meter.close?.()),
  };
}

/** A meter that could not be opened leaves a note instead. */
function noted(meter: Meter | Unread, notes: string[]): Meter[] {
  if (!('unread' in meter)) return [meter];
  notes.push(sentence(meter.unread));
  return [];
}

interface Running {
  readonly meter: Meter;
  readonly reading: Reading;
}

const startAll = (ladder: readonly Meter[]): Promise<Running[]> =>
  Promise.all(ladder.map(async (meter) => ({ meter, reading: await meter.start() })));

/** The first method of the ladder that has an answer; why the better ones had none is said. */
async function firstAnswer(ladder: readonly Running[], used: WorkUsed, notes: string[]): Promise<EnergyPart[]> {
  for (const { meter, reading } of ladder) {
    const answer = await reading.stop(used);
    if (!isUnread(answer)) return [partOf(meter.part, meter.method, answer)];
    notes.push(sentence(answer.unread));
  }
  return [];
}

const sentence = (words: string): string => `${words[0].toUpperCase()}${words.slice(1)}.`;
