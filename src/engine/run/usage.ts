import { readFileSync } from 'node:fs';
import { parseStat } from '../energy/process-usage.ts';
import type { Usage } from './job.ts';

/** What a job uses, from when this is made. */
export class UsageMeter {
  readonly #startsPrograms: boolean;
  readonly #started = performance.now();
  readonly #cpuBefore: number | null;
  #held = 0;

  /** @param startsPrograms whether the job's work is done by programs that it starts; CPU time is then theirs too */
  constructor(startsPrograms: boolean) {
    this.#startsPrograms = startsPrograms;
    this.#cpuBefore = this.#cpuSeconds();
  }

  /** Memory that the programs hold now, in bytes. */
  held(bytes: number): void {
    this.#held = Math.max(this.#held, bytes);
  }

  read(): Usage {
    const cpu = this.#cpuSeconds();
    const own = process.resourceUsage().maxRSS * 1024;
    return {
      seconds: (performance.now() - this.#started) / 1000,
      cpuSeconds: cpu === null || this.#cpuBefore === null ? null : cpu - this.#cpuBefore,
      peakBytes: own + this.#held,
    };
  }

  #cpuSeconds(): number | null {
    if (this.#startsPrograms) return withChildren();
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
}

/** CPU seconds of this process and of every program it waited for (proc(5)); null where the system does not tell of those. */
function withChildren(): number | null {
  if (process.platform !== 'linux') return null;
  return parseStat(readFileSync('/proc/self/stat', 'utf8')).cpuSeconds;
}
