import type { Experiment } from '../../shared/experiment/experiment.ts';
import type { EnergyReport } from '../../shared/results/energy.ts';
import { openEnergyAccount } from '../energy/energy-account.ts';
import type { Usage } from './job.ts';

/** The energy of a whole run, and of each job within it. */
export interface StudyMeter {
  /** Begins a job; give what the worker measured of itself, or null where it died before it could say. */
  job(): Promise<{ end(usage: Usage | null, seconds: number): Promise<EnergyReport> }>;
  /** The run: every job and the engine itself. */
  stop(): Promise<EnergyReport>;
}

/** Opens the best meters that can be read here. Throws a UserError on an unknown region. @param gpu whether networks may be computed on one */
export async function startStudyMeter({ energy }: Experiment, gpu = false): Promise<StudyMeter> {
  const account = await openEnergyAccount({ settings: energy, gpu });
  const whole = await account.begin();
  const started = performance.now();
  const cpu = process.cpuUsage();
  const jobs: Usage[] = [];
  return {
    async job() {
      const metering = await account.begin();
      return {
        end(usage, seconds) {
          if (usage) jobs.push(usage);
          return metering.end({
            seconds,
            cpuSeconds: usage?.cpuSeconds ?? null,
            memoryBytes: usage?.peakBytes ?? null,
          });
        },
      };
    },
    async stop() {
      const { user, system } = process.cpuUsage(cpu);
      const seconds = (performance.now() - started) / 1000;
      // One job whose CPU time is not known leaves that of the run unknown.
      const cpuSeconds = jobs.reduce<number | null>(
        (sum, job) => (sum === null || job.cpuSeconds === null ? null : sum + job.cpuSeconds),
        (user + system) / 1e6,
      );
      const byteSeconds = jobs.reduce((sum, job) => sum + job.peakBytes * job.seconds, 0);
      const report = await whole.end({
        seconds,
        cpuSeconds,
        memoryBytes: process.memoryUsage.rss() + byteSeconds / seconds,
      });
      account.close();
      return report;
    },
  };
}
