import { readFileSync } from 'node:fs';
import { hasCode } from '../error-code.ts';

export interface ProcessIdentity {
  readonly pid: number;
  /** Differs between two processes that were given the same number; empty where the system does not tell. */
  readonly started: string;
}

/** Start time of a process in clock ticks since boot (proc(5), field 22), or '' where there is no /proc. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return '';
    throw error;
  }
}

export const thisProcess = (): ProcessIdentity => ({ pid: process.pid, started: startOf(process.pid) });

/** Whether that very process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // It is there, and somebody else's.
    return hasCode(error, 'EPERM');
  }
  return identity.started === '' || startOf(identity.pid) === identity.started;
}
