import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { crowdingDistance, dominates, nonDominated, nonDominatedRanks } from '../../../src/engine/search/pareto.ts';

/** Ranks by the definition: peel off what no other remaining point dominates. */
function peeled(points: readonly (readonly number[])[]): number[] {
  const ranks = new Array<number>(points.length).fill(-1);
  for (let front = 0; ranks.includes(-1); front++) {
    const rest = [...points.keys()].filter((i) => ranks[i] < 0);
    const members = rest.filter((i) => !rest.some((j) => dominates(points[j], points[i])));
    for (const i of members) ranks[i] = front;
  }
  return ranks;
}

test('ranks agree with the definition for one to four objectives, ties and equal points included', () => {
  const random = createRandom(5);
  for (const objectives of [1, 2, 3, 4]) {
    for (let round = 0; round < 30; round++) {
      const points = Array.from({ length: 40 }, () => Array.from({ length: objectives }, () => random.integer(6)));
      const expected = peeled(points);
      assert.deepEqual([...nonDominatedRanks(points)], expected);
      assert.deepEqual(
        nonDominated(points),
        [...points.keys()].filter((i) => expected[i] === 0),
      );
    }
  }
});

test('no points have no front', () => {
  assert.deepEqual(nonDominated([]), []);
});

test('a front of 200,000 points is found in far less than quadratic time', { timeout: 20_000 }, () => {
  const random = createRandom(1);
  const points = Array.from({ length: 200_000 }, () => [random.uniform(), random.uniform()]);
  const front = nonDominated(points);
  assert.ok(front.length > 3 && front.length < 60);
});

test('crowding is infinite at the ends and the share of the gap between', () => {
  assert.deepEqual(
    [
      ...crowdingDistance([
        [0, 4],
        [1, 1],
        [4, 0],
      ]),
    ],
    [Number.POSITIVE_INFINITY, 2, Number.POSITIVE_INFINITY],
  );
  assert.deepEqual([...crowdingDistance([])], []);
});
