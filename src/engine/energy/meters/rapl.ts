import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attribute } from '../attribution.ts';
import { busyCpuSeconds, type Machine } from '../machine.ts';
import type { Meter, Unread } from '../meter.ts';

const powercap = '/sys/class/powercap';
/** A package of 400 W wraps after some 11 minutes at the usual range of 2^38 uJ; several reads must fall between two wraps. */
const pollMilliseconds = 60_000;
/** Error of the counters against wall power (Khan et al. 2018, 'RAPL in Action'). */
const error = 0.05;

interface Package {
  readonly file: string;
  readonly name: string;
  readonly range: number;
}

/**
 * Joules between two readings of a counter in microjoules that starts again at 0 after `range`.
 * Right as long as it wrapped at most once in between.
 */
export const counterDifference = (before: number, after: number, range: number): number =>
  (after >= before ? after - before : after - before + range) * 1e-6;

/**
 * Intel's and AMD's running average power limit counters (Linux, kernel 5.8 on for AMD). Only packages are summed: psys
 * contains them, core and uncore are contained. Returns why not where there is none or it cannot be read, usually for
 * want of permission.
 * @param folder where the kernel shows the counters
 */
export async function rapl(machine: Machine, folder: string = powercap): Promise<Meter | Unread> {
  const packages = await findPackages(folder);
  if ('unread' in packages) return packages;
  let last: number[];
  try {
    last = await readAll(packages);
  } catch (failure) {
    return {
      unread: `RAPL counters cannot be read (${codeOf(failure)}); root may, or whoever is given read permission`,
    };
  }
  let joules = 0;
  const advance = async () => {
    const now = await readAll(packages);
    packages.forEach(({ range }, i) => {
      joules += counterDifference(last[i], now[i], range);
    });
    last = now;
    return joules;
  };
  // Reads must not overlap, or a difference would be added twice.
  let queue: Promise<number> = Promise.resolve(0);
  const read = () => (queue = queue.then(advance, advance));
  // A failed poll is not lost: the next read fails too, and `stop` says so.
  const timer = setInterval(() => void read().catch(() => {}), pollMilliseconds).unref();
  const source = `RAPL (${packages.map(({ name }) => name).join(' + ')})`;
  return {
    part: 'cpu',
    method: 'counter',
    words: `${source}, shared out by CPU time; memory and board are not in it`,
    async start() {
      const before = await read();
      const busyBefore = busyCpuSeconds();
      return {
        async stop(used) {
          try {
            const window = { joules: (await read()) - before, busyCpuSeconds: busyCpuSeconds() - busyBefore };
            return attribute({ ...window, threads: machine.threads, error, source }, used, 'share');
          } catch (failure) {
            return { unread: `${source} stopped answering (${codeOf(failure)})` };
          }
        },
      };
    },
    close: () => clearInterval(timer),
  };
}

async function findPackages(folder: string): Promise<Package[] | Unread> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return { unread: `no RAPL counters (${folder} is not there)` };
  }
  const found = new Map<string, Package>();
  // intel-rapl-mmio:0 is the same package a second time.
  for (const zone of names.filter((entry) => /^intel-rapl:\d+$/.test(entry)).sort()) {
    try {
      const name = (await readFile(join(folder, zone, 'name'), 'utf8')).trim();
      const range = Number(await readFile(join(folder, zone, 'max_energy_range_uj'), 'utf8'));
      if (name.startsWith('package')) found.set(name, { file: join(folder, zone, 'energy_uj'), name, range });
    } catch (failure) {
      return { unread: `RAPL zone ${zone} cannot be read (${codeOf(failure)})` };
    }
  }
  return found.size > 0 ? [...found.values()] : { unread: 'no RAPL package counters' };
}

const readAll = (packages: readonly Package[]): Promise<number[]> =>
  Promise.all(packages.map(async ({ file }) => Number(await readFile(file, 'utf8'))));

const codeOf = (failure: unknown): string =>
  failure instanceof Error && 'code' in failure ? String(failure.code) : String(failure);
