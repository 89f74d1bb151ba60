import { execFileSync } from 'node:child_process';
import { within } from '../host/workbench/time-limit.ts';
import type { Workbench } from './workbench.ts';

/** The process numbers of engines that serve the folder of a window. */
export function engineProcesses({ folder }: Workbench): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const ofFolder = lines.filter((line) => line.trimEnd().endsWith(`engine/server.js ${folder}`));
  return ofFolder.map((line) => Number(line.trim().split(' ')[0]));
}

/** Ends the engine of a window at once, as a crash would. */
export async function killEngine(workbench: Workbench): Promise<void> {
  const [pid] = engineProcesses(workbench);
  if (pid === undefined) throw new Error('no engine runs for the window');
  process.kill(pid, 'SIGKILL');
  await within(5, 'the engine to be gone', gone(pid));
}

async function gone(pid: number): Promise<void> {
  const { setTimeout: wait } = await import('node:timers/promises');
  while (isAlive(pid)) await wait(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
