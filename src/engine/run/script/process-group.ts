import { execFileSync } from 'node:child_process';
import { hasCode } from '../../error-code.ts';

/** Groups of programs that run now. Whatever ends this process ends them with it. */
const running = new Set<number>();

process.on('exit', () => {
  for (const group of running) signalGroup(group, 'SIGKILL');
});

/** Remembers a program that leads a group of its own (`spawn` with `detached`), until what is returned is called. */
export function watchGroup(leader: number): () => void {
  running.add(leader);
  return () => void running.delete(leader);
}

/**
 * Sends a signal to a program and all that it started, as long as they stayed in its group; false where none of them is left. Windows
 * has no such groups and no signals: there the tree of processes is ended.
 */
export function signalGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  if (process.platform === 'win32') return endTree(leader);
  try {
    process.kill(-leader, signal);
    return true;
  } catch (error) {
    if (hasCode(error, 'ESRCH', 'EPERM')) return false;
    throw error;
  }
}

function endTree(leader: number): boolean {
  try {
    execFileSync('taskkill', ['/pid', String(leader), '/T', '/F'], { stdio: 'ignore' });
    return true;
  } catch {
    // It says so with an exit code where there is no such process any more.
    return false;
  }
}
