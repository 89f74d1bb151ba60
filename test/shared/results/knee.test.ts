import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kneeIndex } from '../../../src/shared/results/knee.ts';

const bent = [
  [0, 100],
  [1, 40],
  [2, 10],
  [5, 4],
  [10, 0],
];

test('the knee is the point farthest from the line through the ends', () => {
  assert.equal(kneeIndex(bent), 2);
  // The same in any unit and order.
  assert.equal(kneeIndex(bent.map(([x, y]) => [1000 * y - 7, x]).toReversed()), 2);
});

test('fronts that are short, straight or bulging have none', () => {
  assert.equal(kneeIndex(bent.slice(0, 2)), undefined);
  assert.equal(kneeIndex([0, 1, 2, 3].map((x) => [x, 3 - x])), undefined);
  const bulging = [0, 0.5, 0.9, 1].map((x) => [x, Math.sqrt(1 - x * x)]);
  assert.equal(kneeIndex(bulging), undefined);
});

test('of three objectives the knee is nearest to the best of each', () => {
  const corners = [
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
  ];
  assert.equal(kneeIndex([...corners, [0.3, 0.3, 0.2], [0.9, 0.05, 0.5]]), 3);
});
