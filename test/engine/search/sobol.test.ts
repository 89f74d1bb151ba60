import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { SobolSequence, sobolDimensions, sobolPoints } from '../../../src/engine/search/sobol.ts';

interface Golden {
  readonly index: number;
  readonly point: number[];
}
const golden: Golden[] = JSON.parse(readFileSync(new URL('sobol.golden.json', import.meta.url), 'utf8'));

test('unscrambled points are those of SciPy in all dimensions', () => {
  const sequence = new SobolSequence(sobolDimensions);
  for (const { index, point } of golden) assert.deepEqual([...sequence.point(index)], point);
});

/** How many of the points lie in each of as many equal slices of a dimension as there are points. */
const perSlice = (points: readonly Float64Array[], dimension: number): Uint32Array => {
  const counts = new Uint32Array(points.length);
  for (const point of points) counts[Math.floor(point[dimension] * points.length)]++;
  return counts;
};

test('scrambled or not, 64 points from a multiple of 64 lie one in each slice of every dimension', () => {
  for (const random of [undefined, createRandom(1), createRandom(2)]) {
    const sequence = new SobolSequence(sobolDimensions, random);
    for (const start of [0, 64, 640]) {
      const points = Array.from({ length: 64 }, (_, i) => sequence.point(start + i));
      for (let d = 0; d < sobolDimensions; d++) assert.ok(perSlice(points, d).every((count) => count === 1));
    }
  }
});

test('two dimensions at a time, the squares of an 8 x 8 board are hit once by 64 scrambled points', () => {
  const counts = new Uint32Array(64);
  for (const [x, y] of sobolPoints(2, 64, createRandom(3))) counts[8 * Math.floor(8 * x) + Math.floor(8 * y)]++;
  assert.ok(counts.every((count) => count === 1));
});

test('a scrambling is decided by the seed, and moves every point', () => {
  const [one, same, other] = [1, 1, 2].map((seed) => sobolPoints(5, 16, createRandom(seed)));
  assert.deepEqual(one, same);
  for (const [i, point] of one.entries()) for (let d = 0; d < 5; d++) assert.notEqual(point[d], other[i][d]);
});

test('over many scramblings the first point is uniform', () => {
  const counts = new Uint32Array(4);
  for (let seed = 0; seed < 400; seed++) counts[Math.floor(4 * new SobolSequence(1, createRandom(seed)).point(0)[0])]++;
  // Four binomial counts around 100, deviation 8.7.
  for (const count of counts) assert.ok(Math.abs(count - 100) < 40, `${counts}`);
});

test('dimensions beyond the table are drawn at random, the same at every call', () => {
  const sequence = new SobolSequence(sobolDimensions + 2, createRandom(1));
  const points = Array.from({ length: 200 }, (_, i) => sequence.point(i));
  assert.deepEqual(sequence.point(7), points[7]);
  const beyond = points.map((point) => point[sobolDimensions + 1]);
  assert.equal(new Set(beyond).size, 200);
  assert.ok(Math.abs(beyond.reduce((sum, x) => sum + x, 0) / 200 - 0.5) < 0.1);
  assert.throws(() => new SobolSequence(sobolDimensions + 1), /at most 128 dimensions; got 129/);
});
