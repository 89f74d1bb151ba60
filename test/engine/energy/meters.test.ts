import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { attribute } from '../../../src/engine/energy/attribution.ts';
import { cpuPower } from '../../../src/engine/energy/cpu-power.ts';
import {
  isUnread,
  type Meter,
  type MeterReading,
  type Unread,
  type WorkUsed,
} from '../../../src/engine/energy/meter.ts';
import { loadModel, processEnergy } from '../../../src/engine/energy/meters/load-model.ts';
import { memory } from '../../../src/engine/energy/meters/memory.ts';
import { nvidiaSmi, parsePower } from '../../../src/engine/energy/meters/nvidia-smi.ts';
import { counterDifference, rapl } from '../../../src/engine/energy/meters/rapl.ts';
import { tdp } from '../../../src/engine/energy/meters/tdp.ts';

const machine = { cpuName: 'AMD EPYC 7763 64-Core Processor', threads: 4 };
const used: WorkUsed = { seconds: 10, cpuSeconds: 8, memoryBytes: 2e9 };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-energy-'));
});
after(() => rm(folder, { recursive: true }));

const read = (answer: MeterReading | Unread): MeterReading => {
  if (isUnread(answer)) assert.fail(answer.unread);
  return answer;
};
const opened = (meter: Meter | Unread): Meter => {
  if ('unread' in meter) assert.fail(meter.unread);
  return meter;
};
const measure = async (meter: Meter, work = used) => (await meter.start()).stop(work);

/** What every reading promises. */
function checkReading({ joules, low, high, words }: MeterReading): void {
  assert.ok(0 <= low && low <= joules && joules <= high && Number.isFinite(high), `${low} ${joules} ${high}`);
  assert.ok(words.length > 10 && !/NaN|undefined/.test(words), words);
}

/** A zone as the kernel shows it. */
async function zone(root: string, name: string, label: string, microjoules: number, range = 1e6): Promise<string> {
  const path = join(root, name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'name'), `${label}\n`);
  await writeFile(join(path, 'max_energy_range_uj'), `${range}\n`);
  await writeFile(join(path, 'energy_uj'), `${microjoules}\n`);
  return join(path, 'energy_uj');
}

describe('meters by model', () => {
  for (const meter of [loadModel(machine), tdp(machine), memory])
    it(`${meter.part} by ${meter.method}: a range, proportional to the work, and 0 for none`, async () => {
      const once = read(await measure(meter));
      checkReading(once);
      const twice = read(await measure(meter, { seconds: 20, cpuSeconds: 16, memoryBytes: 2e9 }));
      assert.ok(Math.abs(twice.joules - 2 * once.joules) < 1e-9);
      assert.equal(read(await measure(meter, { seconds: 0, cpuSeconds: 0, memoryBytes: 0 })).joules, 0);
    });

  it('load model: TDP x CPU seconds over the threads of the chip, not of the virtual machine', async () => {
    assert.equal(read(await measure(loadModel(machine))).joules, (280 / 128) * 8);
  });

  it('load model and memory are unread where their input was not measured; TDP goes by the clock', async () => {
    const unknown: WorkUsed = { seconds: 10, cpuSeconds: null, memoryBytes: null };
    assert.ok(isUnread(await measure(loadModel(machine), unknown)));
    assert.ok(isUnread(await measure(memory, unknown)));
    assert.equal(read(await measure(tdp(machine), unknown)).joules, 0.5 * (280 / 128) * 4 * 10);
  });

  it('a busy machine cannot draw more than all its threads and a quarter', () => {
    const all = processEnergy({ seconds: 10, cpuSeconds: 40, memoryBytes: 0 }, cpuPower(machine.cpuName), 4);
    assert.equal(read(all).high, 1.25 * read(all).joules);
  });

  it('knows chips by the names that systems give them', () => {
    assert.equal(cpuPower('Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz').tdpWatts, 210);
    assert.equal(cpuPower('13th Gen Intel(R) Core(TM) i7-13700K').tdpWatts, 125);
    assert.equal(cpuPower('AMD Ryzen 7 5800X3D 8-Core Processor').words.startsWith('Ryzen 7 5800X3D'), true);
    assert.equal(cpuPower('Apple M1').tdpWatts, 10);
    // No row of its own: the plain M1's would be wrong.
    assert.equal(cpuPower('Intel(R) Core(TM) i7-13700KF').tdpWatts, null);
  });

  it('says that a chip is unknown, and widens the range', () => {
    const power = cpuPower('AMD EPYC');
    assert.equal(power.wattsPerThread, 4);
    assert.match(power.words, /a default: AMD EPYC is not in the table/);
    const reading = read(processEnergy(used, power, 2));
    assert.equal(reading.low, reading.joules / 4);
  });
});

describe('RAPL', () => {
  it('sums packages only, each once, and shares them out by CPU time', async () => {
    const root = join(folder, 'sum');
    const first = await zone(root, 'intel-rapl:0', 'package-0', 1000);
    const second = await zone(root, 'intel-rapl:1', 'package-1', 1000);
    const others = [
      await zone(root, 'intel-rapl:2', 'psys', 1000),
      await zone(root, 'intel-rapl:0:0', 'core', 1000),
      await zone(root, 'intel-rapl-mmio:0', 'package-0', 1000),
    ];
    const meter = opened(await rapl(machine, root));
    const reading = await meter.start();
    await writeFile(first, '301000');
    await writeFile(second, '201000');
    for (const other of others) await writeFile(other, '901000');
    // So much CPU time that nothing else on this machine counts: all of the 0.5 J is this work's.
    const answer = read(await reading.stop({ seconds: 10, cpuSeconds: 1e9, memoryBytes: 0 }));
    meter.close?.();
    checkReading(answer);
    assert.ok(Math.abs(answer.joules - 0.5) < 1e-9, `${answer.joules}`);
    assert.match(answer.words, /package-0 \+ package-1/);
  });

  it('adds the range where the counter started again at 0, also between overlapping readings', async () => {
    const root = join(folder, 'wrap');
    const file = await zone(root, 'intel-rapl:0', 'package-0', 900_000);
    const meter = opened(await rapl(machine, root));
    const outer = await meter.start();
    await writeFile(file, '950000');
    const inner = await meter.start();
    await writeFile(file, '100000');
    const all = { seconds: 1, cpuSeconds: 1e9, memoryBytes: 0 };
    const [outerAnswer, innerAnswer] = [read(await outer.stop(all)), read(await inner.stop(all))];
    meter.close?.();
    assert.ok(Math.abs(outerAnswer.joules - 0.2) < 1e-9, `${outerAnswer.joules}`);
    assert.ok(Math.abs(innerAnswer.joules - 0.15) < 1e-9, `${innerAnswer.joules}`);
    assert.equal(counterDifference(5, 3, 10), 8e-6);
  });

  it('says why it cannot be read', async () => {
    const missing = await rapl(machine, join(folder, 'nowhere'));
    assert.match((missing as Unread).unread, /nowhere is not there/);
    const root = join(folder, 'forbidden');
    // A folder in place of the file fails for root too, as a missing permission would for others.
    await zone(root, 'intel-rapl:0', 'package-0', 0);
    await rm(join(root, 'intel-rapl:0', 'energy_uj'));
    await mkdir(join(root, 'intel-rapl:0', 'energy_uj'));
    assert.match(((await rapl(machine, root)) as Unread).unread, /cannot be read \(EISDIR\)/);
    await zone(join(folder, 'psys'), 'intel-rapl:0', 'psys', 0);
    assert.match(((await rapl(machine, join(folder, 'psys'))) as Unread).unread, /no RAPL package counters/);
  });

  it('says so where it stops answering or counted nothing', async () => {
    const root = join(folder, 'gone');
    const file = await zone(root, 'intel-rapl:0', 'package-0', 7);
    const meter = opened(await rapl(machine, root));
    assert.match(((await measure(meter)) as Unread).unread, /counted 0 J/);
    const reading = await meter.start();
    await rm(file);
    assert.match(((await reading.stop(used)) as Unread).unread, /stopped answering \(ENOENT\)/);
    meter.close?.();
  });
});

describe('attribution', () => {
  const window = { joules: 100, busyCpuSeconds: 16, threads: 4, error: 0.05, source: 'RAPL' };

  it("shares a device out by CPU time, idle power being nobody's in the lower bound", () => {
    const answer = read(attribute(window, used, 'share'));
    assert.equal(answer.joules, 50);
    assert.ok(Math.abs(answer.low - 100 * (8 / 40) * 0.95) < 1e-9);
    assert.ok(Math.abs(answer.high - 52.5) < 1e-9);
    checkReading(answer);
  });

  it('gives workers that share a machine no more than there was', () => {
    const halves = [8, 8].map((cpuSeconds) => read(attribute(window, { ...used, cpuSeconds }, 'share')).joules);
    assert.equal(halves[0] + halves[1], 100);
  });

  it('is unread without CPU time', () => {
    assert.ok(isUnread(attribute(window, { ...used, cpuSeconds: null }, 'share')));
  });
});

describe('nvidia-smi', () => {
  /** A program that prints what nvidia-smi prints. */
  async function program(name: string, body: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${body}\n`);
    await chmod(path, 0o755);
    return path;
  }

  it('adds up the devices and integrates over time', { skip: process.platform === 'win32' }, async () => {
    const meter = opened(await nvidiaSmi(machine, await program('two', "printf '0, 60.00\\n1, 40.00\\n'")));
    const reading = await meter.start();
    const startedAt = performance.now();
    while (performance.now() - startedAt < 60) await new Promise(setImmediate);
    const seconds = (performance.now() - startedAt) / 1000;
    const answer = read(await reading.stop({ seconds, cpuSeconds: 1e9, memoryBytes: 0 }));
    meter.close?.();
    checkReading(answer);
    const elapsed = (performance.now() - startedAt) / 1000;
    assert.ok(answer.joules >= 100 * seconds * 0.99 && answer.joules <= 100 * (elapsed + 1), `${answer.joules} J`);
  });

  it('says why it is not there', async () => {
    assert.match(((await nvidiaSmi(machine, join(folder, 'no-such-program'))) as Unread).unread, /no GPU power/);
    const mute = await program('mute', "echo '0, [N/A]'");
    assert.match(((await nvidiaSmi(machine, mute)) as Unread).unread, /gave no power: '0, \[N\/A\]'/);
  });

  it('reads only what it understands', () => {
    assert.deepEqual(parsePower('0, 60.5\n1, 4\n'), [60.5, 4]);
    assert.throws(() => parsePower(''), RangeError);
    assert.throws(() => parsePower('0, 60 W'), RangeError);
  });
});
