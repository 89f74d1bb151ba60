import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trainingCo2Grams, trainingKilowattHours } from '../../../src/engine/energy/training-energy.ts';

const gramsPerPound = 453.59237;
const hourlyRates = { P100: [0.43, 1.46], V100: [0.74, 2.48], TPUv3: [2.4, 8] } as const;

interface Row {
  readonly model: string;
  readonly device: keyof typeof hourlyRates;
  readonly devices: number;
  /** The whole bracket p_c + p_r + g p_g; null: not reported. */
  readonly watts: number | null;
  readonly hours: number;
  readonly kilowattHours: number | null;
  readonly pounds: number | null;
  readonly dollars: readonly [number, number];
}

/** Strubell et al. (2019), Table 3. BERT's 79 hours are 79.2 unrounded. */
const table: readonly Row[] = [
  {
    model: 'Transformer base',
    device: 'P100',
    devices: 8,
    watts: 1415.78,
    hours: 12,
    kilowattHours: 27,
    pounds: 26,
    dollars: [41, 140],
  },
  {
    model: 'Transformer big',
    device: 'P100',
    devices: 8,
    watts: 1515.43,
    hours: 84,
    kilowattHours: 201,
    pounds: 192,
    dollars: [289, 981],
  },
  {
    model: 'ELMo',
    device: 'P100',
    devices: 3,
    watts: 517.66,
    hours: 336,
    kilowattHours: 275,
    pounds: 262,
    dollars: [433, 1472],
  },
  {
    model: 'BERT base',
    device: 'V100',
    devices: 64,
    watts: 12041.51,
    hours: 79.2,
    kilowattHours: 1507,
    pounds: 1438,
    dollars: [3751, 12571],
  },
  {
    model: 'NAS',
    device: 'P100',
    devices: 8,
    watts: 1515.43,
    hours: 274120,
    kilowattHours: 656347,
    pounds: 626155,
    dollars: [942973, 3201722],
  },
  {
    model: 'GPT-2',
    device: 'TPUv3',
    devices: 32,
    watts: null,
    hours: 168,
    kilowattHours: null,
    pounds: null,
    dollars: [12902, 43008],
  },
];

describe("Strubell's table", () => {
  for (const row of table)
    it(row.model, () => {
      if (row.watts === null) assert.deepEqual([row.kilowattHours, row.pounds], [null, null]);
      else {
        const run = {
          hours: row.hours,
          cpuWatts: 0,
          memoryWatts: 0,
          gpuWatts: row.watts / row.devices,
          gpus: row.devices,
          pue: 1.58,
        };
        const kilowattHours = trainingKilowattHours(run);
        assert.equal(Math.round(kilowattHours), row.kilowattHours);
        assert.equal(Math.round(trainingCo2Grams(kilowattHours) / gramsPerPound), row.pounds);
      }
      const dollars = hourlyRates[row.device].map((rate) => row.devices * row.hours * rate);
      // The table cuts some amounts off and rounds others.
      for (const [i, amount] of dollars.entries()) assert.ok(Math.abs(amount - row.dollars[i]) < 1, `${amount}`);
    });

  it('counts CPU and memory besides the devices', () => {
    const run = { hours: 10, cpuWatts: 50, memoryWatts: 30, gpuWatts: 10, gpus: 2, pue: 2 };
    assert.equal(trainingKilowattHours(run), 2);
  });
});
