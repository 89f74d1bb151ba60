import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { contains, sampleValue, size, valuesOf } from '../../../src/engine/space/distribution.ts';
import type { Distribution } from '../../../src/shared/space.ts';

const draw = (distribution: Distribution, count: number) => {
  const random = createRandom(7);
  return Array.from({ length: count }, () => sampleValue(distribution, random));
};

test('values of a decimal grid are free of the dust of binary fractions and lie in it', () => {
  const grid: Distribution = { type: 'float', low: 0.1, high: 0.5, step: 0.1 };
  assert.deepEqual(valuesOf(grid), [0.1, 0.2, 0.3, 0.4, 0.5]);
  for (const value of valuesOf(grid)) assert.ok(contains(grid, value));
  assert.ok(contains(grid, 0.1 + 0.1 + 0.1));
  assert.ok(!contains(grid, 0.25));
});

test('a step that does not end at the upper bound stops below it', () => {
  assert.deepEqual(valuesOf({ type: 'int', low: 1, high: 10, step: 4 }), [1, 5, 9]);
});

test('a grid between thirds stays inside of its bounds', () => {
  const grid: Distribution = { type: 'float', low: 1 / 3, high: 2 / 3, step: 1 / 3 };
  for (const value of valuesOf(grid)) assert.ok(contains(grid, value), String(value));
});

test('every value of a grid is equally likely, both ends too', () => {
  for (const grid of [
    { type: 'int', low: 1, high: 4 },
    { type: 'float', low: 0, high: 0.75, step: 0.25 },
  ] as const) {
    const counts = new Map<unknown, number>();
    for (const value of draw(grid, 8000)) counts.set(value, (counts.get(value) ?? 0) + 1);
    assert.equal(counts.size, 4);
    // 8,000 draws of probability 1/4: standard deviation 39.
    for (const count of counts.values()) assert.ok(Math.abs(count - 2000) < 200, String(count));
  }
});

test('a logarithmic range gives each decade its share', () => {
  for (const range of [
    { type: 'float', low: 1e-4, high: 1, log: true },
    { type: 'int', low: 1, high: 10_000, log: true },
  ] as const) {
    const values = draw(range, 4000).map(Number);
    assert.ok(values.every((value) => contains(range, value)));
    const middle = Math.sqrt(range.low * range.high);
    const below = values.filter((value) => value < middle).length;
    // The first integer owns half a step less than it would on the line; 4,000 draws of 1/2: standard deviation 32.
    assert.ok(below > 1800 && below < 2250, String(below));
  }
});

test('a logarithmic grid whose first cell would reach 0 keeps its ends', () => {
  const grid: Distribution = { type: 'int', low: 1, high: 9, log: true, step: 4 };
  assert.deepEqual(new Set(draw(grid, 500)), new Set([1, 5, 9]));
});

test('size counts values, and a continuous range that is one point', () => {
  assert.equal(size({ type: 'categorical', choices: ['a', true, 3] }), 3);
  assert.equal(size({ type: 'int', low: -2, high: 2 }), 5);
  assert.equal(size({ type: 'float', low: 2, high: 2 }), 1);
  assert.equal(size({ type: 'float', low: 2, high: 3 }), Number.POSITIVE_INFINITY);
});

test('contains refuses other types, values outside and fractions of an int', () => {
  assert.ok(!contains({ type: 'int', low: 0, high: 3 }, 1.5));
  assert.ok(!contains({ type: 'int', low: 0, high: 3 }, 4));
  assert.ok(!contains({ type: 'int', low: 0, high: 3 }, '1'));
  assert.ok(!contains({ type: 'float', low: 0, high: 3 }, Number.NaN));
  assert.ok(!contains({ type: 'categorical', choices: [1, 'a'] }, '1'));
});
