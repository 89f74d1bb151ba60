import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openEnergyAccount } from '../../../src/engine/energy/energy-account.ts';
import type { EnergySettings } from '../../../src/engine/energy/energy-report.ts';
import { energyReport } from '../../../src/engine/energy/energy-report.ts';
import { equivalentAmounts, equivalents } from '../../../src/engine/energy/equivalents.ts';
import { estimateEnergy } from '../../../src/engine/energy/estimate.ts';
import { gridRow, gridRows } from '../../../src/engine/energy/grid.ts';
import { startMetering } from '../../../src/engine/energy/metering.ts';
import { parseStat, processTreeUsage } from '../../../src/engine/energy/process-usage.ts';
import { totalEnergy } from '../../../src/engine/energy/total-energy.ts';
import { UserError } from '../../../src/shared/faults.ts';

const machine = { cpuName: 'AMD EPYC 7763', threads: 128 };
const settings: EnergySettings = { region: 'FRA', pue: 1.2, price: { perKilowattHour: 0.25, currency: 'EUR' } };
const hour = { seconds: 3600, cpuSeconds: 3600, memoryBytes: 4e9 };
const close = (value: number | undefined, wanted: number) =>
  assert.ok(value !== undefined && Math.abs(value - wanted) <= 1e-9 * Math.abs(wanted), `${value} is not ${wanted}`);

describe('energy estimate', () => {
  const report = estimateEnergy(hour, machine, settings);
  const wattHours = 1.2 * (280 / 128 + 4 * 0.3725);

  it('is PUE x (CPU + memory), priced by grid and tariff', () => {
    close(report.wattHours?.value, wattHours);
    close(report.co2Grams?.value, (wattHours / 1000) * 56.039);
    close(report.cost?.value, (wattHours / 1000) * 0.25);
    assert.equal(report.cost?.currency, 'EUR');
  });

  it('is a range with its method, grid, year and source', () => {
    const { low, high } = report.wattHours!.interval;
    assert.ok(low < wattHours && wattHours < high);
    assert.match(report.method, /CPU by load model: .*280 W over 128 threads.*PUE 1\.2; grid France 2023, 56 g/);
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });

  it('falls back to the clock without CPU time, and says what was not measured', () => {
    const blind = estimateEnergy({ seconds: 3600, cpuSeconds: null, memoryBytes: null }, machine, settings);
    assert.deepEqual(
      blind.parts.map(({ part, method }) => [part, method]),
      [['cpu', 'tdp']],
    );
    assert.match(blind.method, /Memory: not measured/);
    assert.equal(blind.cpuSeconds, null);
  });

  it('has no cost without a price and no amount without a part', () => {
    assert.equal(estimateEnergy(hour, machine, { ...settings, price: null }).cost, null);
    const nothing = energyReport([], hour, settings, gridRow('World'), []);
    assert.deepEqual([nothing.wattHours, nothing.co2Grams, nothing.cost], [null, null, null]);
  });
});

describe('energy account', () => {
  it('takes the counter where there is one, else says why not and estimates', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-account-'));
    try {
      const zone = join(folder, 'intel-rapl:0');
      await mkdir(zone);
      await writeFile(join(zone, 'name'), 'package-0');
      await writeFile(join(zone, 'max_energy_range_uj'), '1000000000');
      await writeFile(join(zone, 'energy_uj'), '0');
      const account = await openEnergyAccount({ settings, machine, powercap: folder });
      const counted = await account.begin();
      await writeFile(join(zone, 'energy_uj'), '7200000');
      const report = await counted.end({ seconds: 1, cpuSeconds: 1e9, memoryBytes: null });
      close(report.wattHours?.value, (1.2 * 7.2) / 3600);
      assert.deepEqual(
        report.parts.map(({ method }) => method),
        ['counter'],
      );
      const short = await (await account.begin()).end({ seconds: 0.01, cpuSeconds: 0.01, memoryBytes: 1e9 });
      assert.deepEqual(
        short.parts.map(({ method }) => method),
        ['load model', 'load model'],
      );
      assert.match(short.method, /counted 0 J in 0\.01 s, too short/);
      account.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('names the counters it could not read', async () => {
    const account = await openEnergyAccount({
      settings,
      machine,
      powercap: join(tmpdir(), 'none'),
      gpu: true,
      nvidiaSmi: 'no-smi',
    });
    assert.match(account.words, /cpu: load model .* No RAPL counters .* No GPU power from nvidia-smi/);
    const report = await (await account.begin()).end(hour);
    assert.match(report.method, /No RAPL counters/);
    account.close();
  });

  it('refuses an unknown region before anything runs', async () => {
    await assert.rejects(openEnergyAccount({ settings: { ...settings, region: 'FRE' } }), UserError);
  });

  it('meters this process', async () => {
    const metering = await startMetering({ settings });
    const startedAt = process.cpuUsage();
    while (process.cpuUsage(startedAt).user < 20_000) Math.sqrt(Math.random());
    const report = await metering.stop();
    assert.ok(report.cpuSeconds! >= 0.02 && report.wattHours!.value > 0);
  });
});

describe('total energy', () => {
  const one = estimateEnergy(hour, machine, settings);

  it('adds trials up, part by part', () => {
    const total = totalEnergy([one, one, one])!;
    close(total.wattHours?.value, 3 * one.wattHours!.value);
    close(total.cost?.interval.high, 3 * one.cost!.interval.high);
    assert.equal(total.seconds, 3 * 3600);
    assert.equal(total.parts.length, 2);
  });

  it('counts what was not measured instead of taking it for 0', () => {
    const unknown = { ...one, wattHours: null, co2Grams: null, cost: null, parts: [], cpuSeconds: null };
    assert.equal(totalEnergy([unknown])!.wattHours, null);
    assert.match(totalEnergy([one, unknown])!.method, /1 of them were not measured/);
    assert.equal(totalEnergy([one, unknown])!.cpuSeconds, null);
    assert.equal(totalEnergy([]), null);
  });

  it('refuses to mix grids', () => {
    assert.throws(() => totalEnergy([one, estimateEnergy(hour, machine, { ...settings, region: 'POL' })]), RangeError);
  });
});

describe('grid intensities', () => {
  it('hold the reference rows', () => {
    // biome-ignore format: a table
    const reference = {
      USA: 369.473, FRA: 56.039, CHN: 582.317, DEU: 380.95, GBR: 237.589, IND: 713.441, NOR: 30.08, SWE: 40.695,
      POL: 661.926, PRT: 165.553, ESP: 174.05, BRA: 98.348, JPN: 485.392, CAN: 170.043, AUS: 548.692, ZAF: 707.686,
      KOR: 430.567, CHE: 34.843, ISL: 27.68, World: 475,
    };
    for (const [region, grams] of Object.entries(reference)) assert.equal(gridRow(region).gramsPerKilowattHour, grams);
    assert.equal(gridRow('ISL').year, 2022);
    assert.ok(gridRows.length > 200 && gridRows.every((row) => row.gramsPerKilowattHour > 0 && row.year >= 2000));
  });

  it('are found by code or name in any case, and a slip gets a suggestion', () => {
    assert.equal(gridRow(' portugal ').region, 'PRT');
    assert.equal(gridRow('usa').region, 'USA');
    assert.throws(
      () => gridRow('Portugall'),
      (error) => error instanceof UserError && /"Portugal"/.test(error.advice ?? ''),
    );
  });
});

describe('equivalents', () => {
  it("are CodeCarbon's car and tree", () => {
    assert.equal(equivalentAmounts(1200).carKilometres, 10);
    close(equivalentAmounts(1200).treeMonths, (12 * 1.2) / 11);
    const report = estimateEnergy(hour, machine, settings);
    const of = (grams: number) => ({ ...report, co2Grams: { value: grams, interval: { low: grams, high: grams } } });
    assert.deepEqual(equivalents(of(1200)), [
      'as much as driving 10 km by car',
      'as much as a tree takes up in 40 days',
    ]);
    assert.equal(equivalents(of(1.44))[0], 'as much as driving 12 m by car');
    assert.deepEqual(equivalents({ ...report, co2Grams: null }), []);
  });
});

describe('process usage', () => {
  it('reads a line of /proc whatever the name holds', () => {
    const fields = Array.from({ length: 50 }, (_, i) => String(i + 4));
    const stat = parseStat(`42 (a b) c) S ${fields.join(' ')}`);
    assert.deepEqual(stat, { pid: 42, parent: 4, cpuSeconds: (14 + 15 + 16 + 17) / 100, memoryBytes: 24 * 4096 });
  });

  it('adds up a tree of processes, and is null for one that is gone', {
    skip: process.platform !== 'linux',
  }, async () => {
    const usage = await processTreeUsage(process.pid);
    assert.ok(usage!.cpuSeconds! > 0 && usage!.memoryBytes! > 1e7);
    assert.equal(await processTreeUsage(2 ** 30), null);
  });
});
