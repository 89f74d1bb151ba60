import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logScaled } from '../../../../src/engine/search/surrogates/log-scaled-losses.ts';

const losses = Float64Array.from({ length: 41 }, (_, i) => (i - 5) ** 3 / 100);

test('the order stays, and the way back gives the losses', () => {
  const { values, toLoss } = logScaled(losses);
  for (let i = 1; i < losses.length; i++) assert.ok(values[i] > values[i - 1]);
  for (const [i, value] of values.entries()) assert.ok(Math.abs(toLoss(value) - losses[i]) < 1e-9);
});

test('the floor lies below the best as far as the 5th percentile lies above it, the unit is the whole range', () => {
  // A best that stands alone: 0, then 30, 31, ...
  const alone = Float64Array.from({ length: 41 }, (_, i) => (i === 0 ? 0 : 29 + i));
  const { values } = logScaled(alone);
  assert.ok(Math.abs(values[0] - Math.log(31 / 69)) < 1e-12);
  assert.ok(Math.abs(values[40] - Math.log((69 + 31) / 69)) < 1e-12);
});

test('where many are as good as the best, the floor lies a tenth of the way to the median below it', () => {
  const { values } = logScaled(Float64Array.of(0, 0, 0, 10, 20, 30, 100));
  assert.ok(Math.abs(values[0] - Math.log(1 / 100)) < 1e-12);
});

test('equal losses become 0, and come back', () => {
  const { values, toLoss } = logScaled(Float64Array.of(7, 7, 7));
  assert.deepEqual([...values, toLoss(0)], [0, 0, 0, 7]);
});

test('the largest and smallest numbers there are, and several equal best ones, give finite values', () => {
  for (const hard of [
    [1.7e308, -1.7e308, 0, 5e-324],
    [5e-324, 0, 0],
    [1, 1, 1, 1, 1, 2],
  ]) {
    const { values, toLoss } = logScaled(Float64Array.from(hard));
    for (const value of values) assert.ok(Number.isFinite(value) && Number.isFinite(toLoss(value)));
  }
});
