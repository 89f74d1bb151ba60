import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { hypervolume, hypervolumeContributions } from '../../../src/engine/search/hypervolume.ts';

/** By the definition, for whole numbers: the unit cells below the reference that some point dominates. */
function cells(points: readonly (readonly number[])[], reference: readonly number[]): number {
  const walk = (cell: readonly number[]): number => {
    const m = cell.length;
    if (m === reference.length) return points.some((point) => point.every((value, k) => value <= cell[k])) ? 1 : 0;
    let count = 0;
    for (let value = 0; value < reference[m]; value++) count += walk([...cell, value]);
    return count;
  };
  return walk([]);
}

const drawn = (count: number, objectives: number, seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => Array.from({ length: objectives }, () => random.integer(8)));
};

test('one to five objectives agree with counted cells; equal, dominated and outside points included', () => {
  for (const [objectives, count] of [
    [1, 10],
    [2, 15],
    [3, 15],
    [4, 12],
    [5, 8],
  ]) {
    const reference = new Array<number>(objectives).fill(6);
    for (let seed = 0; seed < 8; seed++) {
      const points = drawn(count, objectives, seed);
      assert.equal(hypervolume(points, reference), cells(points, reference), `${objectives} objectives, seed ${seed}`);
    }
  }
});

test('a contribution is what is lost without the point', () => {
  const reference = [6, 6, 6];
  const points = drawn(12, 3, 4);
  const all = hypervolume(points, reference);
  for (const [i, contribution] of hypervolumeContributions(points, reference).entries()) {
    assert.equal(contribution, all - hypervolume(points.toSpliced(i, 1), reference));
  }
});

test('no points, and points beyond the reference, have no volume', () => {
  assert.equal(hypervolume([], [1, 1]), 0);
  assert.equal(hypervolume([[0, 1]], [1, 1]), 0);
  assert.equal(hypervolume([[2, -5]], [1, 1]), 0);
});

test('the front of ZDT1 tends to its area', () => {
  const front = Array.from({ length: 2001 }, (_, i) => [i / 2000, 1 - Math.sqrt(i / 2000)]);
  assert.ok(Math.abs(hypervolume(front, [1, 1]) - 2 / 3) < 1e-3);
});
