import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { logNormalImprovement } from '../../../../src/engine/search/acquisition/log-normal-improvement.ts';

const worthAt = (mean: number, deviation: number, best: number) => {
  const worth = { value: 0, byMean: 0, byDeviation: 0 };
  logNormalImprovement.worth(mean, deviation, best, worth);
  return worth;
};

test('it is the mean improvement of a loss whose logarithm is normal', () => {
  const random = createRandom(1);
  for (const [mean, deviation, best] of [
    [0, 1, 0],
    [-1, 0.5, -1.5],
    [0.3, 0.2, 0.6],
  ]) {
    const draws = Array.from({ length: 200_000 }, () => Math.exp(mean + deviation * random.normal()));
    const drawn = draws.reduce((sum, loss) => sum + Math.max(0, Math.exp(best) - loss), 0) / draws.length;
    const { value } = worthAt(mean, deviation, best);
    assert.ok(Math.abs(value - drawn) < 0.01 * value, `${value}, drawn ${drawn}`);
  }
});

test('its slopes are those of finite differences', () => {
  const step = 1e-6;
  for (const [mean, deviation, best] of [
    [0, 1, 0],
    [-1, 0.5, -1.5],
    [2, 0.8, 0.5],
  ]) {
    const { byMean, byDeviation } = worthAt(mean, deviation, best);
    const slope = (m: number, d: number) =>
      (worthAt(mean + m, deviation + d, best).value - worthAt(mean - m, deviation - d, best).value) / (2 * step);
    assert.ok(Math.abs(byMean - slope(step, 0)) < 1e-7);
    assert.ok(Math.abs(byDeviation - slope(0, step)) < 1e-7);
  }
});

test('a model that is sure gives what is left to gain, or nothing', () => {
  assert.ok(Math.abs(worthAt(0, 1e-150, 1).value - (Math.E - 1)) < 1e-12);
  assert.equal(worthAt(1, 1e-150, 0).value, 0);
});
