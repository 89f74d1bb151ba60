import { availableParallelism, totalmem } from 'node:os';
import { backendsReport } from '../doctor/backends-report.ts';
import { duckdbCheck, nodeCheck, sqliteCheck, storeCheck } from '../doctor/checks.ts';
import { openEnergyAccount } from '../energy/energy-account.ts';
import { thisMachine } from '../energy/machine.ts';
import { backendChoice } from '../run/backend-plan.ts';
import { version } from '../version.ts';
import type { Implementation } from './implementation.ts';
import { probeBackends } from './probe-backends.ts';

export const engineDoctor: Implementation<'engine.doctor'> = async ({ signal, progress }, { folder, probe }) => {
  const checks = await Promise.all([nodeCheck(), duckdbCheck(signal), sqliteCheck(), storeCheck(folder)]);
  const probed = probe ? await probeBackends(signal, progress) : undefined;
  const machine = thisMachine();
  return {
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: machine.cpuName,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    checks,
    backends: backendsReport(backendChoice('auto'), probed),
    energy: await energyWords(),
  };
};

/** Where it is computed does not matter to which meters there are. */
async function energyWords(): Promise<string> {
  const price = { perKilowattHour: 0, currency: 'EUR' };
  const account = await openEnergyAccount({ settings: { region: 'World', pue: 1, price }, gpu: true });
  account.close();
  return account.words;
}
