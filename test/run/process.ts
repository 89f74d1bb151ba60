import { spawn } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

const running = new Set<number>();

/** Ends a phase's whole process group: the tests start engines, servers and browsers. */
function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const pid of running) endGroup(pid, 'SIGTERM');
    process.exit(130);
  });
}

/** The environment of a phase: Node 24 and the project's own programs first on the path. */
const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
  ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
};

/** Runs a program of this project with live output. Resolves to its exit code, null when it was ended by the time limit. */
export function runProgram(program: string, parameters: readonly string[], minutes: number): Promise<number | null> {
  const child = spawn(program, parameters, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    const pid = child.pid;
    if (pid === undefined) return;
    running.add(pid);
    const limit = setTimeout(() => {
      console.error(`\nEnded after its limit of ${minutes} minutes: ${program} ${parameters[0]}`);
      endGroup(pid, 'SIGTERM');
      setTimeout(() => endGroup(pid, 'SIGKILL'), 5000).unref();
    }, minutes * 60_000);
    child.once('exit', (code) => {
      clearTimeout(limit);
      running.delete(pid);
      // What the tests left behind would eat the next phase's cores.
      endGroup(pid, 'SIGKILL');
      done(code);
    });
  });
}
