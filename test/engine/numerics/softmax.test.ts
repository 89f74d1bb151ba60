import assert from 'node:assert/strict';
import { test } from 'node:test';
import { softmax } from '../../../src/engine/numerics/softmax.ts';

const near = (got: number, wanted: number) => assert.ok(Math.abs(got - wanted) < 1e-9, `${got} is not ${wanted}`);

test('softmax touches its own scores only, and does not overflow', () => {
  const scores = Float64Array.of(7, 1000, 1000 + Math.log(3), 7);
  near(softmax(scores, 1, 2), 1000 + Math.log(4));
  assert.deepEqual([scores[0], scores[3]], [7, 7]);
  near(scores[1], 0.25);
  near(scores[2], 0.75);
});
