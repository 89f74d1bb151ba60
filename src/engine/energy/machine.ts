import { cpus } from 'node:os';

/** What the model-based methods need to know about a computer. */
export interface Machine {
  readonly cpuName: string;
  /** Hardware threads that the system shows. */
  readonly threads: number;
}

/** The computer this runs on. */
export function thisMachine(): Machine {
  const all = cpus();
  return { cpuName: all[0]?.model ?? '', threads: Math.max(1, all.length) };
}

/** Seconds of CPU time that all processes together have used since the computer started, idle time left out. */
export const busyCpuSeconds = (): number =>
  cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000, 0);
