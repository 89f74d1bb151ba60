import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clopperPearson } from '../../../src/engine/statistics/clopper-pearson.ts';
import { mean, standardDeviation } from '../../../src/engine/statistics/mean.ts';
import { median } from '../../../src/engine/statistics/median.ts';
import { centralInterval, quantile } from '../../../src/engine/statistics/quantile.ts';
import { correlation, ranks } from '../../../src/engine/statistics/rank-correlation.ts';

const near = (got: number, wanted: number) => assert.ok(Math.abs(got - wanted) < 1e-9, `${got} is not ${wanted}`);

test('mean, deviation and median of a sample, in any order; of nothing there is none', () => {
  near(mean([1, 2, 6]), 3);
  near(standardDeviation([1, 2, 6]), Math.sqrt(7));
  assert.equal(standardDeviation([4]), 0);
  assert.equal(median([10, 9, 2]), 9);
  assert.equal(median([10, 9, 2, 1]), 5.5);
  assert.ok(Number.isNaN(mean([])) && Number.isNaN(median([])));
});

test("quantiles are NumPy's by default", () => {
  const sorted = Float64Array.of(1, 2, 4, 8);
  assert.deepEqual(
    [0, 0.1, 0.5, 0.9, 1].map((share) => Number(quantile(sorted, share).toFixed(9))),
    [1, 1.3, 3, 6.8, 8],
  );
  assert.deepEqual(centralInterval([8, 1, 4, 2], 1), { low: 1, high: 8 });
});

test('a quantile between the largest numbers of either sign does not overflow', () => {
  assert.equal(quantile(Float64Array.of(-1.5e308, 1.5e308), 0.5), 0);
  assert.equal(quantile(Float64Array.of(-1.5e308, 1.5e308), 0.25), -0.75e308);
});

test('equal values share their mean rank; what is constant correlates with nothing', () => {
  assert.deepEqual([...ranks([30, 10, 30, 20])], [3.5, 1, 3.5, 2]);
  near(correlation([1, 2, 3], [2, 4, 6]), 1);
  near(correlation([1, 2, 3], [3, 2, 1]), -1);
  assert.equal(correlation([1, 2, 3], [5, 5, 5]), 0);
});

test("a proportion's exact interval, as SciPy's binomtest has it; it reaches the end that was seen alone", () => {
  const { low, high } = clopperPearson(3, 10);
  near(Number(low.toFixed(8)), 0.06673951);
  near(Number(high.toFixed(8)), 0.65245285);
  assert.equal(clopperPearson(0, 5).low, 0);
  assert.equal(clopperPearson(5, 5).high, 1);
  assert.throws(() => clopperPearson(6, 5), RangeError);
});
