import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { numbersOf } from '../../../src/engine/data/encoders/raw-columns.ts';
import { type DecisionsOptions, decisions } from '../../../src/engine/explain/decisions.ts';
import { averagePrecision, rocAuc } from '../../../src/engine/metrics/classification.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { fitSimple } from '../../../src/engine/run/simple-models.ts';
import { decisionsWords } from '../../../src/shared/results/decisions.ts';
import { coded, dataset, numeric } from '../learners/toy-data.ts';

const { signal } = new AbortController();
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Six columns of which the class follows the sum, so that three questions are not enough; `x` is the sum. */
function applicants(rows: number, seed: number, strength = 1.5): Dataset {
  const random = createRandom(seed);
  const columns = Array.from({ length: 6 }, () => Array.from({ length: rows }, () => random.normal()));
  const x = columns[0].map((_, row) => columns.reduce((sum, column) => sum + column[row], 0));
  const truth = x.map((value) => (random.uniform() < sigmoid(strength * value) ? 1 : 0));
  return dataset(
    'binary',
    columns.map((values, j) => numeric(`c${j}`, values)),
    truth,
    2,
  );
}

/** Says sigmoid(slope x sum of all columns). */
const classifier = (slope: number): Predictor => ({
  task: 'binary',
  classes: ['class 0', 'class 1'],
  async predict(table) {
    const columns = table.columns.map(({ name }) => numbersOf(table, name));
    const p = Array.from({ length: table.rowCount }, (_, row) =>
      sigmoid(slope * columns.reduce((sum, column) => sum + column[row], 0)),
    );
    return { kind: 'probabilities', classCount: 2, values: Float64Array.from(p.flatMap((one) => [1 - one, one])) };
  },
});

const explain = (
  predictor: Predictor,
  evaluation: Dataset,
  options: Partial<DecisionsOptions> = {},
  train = evaluation,
  enough?: () => boolean,
) =>
  decisions.explain(
    predictor,
    { train, evaluation, part: 'test', fitSimple },
    { seed: 2, resamples: 100, ...options },
    () => {},
    signal,
    enough,
  );

describe('decisions between two classes', () => {
  it('count what each threshold decides, and the areas are those of the metrics', async () => {
    const data = applicants(600, 1);
    const predictor = classifier(1.5);
    const result = await explain(predictor, data, {}, applicants(400, 2));
    const { values } = await predictor.predict(data.features);
    const codes = data.target.kind === 'classes' ? data.target.codes : new Int32Array(0);
    const { counts, rocAuc: area, averagePrecision: precision, rate, gain, best } = result.thresholds!;
    for (const one of counts) {
      let [found, wrong] = [0, 0];
      codes.forEach((code, row) => {
        if (values[2 * row + 1] > one.threshold) code === 1 ? found++ : wrong++;
      });
      assert.deepEqual([one.truePositive, one.falsePositive], [found, wrong], `at ${one.threshold}`);
      assert.ok(Math.abs(one.cost - (one.falsePositive + one.falseNegative) / 600) < 1e-12);
    }
    assert.deepEqual([counts[0].truePositive, counts.at(-1)!.trueNegative], [0, 0]);
    assert.equal(area!.value, rocAuc(values, codes, 2));
    assert.equal(precision!.value, averagePrecision(values, codes, 2));
    assert.ok(area!.interval.low < area!.value && area!.value < area!.interval.high);
    assert.equal(gain.at(-1)!.gain, 1);
    assert.ok(
      gain.every(({ share, gain: own, lift }) => Math.abs(lift * share - own) < 0.01 && own <= share / rate + 1e-9),
    );
    assert.ok(best!.threshold > 0.2 && best!.threshold < 0.8 && best!.cost < rate);
    assert.equal(
      result.confusion!.flat().reduce((a, b) => a + b),
      600,
    );
  });

  it('say that the model is needed where a constant and a small tree do worse, and that it is not where they do not', async () => {
    const [train, data] = [applicants(500, 2), applicants(500, 1)];
    const good = await explain(classifier(1.5), data, {}, train);
    assert.deepEqual(
      good.baselines.map(({ name, beaten }) => [name, beaten]),
      [
        ['constant', true],
        ['tree', true],
      ],
    );
    assert.ok(Math.abs(good.baselines[0].loss - Math.LN2) < 0.02, 'the classes are even');
    assert.match(decisionsWords(good), /worth it/);
    // Noise: a model that says 0.5 is no better than the frequencies.
    const noise = await explain(classifier(0), applicants(500, 3, 0), {}, applicants(500, 4, 0));
    assert.ok(noise.baselines.every(({ beaten }) => !beaten));
    assert.match(decisionsWords(noise), /not clear that this model is needed: always saying the same and a tree/);
  });

  it('tell calibrated probabilities from those that are too sure', async () => {
    const data = applicants(1500, 5, 0.5);
    const missed = async (slope: number) => {
      const { calibration } = await explain(classifier(slope), data);
      return calibration!.filter(({ probability, interval: { low, high } }) => probability < low || probability > high)
        .length;
    };
    assert.ok((await missed(0.5)) <= 1);
    assert.ok((await missed(2.5)) >= 5);
  });

  it('find the threshold that dear errors ask for', async () => {
    const data = applicants(3000, 6, 1);
    // Missing one costs nine times as much as a false alarm: decide for it from one in ten on.
    const costs = [
      [0, 1],
      [9, 0],
    ];
    const { thresholds, meanCost } = await explain(classifier(1), data, { costs });
    const { threshold, cost, usualCost } = thresholds!.best!;
    assert.ok(Math.abs(threshold - 0.1) < 0.08, `${threshold}`);
    assert.ok(cost < 0.8 * usualCost && meanCost!.leastExpected < 0.8 * meanCost!.mostProbable);
  });

  it('cope with a class without rows, and with a constant prediction', async () => {
    const data = dataset('binary', [numeric('c0', [1, 2, 3, 4])], [0, 0, 0, 0], 2);
    const result = await explain(classifier(0), data);
    assert.equal(result.thresholds!.rocAuc, null);
    assert.match(decisionsWords(result), /one of the classes has no rows/);
    assert.equal(JSON.stringify(result).includes('NaN'), false);
  });
});

describe('decisions among several classes and of numbers', () => {
  it('count classes, and weigh their costs', async () => {
    const truth = Array.from({ length: 90 }, (_, row) => row % 3);
    const data = dataset('multiclass', [numeric('c0', truth)], truth, 3);
    const predictor: Predictor = {
      task: 'multiclass',
      classes: ['class 0', 'class 1', 'class 2'],
      predict: async (table) => ({
        kind: 'probabilities',
        classCount: 3,
        values: Float64Array.from(
          [...numbersOf(table, 'c0')].flatMap((k) => (k === 0 ? [0.6, 0.4, 0] : [0.2, 0.5, 0.3])),
        ),
      }),
    };
    const costs = [
      [0, 1, 1],
      [1, 0, 1],
      [1, 9, 0],
    ];
    const result = await explain(predictor, data, { costs });
    assert.deepEqual(result.confusion, [
      [30, 0, 0],
      [0, 30, 0],
      [0, 30, 0],
    ]);
    assert.deepEqual(result.meanCost, { mostProbable: 3, leastExpected: 1 / 3 });
    assert.equal(result.thresholds, undefined);
    await assert.rejects(explain(predictor, data, { costs: [[0, 1]] }), RangeError);
  });

  it('find the rows on which numbers are off, and none where residuals are noise', async () => {
    const random = createRandom(7);
    const rows = 800;
    const x = Array.from({ length: rows }, () => random.normal());
    const town = Array.from({ length: rows }, () => ['north', 'south', null][random.integer(3)]);
    const make = (shift: number) =>
      dataset(
        'regression',
        [numeric('x', x), coded('town', town)],
        x.map((value, row) => 3 * value + random.normal() + (town[row] === 'north' ? shift : 0)),
      );
    const predictor: Predictor = {
      task: 'regression',
      predict: async (table) => ({ kind: 'values', values: Float64Array.from(numbersOf(table, 'x'), (v) => 3 * v) }),
    };
    const { residuals, ...off } = await explain(predictor, make(1));
    const [first] = residuals!.byColumn;
    assert.equal(first.column, 'town');
    const north = first.bins.find(({ words }) => words === 'north')!;
    assert.ok(north.distinguishable && Math.abs(north.mean - 1) < 0.25);
    assert.match(decisionsWords({ ...off, residuals }), /Clearly off on average where town/);
    assert.equal(residuals!.points.length, 300);
    let alarms = 0;
    for (let run = 0; run < 20; run++) {
      const even = await explain(predictor, make(0), { trainRows: 50, resamples: 2 });
      const all = [...even.residuals!.byPrediction, ...even.residuals!.byColumn.flatMap(({ bins }) => bins)];
      if (all.some(({ distinguishable }) => distinguishable)) alarms++;
    }
    assert.ok(alarms <= 1, `${alarms} false alarms in 20`);
  });

  it('say what was left out when time was up, and refuse options out of range', async () => {
    const data = applicants(80, 1);
    const cut = await explain(classifier(1), data, {}, data, () => true);
    assert.deepEqual(cut.baselines, []);
    assert.match(cut.partial!, /before the baselines/);
    for (const options of [
      { rowCap: 0 },
      { resamples: 1.5 },
      {
        costs: [
          [0, Number.NaN],
          [1, 0],
        ],
      },
    ])
      await assert.rejects(explain(classifier(1), data, options), { name: 'UserError' });
  });
});
