import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { numbersOf } from '../../../src/engine/data/encoders/raw-columns.ts';
import { type SlicesOptions, slices } from '../../../src/engine/explain/slices.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { sliceName, slicesWords } from '../../../src/shared/results/slices.ts';
import { coded, dataset, numeric } from '../learners/toy-data.ts';

const { signal } = new AbortController();

interface Made {
  readonly data: Dataset;
  /** [rows] 1 in the planted segment. */
  readonly planted: Uint8Array;
}

/** Labels that follow `x` but for a share of flips, larger among those above 45 in 'north'. */
function people(rows: number, seed: number, flips: { inside: number; outside: number }): Made {
  const random = createRandom(seed);
  const draw = <T>(f: () => T) => Array.from({ length: rows }, f);
  const x = draw(() => random.normal());
  const age = draw(() => 18 + random.integer(60));
  const town = draw(() => ['north', 'south', 'east', 'west'][random.integer(4)]);
  const planted = Uint8Array.from(age, (value, row) => (value > 45 && town[row] === 'north' ? 1 : 0));
  const truth = x.map((value, row) => {
    const label = value > 0 ? 1 : 0;
    return random.uniform() < (planted[row] === 1 ? flips.inside : flips.outside) ? 1 - label : label;
  });
  const columns = [
    numeric('x', x),
    numeric('age', age, 'integer'),
    coded('town', town),
    numeric(
      'noise',
      draw(() => random.normal()),
    ),
    coded(
      'team',
      draw(() => ['a', 'b', 'c', null][random.integer(4)]),
    ),
  ];
  return { data: dataset('binary', columns, truth, 2), planted };
}

const classifier: Predictor = {
  task: 'binary',
  classes: ['class 0', 'class 1'],
  async predict(table) {
    const values = Float64Array.from(numbersOf(table, 'x')).map((value) => (value > 0 ? 0.9 : 0.1));
    return { kind: 'probabilities', classCount: 2, values: Float64Array.from([...values].flatMap((p) => [1 - p, p])) };
  },
};

const explain = (data: Dataset, predictor: Predictor, options: Partial<SlicesOptions> = {}, enough?: () => boolean) =>
  slices.explain(
    predictor,
    { train: data, evaluation: data, part: 'validation' },
    { seed: 5, ...options },
    () => {},
    signal,
    enough,
  );

describe('weak slices', () => {
  it('are found where they were planted, and named', async () => {
    for (const seed of [1, 2, 3]) {
      const { data, planted } = people(2000, seed, { inside: 0.5, outside: 0.05 });
      const { slices: found, tree, loss, ...result } = await explain(data, classifier);
      const best = found.toSorted((a, b) => b.rows - a.rows)[0];
      assert.match(sliceName(best.conditions), /town is north/);
      assert.match(sliceName(best.conditions), /age above/);
      const right = best.positions.filter((row) => planted[row] === 1).length;
      assert.ok(right / best.rows >= 0.85, `${right} of ${best.rows} rows are of the segment`);
      assert.ok(right / planted.reduce((a, b) => a + b) >= 0.75, `only ${right} rows of the segment are found`);
      assert.ok(best.interval.low > best.restLoss && best.loss > loss && best.p < 0.01);
      assert.ok(best.errors!.inside > 0.35 && best.errors!.outside < 0.12);
      // The edge of a slice is a decile, so that a strip of the segment may be left beside it.
      for (const other of found.slice(1)) assert.match(sliceName(other.conditions), /town is north and age above/);
      assert.ok(tree.length > 1 && tree.some(({ loss: own }) => own! > 2 * loss));
      assert.equal(tree[0].rows, 1000);
      assert.match(
        slicesWords({ ...result, slices: found, tree, loss }),
        /clearly larger where:\n(age above|town is north)/,
      );
    }
  });

  it('are none where errors are noise: at most 5 % false alarms', async () => {
    let alarms = 0;
    const runs = 100;
    for (let seed = 0; seed < runs; seed++) {
      const { data } = people(500, 100 + seed, { inside: 0.15, outside: 0.15 });
      const { slices: found } = await explain(data, classifier, { seed });
      if (found.length > 0) alarms++;
    }
    assert.ok(alarms <= 0.05 * runs, `${alarms} false alarms in ${runs}`);
  });

  it('are found for numbers, where the error is larger, by missing values too', async () => {
    const random = createRandom(3);
    const a = Array.from({ length: 1200 }, () => (random.uniform() < 0.15 ? Number.NaN : random.normal()));
    const b = Array.from({ length: 1200 }, () => random.normal());
    const truth = a.map((value, row) => b[row] + (Number.isNaN(value) ? 3 : 0.5) * random.normal());
    const data = dataset('regression', [numeric('a', a), numeric('b', b)], truth);
    const predictor: Predictor = {
      task: 'regression',
      predict: async (table) => ({ kind: 'values', values: Float64Array.from(numbersOf(table, 'b')) }),
    };
    const result = await explain(data, predictor);
    assert.equal(result.metric, 'rmse');
    assert.deepEqual(
      result.slices.map(({ conditions }) => sliceName(conditions)),
      ['a is missing'],
    );
    assert.ok(Math.abs(result.slices[0].loss - 3) < 0.6 && Math.abs(result.slices[0].restLoss - 0.5) < 0.1);
    assert.equal(result.slices[0].errors, undefined);
  });

  it('are not asked of a handful of rows, and are none of a constant loss', async () => {
    const { data } = people(20, 1, { inside: 0.5, outside: 0 });
    const few = await explain(data, classifier);
    assert.deepEqual([few.slices, few.tested, few.quality.value], [[], 0, null]);
    assert.match(slicesWords(few), /No weak segment: there were too few rows/);
    const sure = people(400, 1, { inside: 0, outside: 0 });
    assert.deepEqual((await explain(sure.data, classifier)).slices, []);
  });

  it('say how many of many columns were looked at, that only a sample was, and what was known when time was up', async () => {
    const random = createRandom(4);
    const many = Array.from({ length: 300 }, (_, j) =>
      numeric(
        `c${j}`,
        Array.from({ length: 200 }, () => random.normal()),
      ),
    );
    const truth = Array.from({ length: 200 }, () => random.normal());
    const data = dataset('regression', [...many, numeric('x', truth)], truth);
    const predictor: Predictor = {
      task: 'regression',
      predict: async ({ rowCount }) => ({ kind: 'values', values: new Float64Array(rowCount) }),
    };
    const result = await explain(data, predictor, { rowCap: 150, columns: 5 });
    assert.deepEqual([result.columns, result.further, result.rows], [5, 296, 150]);
    assert.match(slicesWords(result), /150 rows \(a sample of 200\)/);
    assert.match(slicesWords(result), /296 told less and were left out/);
    const cut = await explain(data, predictor, { columns: 300 }, () => true);
    assert.match(cut.partial!, /^Ended after/);
  });

  it('are refused of a predictor that gives no numbers, and with options out of range', async () => {
    const { data } = people(100, 1, { inside: 0, outside: 0 });
    const broken: Predictor = {
      ...classifier,
      predict: async ({ rowCount }) => ({
        kind: 'probabilities',
        classCount: 2,
        values: new Float64Array(2 * rowCount).fill(Number.NaN),
      }),
    };
    await assert.rejects(explain(data, broken), { name: 'UserError' });
    for (const options of [{ rowCap: 0 }, { smallest: 1 }, { level: 0 }, { depth: -1 }, { effect: -1 }, { beam: 0.5 }])
      await assert.rejects(explain(data, classifier, options), { name: 'UserError' });
  });
});
