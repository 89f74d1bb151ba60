import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting } from '../../../../src/engine/learners/boosting/boosting.ts';
import type { BoostingLoss } from '../../../../src/engine/learners/boosting/losses/loss.ts';
import { lossFor, valueLosses } from '../../../../src/engine/learners/boosting/losses/registry.ts';
import { weightedQuantile } from '../../../../src/engine/learners/boosting/losses/weighted-quantile.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import type { Params } from '../../../../src/shared/space.ts';
import { fitted } from '../conformance.ts';
import { dataset, numeric, toy } from '../toy-data.ts';

/** Numbers whose noise grows with x, all above 0. */
function skewed(rows: number, seed = 1) {
  const random = createRandom(seed);
  const x = Array.from({ length: rows }, () => 4 * random.uniform());
  const y = x.map((value) => Math.exp(0.5 * value) * -Math.log(1 - random.uniform()));
  return { data: dataset('regression', [numeric('x', x)], y), x, y };
}

const predictionsOf = async (data: ReturnType<typeof dataset>, params: Params, resource = 60) =>
  (
    await (
      await fitted(boosting, data, { resource }, { ...boosting.defaults(data.info), ...params })
    ).predict(data.features)
  ).values;

/** The derivative of n times the measured loss by each score, by central differences. */
function assertGradient(loss: BoostingLoss, target: Parameters<typeof lossFor>[0], rows: number): void {
  const random = createRandom(2);
  const scores = Float64Array.from({ length: loss.outputs * rows }, () => random.normal());
  const gradient = new Float32Array(scores.length);
  const hessian = new Float32Array(scores.length);
  loss.derive(scores, gradient, hessian);
  scores.forEach((score, i) => {
    const at = (step: number) => {
      const moved = scores.slice();
      moved[i] = score + step;
      return rows * loss.measure(moved, target);
    };
    const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
    assert.ok(Math.abs(slope - gradient[i]) < 1e-3 * Math.max(1, Math.abs(slope)), `${gradient[i]}, not ${slope}`);
    assert.ok(hessian[i] > 0);
  });
}

test('gradients of log loss, Poisson and pinball loss are the slopes of what is measured', () => {
  const codes = Int32Array.of(0, 1, 2, 1, 0, 2);
  const of = (classes: readonly string[], some: Int32Array) => ({ kind: 'classes', codes: some, classes }) as const;
  const choice = { loss: 'squared', level: 0.5 } as const;
  const binary = of(
    ['a', 'b'],
    codes.map((code) => code % 2),
  );
  assertGradient(lossFor(binary, choice).loss, binary, 6);
  const several = of(['a', 'b', 'c'], codes);
  assertGradient(lossFor(several, choice).loss, several, 6);
  const values = { kind: 'values', values: Float64Array.of(0, 3, 1, 7, 0, 2) } as const;
  assertGradient(lossFor(values, { ...choice, loss: 'poisson' }).loss, values, 6);
  const { loss, scale } = lossFor(values, { loss: 'quantile', level: 0.8 });
  // Pinball loss is measured in the target's unit, and derived in that of its deviation.
  const scaled: BoostingLoss = { ...loss, measure: (scores, target) => loss.measure(scores, target) / scale.deviation };
  assertGradient(scaled, values, 6);
});

test('quantile loss: as many of the values lie below as the level says, along x as well', async () => {
  const { data, x, y } = skewed(1500);
  for (const level of [0.1, 0.5, 0.9]) {
    const predicted = await predictionsOf(data, {
      loss: 'quantile',
      quantile_level: level,
      leaves: 8,
      min_leaf_rows: 40,
    });
    for (const [from, to] of [
      [0, 2],
      [2, 4],
    ]) {
      const inside = y.flatMap((value, i) => (x[i] >= from && x[i] < to ? [value <= predicted[i]] : []));
      const share = inside.filter(Boolean).length / inside.length;
      assert.ok(Math.abs(share - level) < 0.06, `${share} below the quantile of ${level}`);
    }
  }
});

test('absolute loss is the median, squared the mean: of a skewed target they differ', async () => {
  const { data, y } = skewed(1000);
  const share = (predicted: Float64Array) => y.filter((value, i) => value <= predicted[i]).length / y.length;
  const params = { leaves: 4, min_leaf_rows: 60 };
  const median = share(await predictionsOf(data, { ...params, loss: 'absolute' }));
  const mean = share(await predictionsOf(data, { ...params, loss: 'squared' }));
  assert.ok(Math.abs(median - 0.5) < 0.05 && mean > 0.56, `${median}, ${mean}`);
});

test('Poisson loss: predictions above 0 that add up to what was counted', async () => {
  const random = createRandom(4);
  const x = Array.from({ length: 1200 }, () => random.normal());
  const y = x.map((value) => {
    // Knuth's way to draw from the Poisson distribution.
    const bound = Math.exp(-Math.exp(0.3 + 0.8 * value));
    let [count, product] = [0, random.uniform()];
    for (; product > bound; count++) product *= random.uniform();
    return count;
  });
  const predicted = await predictionsOf(dataset('regression', [numeric('x', x)], y), { loss: 'poisson' });
  assert.ok(predicted.every((value) => value > 0));
  const ratio = predicted.reduce((a, b) => a + b) / y.reduce((a, b) => a + b);
  assert.ok(Math.abs(ratio - 1) < 0.05, `${ratio}`);
  const truth = x.map((value) => Math.exp(0.3 + 0.8 * value));
  const error = truth.reduce((sum, mean, i) => sum + Math.abs(mean - predicted[i]) / mean, 0) / truth.length;
  assert.ok(error < 0.25, `${error}`);
});

test('targets of 1e300 and of 0 alone are fitted by every loss', async () => {
  const x = Array.from({ length: 60 }, (_, i) => i);
  for (const loss of valueLosses) {
    for (const size of [1e300, 0]) {
      const data = dataset(
        'regression',
        [numeric('x', x)],
        x.map((value) => value * size),
      );
      const predicted = await predictionsOf(data, { loss, row_sample: 1, column_sample: 1 }, 100);
      assert.ok(predicted.every(Number.isFinite), `${loss} at ${size}`);
      if (size > 0)
        assert.ok(predicted[50] > 3e301 && predicted[5] < 2e301, `${loss}: ${predicted[5]}, ${predicted[50]}`);
    }
  }
});

test('wrong losses are said', async () => {
  const [numbers, classes] = [toy('regression'), toy('binary')];
  const cases = [
    [numbers, { loss: 'huber' }, /no loss "huber"/],
    [numbers, { loss: 'quantile', quantile_level: 1 }, /between 0 and 1/],
    [
      dataset('regression', [numeric('x', [1, 2, 3])], [1, -2, 3]),
      { loss: 'poisson' },
      /0 and above; one row holds -2/,
    ],
    [classes, { loss: 'quantile' }, /log loss/],
  ] as const;
  for (const [data, params, message] of cases)
    await assert.rejects(predictionsOf(data, params), { name: 'UserError', message });
});

test('a weighted quantile is the quantile of repeated values', () => {
  const random = createRandom(3);
  for (let i = 0; i < 50; i++) {
    const values = Float64Array.from({ length: 9 }, () => random.normal());
    const weights = Float64Array.from(values, () => 1 + random.integer(4));
    const repeated = Float64Array.from([...values].flatMap((value, at) => new Array(weights[at]).fill(value)));
    const level = 0.01 + 0.98 * random.uniform();
    assert.equal(weightedQuantile(values, level, weights), weightedQuantile(repeated, level));
  }
});

test('weights count rows as if they were repeated, in every loss', async () => {
  const { data, x, y } = skewed(150);
  const twice = (values: readonly number[]) =>
    values.flatMap((value, i) => (i % 3 === 0 ? [value, value, value] : [value]));
  const repeated = dataset('regression', [numeric('x', twice(x))], twice(y));
  const mean = (3 + 1 + 1) / 3;
  const weights = Float64Array.from(x, (_, i) => (i % 3 === 0 ? 3 : 1) / mean);
  // Nothing that counts rows, but for the bins: few values that are the same in both.
  const coarse = { ...data, features: { ...data.features, columns: [numeric('x', x.map(Math.round))] } };
  const again = { ...repeated, features: { ...repeated.features, columns: [numeric('x', twice(x).map(Math.round))] } };
  const params = { min_leaf_rows: 1, l2: 0, row_sample: 1, column_sample: 1, leaves: 4 };
  for (const loss of valueLosses) {
    const own = { ...boosting.defaults(data.info), ...params, loss };
    const weighted = await fitted(boosting, coarse, { resource: 20, weights }, own);
    const counted = await fitted(boosting, again, { resource: 20 }, own);
    const [a, b] = [await weighted.predict(coarse.features), await counted.predict(coarse.features)];
    a.values.forEach((value, i) => {
      assert.ok(Math.abs(value - b.values[i]) < 1e-3 * Math.abs(b.values[i]), `${loss}: ${value}, not ${b.values[i]}`);
    });
  }
});
