import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../../src/engine/random.ts';
import { sampleEnsemble } from '../../../../../src/engine/search/pruners/learning-curve/ensemble-sampler.ts';

test('a skewed normal distribution of two numbers is sampled with its means and variances', () => {
  // x ~ N(3, 4), y | x ~ N(x, 0.01): no step size fits both directions.
  const logDensity = ([x, y]: Float64Array) => -0.5 * (((x - 3) / 2) ** 2 + ((y - x) / 0.1) ** 2);
  const random = createRandom(2);
  const walkers = Array.from({ length: 20 }, () => {
    const x = random.normal();
    return Float64Array.of(x, x + 0.1 * random.normal());
  });
  const drawn: Float64Array[] = [];
  sampleEnsemble(walkers, logDensity, 4000, random, (points, sweep) => {
    if (sweep >= 500) drawn.push(...points);
  });
  const mean = (f: (point: Float64Array) => number) => drawn.reduce((sum, point) => sum + f(point), 0) / drawn.length;
  assert.ok(Math.abs(mean(([x]) => x) - 3) < 0.2);
  assert.ok(Math.abs(mean(([x]) => (x - 3) ** 2) - 4) < 0.5);
  assert.ok(Math.abs(mean(([x, y]) => (y - x) ** 2) - 0.01) < 0.002);
});

test('walkers never leave where the density is above 0', () => {
  const logDensity = ([x]: Float64Array) => (x > 0 ? -x : Number.NEGATIVE_INFINITY);
  const walkers = [1, 2, 3, 4].map((x) => Float64Array.of(x));
  let sum = 0;
  let count = 0;
  sampleEnsemble(walkers, logDensity, 5000, createRandom(1), (points) => {
    for (const [x] of points) {
      assert.ok(x > 0);
      sum += x;
      count++;
    }
  });
  assert.ok(Math.abs(sum / count - 1) < 0.1, 'the mean of an exponential distribution');
});
