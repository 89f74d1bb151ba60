import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { elasticNet } from '../../../../src/engine/learners/linear/elastic-net.ts';
import { logistic } from '../../../../src/engine/learners/linear/logistic.ts';
import { ridge } from '../../../../src/engine/learners/linear/ridge.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import type { Params } from '../../../../src/shared/space.ts';
import { fitted } from '../conformance.ts';
import { dataset, numeric } from '../toy-data.ts';

interface Golden {
  readonly name: string;
  readonly learner: 'elastic_net' | 'logistic' | 'ridge';
  readonly classes: number;
  readonly params: Params;
  /** [columns][rows] */
  readonly columns: number[][];
  readonly truth: number[];
  readonly weights?: number[];
  /** [columns x outputs], without the biases */
  readonly coefficients: number[];
  readonly prediction: number[];
}

const goldens: Golden[] = JSON.parse(readFileSync(new URL('elastic-net.golden.json', import.meta.url), 'utf8'));
const learnerOf = { elastic_net: elasticNet, logistic, ridge };

const worstOf = (values: ArrayLike<number>, expected: readonly number[]) =>
  Math.max(...expected.map((value, i) => Math.abs(values[i] - value)));

for (const golden of goldens) {
  test(`has the coefficients of scikit-learn: ${golden.name}`, async () => {
    const columns = golden.columns.map((values, i) => numeric(`c${i}`, values));
    const task = golden.classes === 0 ? 'regression' : golden.classes === 2 ? 'binary' : 'multiclass';
    const data = dataset(task, columns, golden.truth, golden.classes);
    const weights = golden.weights && { weights: Float64Array.from(golden.weights) };
    const model = await fitted(learnerOf[golden.learner], data, weights, golden.params);
    const scale = golden.learner === 'logistic' ? 1 : 10;
    const coefficients = model.save().arrays.weights;
    assert.ok(worstOf(coefficients, golden.coefficients) < 1e-4 * scale, [...coefficients].join(' '));
    assert.ok(worstOf((await model.predict(data.features)).values, golden.prediction) < 1e-4 * scale);
    const zeros = golden.coefficients.filter((value) => Math.abs(value) < 1e-6).length;
    assert.equal(model.facts.reading?.count, golden.coefficients.length - zeros);
  });
}

test('without a penalty to speak of, an elastic net is a ridge regression', async () => {
  const random = createRandom(3);
  const columns = Array.from({ length: 5 }, (_, i) =>
    numeric(
      `c${i}`,
      Float64Array.from({ length: 50 }, () => random.normal()),
    ),
  );
  const truth = Float64Array.from({ length: 50 }, (_, row) => columns[0].values[row] * 3 + random.normal());
  const data = dataset('regression', columns, truth);
  const one = await (await fitted(ridge, data, {}, { alpha: 1e-3 })).predict(data.features);
  const other = await (await fitted(elasticNet, data, {}, { alpha: 1e-5, l1_ratio: 0.05 })).predict(data.features);
  assert.ok(worstOf(other.values, [...one.values]) < 1e-3);
});

test("outliers pull a regression with Huber's loss far less", async () => {
  const random = createRandom(4);
  const x = Float64Array.from({ length: 200 }, () => random.normal());
  const clean = x.map((value) => 2 * value + 1);
  const truth = clean.map((value, row) => value + 0.1 * random.normal() + (row % 10 === 0 ? 100 : 0));
  const data = dataset('regression', [numeric('x', x)], truth);
  const errorOf = async (loss: string) => {
    const model = await fitted(elasticNet, data, {}, { alpha: 1e-5, l1_ratio: 0.5, loss });
    return worstOf((await model.predict(data.features)).values, [...clean]);
  };
  assert.ok((await errorOf('huber')) < 0.1);
  assert.ok((await errorOf('squared')) > 5);
});

test('squares and pairs of inputs are learnt where they are asked for, and counted', async () => {
  const random = createRandom(5);
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: 300 }, () => random.uniform() * 2 - 1));
  const columns = [numeric('a', a), numeric('b', b)];
  const data = dataset(
    'regression',
    columns,
    a.map((value, row) => value * b[row]),
  );
  const errorOf = async (interactions: string) => {
    const model = await fitted(ridge, data, {}, { alpha: 1e-3, interactions });
    const { values } = await model.predict(data.features);
    const error = values.reduce((sum, value, row) => sum + (value - a[row] * b[row]) ** 2 / 300, 0);
    return { error, count: model.facts.reading?.count };
  };
  const [none, squares, pairs] = [await errorOf('none'), await errorOf('squares'), await errorOf('pairs')];
  assert.deepEqual([none.count, squares.count, pairs.count], [2, 4, 5]);
  assert.ok(none.error > 0.1 && squares.error > 0.1 && pairs.error < 0.01, `${pairs.error}`);
});

test('targets of 1e300 are fitted', async () => {
  const x = Float64Array.from({ length: 40 }, (_, row) => row);
  const data = dataset(
    'regression',
    [numeric('x', x)],
    x.map((value) => (value - 20) * 1e299),
  );
  for (const learner of [ridge, elasticNet]) {
    const { values } = await (await fitted(learner, data)).predict(data.features);
    assert.ok(values.every(Number.isFinite));
    const worst = worstOf(
      values,
      [...x].map((value) => (value - 20) * 1e299),
    );
    assert.ok(worst < 1e299, `${learner.name} is off by ${worst}`);
  }
});
