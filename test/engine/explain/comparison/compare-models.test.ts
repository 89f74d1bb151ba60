import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Target } from '../../../../src/engine/data/dataset.ts';
import { columnNamed, type Table, takeRows } from '../../../../src/engine/data/table.ts';
import { type ComparisonOptions, compareModels } from '../../../../src/engine/explain/comparison/compare-models.ts';
import type { ExplainData } from '../../../../src/engine/explain/explainer.ts';
import type { Predictor } from '../../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { signTest } from '../../../../src/engine/statistics/sign-test.ts';
import { betterSide, modelComparisonWords } from '../../../../src/shared/results/model-comparison.ts';
import { categories, datasetOf, numbers, tableOf } from '../fixtures.ts';

const towns = ['Ayr', 'Bath', 'Cork'];
const rows = 800;
const random = createRandom(11);
const features = tableOf([
  numbers(
    'income',
    Array.from({ length: rows }, () => random.uniform()),
  ),
  categories(
    'town',
    Array.from({ length: rows }, () => random.integer(3)),
    towns,
  ),
  numbers(
    'noise',
    Array.from({ length: rows }, () => random.uniform()),
  ),
]);
const incomes = (table: Table) => columnNamed(table, 'income').kind === 'numeric' && columnNamed(table, 'income');
const incomeOf = (table: Table, row: number): number => {
  const column = incomes(table);
  return column && column.kind === 'numeric' ? column.values[row] : Number.NaN;
};
const townOf = (table: Table, row: number): number => {
  const column = columnNamed(table, 'town');
  return column.kind === 'coded' ? column.codes[row] : -1;
};

const classes = ['no', 'yes'];
const truth = Int32Array.from({ length: rows }, (_, row) => (incomeOf(features, row) > 0.5 ? 1 : 0));
const labels: Target = { kind: 'classes', classes, codes: truth };
const data: ExplainData = {
  train: datasetOf(takeRows(features, [...Array(200).keys()]), labels, 'binary'),
  evaluation: datasetOf(features, labels, 'binary'),
  part: 'validation',
};

/** Says this chance of 'yes'. */
const saying = (chance: (table: Table, row: number) => number): Predictor => ({
  task: 'binary',
  classes,
  predict: async (table) => ({
    kind: 'probabilities',
    classCount: 2,
    values: Float64Array.from({ length: 2 * table.rowCount }, (_, i) => {
      const p = chance(table, i >> 1);
      return i % 2 === 1 ? p : 1 - p;
    }),
  }),
});

const right = saying((table, row) => (incomeOf(table, row) > 0.5 ? 0.9 : 0.1));
/** The same, but that it says 'yes' to all of Bath. */
const partial = saying((table, row) => (townOf(table, row) === 1 || incomeOf(table, row) > 0.5 ? 0.9 : 0.1));

const never = new AbortController().signal;
const compare = (first: Predictor, second: Predictor, options: Partial<ComparisonOptions> = {}, of = data) =>
  compareModels(first, second, of, { seed: 1, ...options }, () => {}, never);

describe('model against model', () => {
  it('names the region in which the two differ, who is right there, and the column that makes the difference', async () => {
    const told = await compare(right, partial);
    assert.equal(told.rows, rows);
    const wrong = [...truth].filter((code, row) => code === 0 && townOf(features, row) === 1).length;
    assert.equal(told.disagreement.rows, wrong);
    assert.deepEqual(told.disagreement.right, { first: wrong, second: 0, neither: 0 });
    assert.deepEqual(told.disagreement.pairs, [{ first: 'no', second: 'yes', rows: wrong }]);
    assert.ok(told.disagreement.p < 1e-9);
    const [slice] = told.slices;
    assert.ok(slice, 'no slice');
    assert.ok(
      slice.conditions.some(
        ({ column, relation, value }) => column === 'town' && relation === 'is' && value === 'Bath',
      ),
      JSON.stringify(slice.conditions),
    );
    assert.ok(slice.conditions.every(({ column }) => column !== 'noise'));
    assert.ok(slice.distance > 0.5 && slice.restDistance < 0.1 && slice.p < 1e-6);
    assert.ok(slice.loss.first < slice.loss.second && slice.right.second === 0);
    for (const { row, why, first, second } of told.differing.slice(0, 3)) {
      assert.equal(row.town, 'Bath');
      assert.deepEqual([first.says, second.says], ['no', 'yes']);
      assert.deepEqual(why?.contributions[0].columns, ['town']);
      // Contributions add up, for each model.
      for (const side of ['first', 'second'] as const) {
        const sum = why!.contributions.reduce((all, one) => all + one[side], why!.base[side]);
        assert.ok(Math.abs(sum - why!.explained[side]) < 1e-9);
      }
    }
  });

  it('says which is better only where the interval of the paired difference says so', async () => {
    const told = await compare(right, partial);
    const [score] = told.scores;
    assert.equal(score.metric, 'log_loss');
    assert.ok(
      score.interval.low > 0 && score.difference > score.interval.low && score.difference < score.interval.high,
    );
    assert.equal(betterSide(score), 'first');
    assert.equal(betterSide(told.scores.find(({ metric }) => metric === 'accuracy')!), 'first');
    const back = await compare(partial, right);
    assert.equal(betterSide(back.scores[0]), 'second');
    assert.equal(back.scores[0].difference, -score.difference);
    const random = createRandom(5);
    const blurs = Float64Array.from({ length: rows }, () => 0.02 * random.normal());
    const blurred = saying((table, row) => 0.5 + blurs[Math.floor(incomeOf(table, row) * rows) % rows]);
    const constant = saying(() => 0.5);
    const even = await compare(constant, blurred, { explained: 0 });
    assert.equal(betterSide(even.scores[0]), undefined);
  });

  it('of a model and itself: no difference at all', async () => {
    const { scores, disagreement, slices, differing } = await compare(right, right);
    for (const { difference, interval } of scores)
      assert.deepEqual([difference, interval.low, interval.high], [0, 0, 0]);
    assert.deepEqual([disagreement.rows, disagreement.distance, disagreement.p], [0, 0, 1]);
    assert.deepEqual([slices.length, differing.length], [0, 0]);
    assert.match(
      modelComparisonWords({
        ...(await compare(right, right)),
        first: { candidate: 1, learner: 'knn' },
        second: { candidate: 'ensemble', learner: 'ensemble' },
      }),
      /^Trial 1 \(knn\) against the ensemble on 800 rows .*\n.*which is better cannot be told.*\n[\s\S]*They give the same class to every row/,
    );
  });

  it('finds no region in differences that are noise', async () => {
    let regions = 0;
    for (let seed = 0; seed < 10; seed++) {
      const noise = createRandom(100 + seed);
      const jitter = Float64Array.from({ length: rows }, () => 0.05 * noise.normal());
      const at = (table: Table, row: number) => Math.floor(incomeOf(table, row) * 1e9) % rows;
      const jittered = saying((table, row) => (incomeOf(table, row) > 0.5 ? 0.8 : 0.2) + jitter[at(table, row)]);
      const steady = saying((table, row) => (incomeOf(table, row) > 0.5 ? 0.8 : 0.2));
      regions += (await compare(steady, jittered, { seed, explained: 0, rowCap: 400 })).slices.length;
    }
    assert.ok(regions <= 1, `${regions} regions in 10 times noise`);
  });

  it('compares values: nearer to the truth on the rows where they differ the most', async () => {
    const values = Float64Array.from({ length: rows }, (_, row) => 10 * incomeOf(features, row));
    const target: Target = { kind: 'values', values };
    const numeric: ExplainData = {
      train: datasetOf(takeRows(features, [...Array(200).keys()]), target, 'regression'),
      evaluation: datasetOf(features, target, 'regression'),
      part: 'validation',
    };
    const of = (value: (table: Table, row: number) => number): Predictor => ({
      task: 'regression',
      predict: async (table) => ({
        kind: 'values',
        values: Float64Array.from({ length: table.rowCount }, (_, row) => value(table, row)),
      }),
    });
    const exact = of((table, row) => 10 * incomeOf(table, row));
    const off = of((table, row) => 10 * incomeOf(table, row) + (townOf(table, row) === 2 ? 3 : 0));
    const told = await compare(off, exact, { metrics: ['mae'] }, numeric);
    assert.equal(told.scores[0].metric, 'mae');
    assert.equal(betterSide(told.scores[0]), 'second');
    assert.deepEqual(told.disagreement.right, { first: 0, second: 80, neither: 0 });
    assert.ok(told.disagreement.correlation! > 0.8 && told.disagreement.correlation! < 1);
    assert.deepEqual(told.slices[0].conditions, [{ column: 'town', relation: 'is', value: 'Cork' }]);
    assert.deepEqual(told.differing[0].why?.contributions[0].columns, ['town']);
  });

  it('refuses what cannot be compared, and stops when told to', async () => {
    const empty = {
      ...data,
      evaluation: datasetOf(takeRows(features, []), { ...labels, codes: new Int32Array() }, 'binary'),
    };
    await assert.rejects(compare(right, partial, {}, empty), /no rows to compare on/);
    await assert.rejects(compare(right, { ...partial, classes: ['a', 'b'] }), /do not predict the same/);
    await assert.rejects(
      compare(
        right,
        saying(() => Number.NaN),
      ),
      /predicts NaN/,
    );
    await assert.rejects(compare(right, partial, { rowCap: 0 }), RangeError);
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(
      compareModels(right, partial, data, { seed: 1 }, () => {}, abort.signal),
      { name: 'AbortError' },
    );
    const cut = await compareModels(
      right,
      partial,
      data,
      { seed: 1 },
      () => {},
      never,
      () => true,
    );
    assert.match(cut.partial ?? '', /Ended before its end/);
    assert.ok(cut.scores.length > 0 && cut.differing.every(({ why }) => why === undefined));
  });
});

describe('the test of signs', () => {
  it('is the exact binomial one', () => {
    assert.equal(signTest(0, 0), 1);
    assert.equal(signTest(3, 3), 1);
    assert.ok(Math.abs(signTest(0, 5) - 2 / 32) < 1e-12);
    // 2 (1 + 10 + 45) / 1024
    assert.ok(Math.abs(signTest(2, 8) - 112 / 1024) < 1e-12);
    assert.ok(signTest(2400, 2600) > 0.004 && signTest(2400, 2600) < 0.006);
    assert.ok(signTest(0, 5000) >= 0 && signTest(0, 5000) < 1e-300);
  });
});
