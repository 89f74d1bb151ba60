import { readdir, readFile } from 'node:fs/promises';
import type { WorkUsed } from './meter.ts';

/** Kernel clock ticks a second: USER_HZ, 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;
/** Bytes of a page of resident memory as /proc/PID/stat counts them. */
const pageBytes = 4096;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/**
 * One line of /proc/PID/stat (proc(5)): the name in parentheses may itself hold spaces and parentheses. CPU time counts
 * children that ended and were waited for.
 */
export function parseStat(line: string): ProcessStat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const number = (index: number) => Number(fields[index - 3]);
  const ticks = number(14) + number(15) + number(16) + number(17);
  return {
    pid: Number.parseInt(line, 10),
    parent: number(4),
    cpuSeconds: ticks / ticksPerSecond,
    memoryBytes: number(24) * pageBytes,
  };
}

/**
 * CPU time and resident memory of a process and all that descend from it, for programs that do not report them
 * themselves. Linux only: null elsewhere, and for a process that is gone, because then it was not measured.
 */
export async function processTreeUsage(root: number): Promise<Omit<WorkUsed, 'seconds'> | null> {
  const stats = await allStats();
  if (!stats?.some(({ pid }) => pid === root)) return null;
  const tree = new Set([root]);
  // A child's number may be lower than its parent's, so walk until nothing is added.
  for (let before = 0; before < tree.size; ) {
    before = tree.size;
    for (const { pid, parent } of stats) if (tree.has(parent)) tree.add(pid);
  }
  const members = stats.filter(({ pid }) => tree.has(pid));
  return {
    cpuSeconds: members.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    memoryBytes: members.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
}

async function allStats(): Promise<ProcessStat[] | null> {
  if (process.platform !== 'linux') return null;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(gone)));
  return lines.filter((line) => line !== null).map(parseStat);
}

/** Processes end while the list is read. */
function gone(failure: NodeJS.ErrnoException): null {
  if (failure.code === 'ENOENT' || failure.code === 'ESRCH') return null;
  throw failure;
}
