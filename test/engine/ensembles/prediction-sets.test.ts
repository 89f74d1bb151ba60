import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformalQuantile } from '../../../src/engine/ensembles/conformal-quantile.ts';
import { setCoverage } from '../../../src/engine/ensembles/coverage.ts';
import { largestScore, setsWithin } from '../../../src/engine/ensembles/prediction-sets.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { drawForecast } from './forecasts.ts';

test('the quantile is the ceil((m + 1)(1 - alpha))-th smallest, none where the rows are too few', () => {
  const scores = Float64Array.from({ length: 19 }, (_, i) => 19 - i);
  assert.equal(conformalQuantile(scores, 0.1), 18);
  assert.equal(conformalQuantile(scores, 0.05), 19);
  assert.equal(conformalQuantile(scores, 0.04), null);
  assert.throws(() => conformalQuantile(scores, 0), RangeError);
  assert.throws(() => conformalQuantile(scores, 1), RangeError);
});

test('sets cover as promised, over many draws', () => {
  const shares = Array.from({ length: 60 }, (_, round) => {
    const random = createRandom(4).fork(`${round}`);
    const [before, after] = [drawForecast(random, 99, 4, 3), drawForecast(random, 200, 4, 3)];
    const limit = largestScore(before.stated, before.codes, 0.1);
    return setCoverage(setsWithin(limit, after.stated, 4), after.codes).coverage;
  });
  const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
  const spread = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length ** 2);
  assert.ok(mean >= 0.9 - 3 * spread, `${mean}`);
});

test('no set is empty: the most probable class is in it; where rows were too few, every class is', () => {
  const probabilities = Float64Array.of(0.5, 0.3, 0.2, 0.02, 0.95, 0.03);
  assert.deepEqual([...setsWithin(0.1, probabilities, 3).member], [1, 0, 0, 0, 1, 0]);
  assert.equal(largestScore(Float64Array.of(0.9, 0.1), Int32Array.of(0), 0.1), null);
  assert.deepEqual([...setsWithin(null, probabilities, 3).member], [1, 1, 1, 1, 1, 1]);
});
