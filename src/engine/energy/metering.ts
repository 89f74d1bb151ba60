import type { EnergyReport } from '../../shared/results/energy.ts';
import { type EnergyAccountOptions, openEnergyAccount } from './energy-account.ts';

/**
 * Meters this very process from now until `stop`: its CPU time, the memory it holds at the end, the machine's counters
 * where they can be read. Throws a UserError on an unknown region.
 */
export async function startMetering(options: EnergyAccountOptions): Promise<{ stop(): Promise<EnergyReport> }> {
  const account = await openEnergyAccount(options);
  const metering = await account.begin();
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  return {
    async stop() {
      const { user, system } = process.cpuUsage(cpuBefore);
      const report = await metering.end({
        seconds: (performance.now() - startedAt) / 1000,
        cpuSeconds: (user + system) / 1e6,
        memoryBytes: process.memoryUsage.rss(),
      });
      account.close();
      return report;
    },
  };
}
