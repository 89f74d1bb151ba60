import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { scatter, searchCandidates } from '../../../../src/engine/search/acquisition/candidate-search.ts';
import { Cube } from '../../../../src/engine/search/acquisition/cube.ts';
import { isForbidden } from '../../../../src/engine/space/conditions.ts';
import { containsConfiguration } from '../../../../src/engine/space/configuration.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import { encode } from '../../../../src/engine/space/encoding.ts';

const space = describeSpace(
  {
    kind: { choice: ['a', 'b', 'c'] },
    x: { float: [-1, 3] },
    rate: { float: [1e-4, 1], log: true },
    width: { int: [1, 1024], log: true },
    wide: { int: [1, 1_000_000] },
    share: { float: [0, 1], step: 0.25, when: { kind: ['a', 'b'] } },
    deep: { int: [1, 3], when: { share: [0.5, 0.75] } },
  },
  [{ kind: 'c', width: 1 }],
);
const cube = new Cube(space);

describe('the cube of a space', () => {
  test('settled points are those that configurations are encoded as', () => {
    const points = scatter(cube, 512, createRandom(1));
    assert.ok(points.length > 400);
    for (const point of points) {
      const params = cube.params(point);
      assert.ok(containsConfiguration(space, params) && !isForbidden(space, params), JSON.stringify(params));
      for (const [i, coordinate] of encode(space, params).entries()) {
        assert.ok(
          Object.is(coordinate, point[i]) || Math.abs(coordinate - point[i]) < 1e-12,
          `${coordinate} ${point[i]}`,
        );
      }
    }
  });
  test('a forbidden point is said to be', () => {
    const point = encode(space, { kind: 'c', x: 0, rate: 0.1, width: 1, wide: 5 });
    assert.equal(cube.settle(cube.opened(point, createRandom(1))), false);
  });
  test('neighbours open and close what depends on them', () => {
    const point = encode(space, { kind: 'a', x: 0, rate: 0.1, width: 8, wide: 5, share: 0.5, deep: 2 });
    const near = cube
      .neighbours(point, { deviations: [0.1], values: 5 }, createRandom(2))
      .map((one) => cube.params(one));
    assert.ok(near.every((params) => containsConfiguration(space, params)));
    assert.ok(near.some(({ kind, share }) => kind === 'c' && share === undefined));
    assert.ok(near.some(({ kind, share, deep }) => kind === 'a' && share === 0 && deep === undefined));
    assert.ok(near.some(({ share, deep }) => share === 0.5 && deep === 3));
    assert.ok(near.some(({ width }) => width === 9));
  });
});

test('the search finds the top of a score over a mixed conditional space', () => {
  const goal = encode(space, { kind: 'b', x: 0.123, rate: 0.01, width: 77, wide: 123_456, share: 0.75, deep: 3 });
  const score = (points: readonly Float64Array[]) =>
    Float64Array.from(points, (point) =>
      point.reduce((sum, value, i) => sum - (Number.isNaN(value) ? 0.3 : Math.abs(value - goal[i])), 0),
    );
  const [best, second, ...rest] = searchCandidates(cube, score, { draws: 256, rounds: 60 }, createRandom(3));
  const { kind, share, deep, width, x } = cube.params(best.point);
  assert.deepEqual({ kind, share, deep, width }, { kind: 'b', share: 0.75, deep: 3, width: 77 });
  assert.ok(Math.abs(Number(x) - 0.123) < 0.02, String(x));
  assert.ok(best.score >= second.score && rest.every(({ score }) => score <= second.score));
  assert.equal(new Set(rest.map(({ point }) => String(point))).size, rest.length);
});

test('incumbents are looked around', () => {
  const goal = Float64Array.from({ length: 12 }, (_, i) => 0.05 + 0.08 * i);
  const box = new Cube(
    describeSpace(Object.fromEntries([...goal].map((_, i) => [`x${i}`, { float: [0, 1] as const }]))),
  );
  const score = (points: readonly Float64Array[]) =>
    Float64Array.from(points, (point) => point.reduce((sum, value, i) => sum - (value - goal[i]) ** 2, 0));
  const near = goal.map((value) => value + 0.01);
  const options = { draws: 64, starts: 2, rounds: 20 };
  const [helped] = searchCandidates(box, score, { ...options, incumbents: [near] }, createRandom(4));
  const [alone] = searchCandidates(box, score, options, createRandom(4));
  assert.ok(helped.score > -0.0012 && helped.score > alone.score, `${helped.score} ${alone.score}`);
});
