import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isotonicRegression } from '../../../src/engine/numerics/isotonic-regression.ts';
import { createRandom } from '../../../src/engine/random.ts';

const heightsOf = (values: number[], weights: number[] = values.map(() => 1)) =>
  Array.from(isotonicRegression(values, weights).heights);

/** max over s <= i of min over t >= i of the weighted mean of s..t (Robertson, Wright and Dykstra 1988, theorem 1.4.4). */
function closedForm(values: readonly number[], weights: readonly number[]): number[] {
  const mean = (s: number, t: number) => {
    let [sum, total] = [0, 0];
    for (let i = s; i <= t; i++) {
      sum += weights[i] * values[i];
      total += weights[i];
    }
    return sum / total;
  };
  return values.map((_, i) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let s = 0; s <= i; s++) {
      let least = Number.POSITIVE_INFINITY;
      for (let t = i; t < values.length; t++) least = Math.min(least, mean(s, t));
      most = Math.max(most, least);
    }
    return most;
  });
}

describe('isotonic regression', () => {
  it('is what one comes to by hand', () => {
    assert.deepEqual(heightsOf([1, 2, 3]), [1, 2, 3]);
    assert.deepEqual(heightsOf([3, 2, 1]), [2, 2, 2]);
    assert.deepEqual(heightsOf([1, 3, 2, 4]), [1, 2.5, 2.5, 4]);
    assert.deepEqual(heightsOf([1, 3, 2, 4], [1, 1, 3, 1]), [1, 2.25, 2.25, 4]);
    assert.deepEqual(heightsOf([]), []);
  });

  it('equals its closed form, and keeps the weighted mean', () => {
    const random = createRandom(5);
    for (let round = 0; round < 40; round++) {
      const values = Array.from({ length: 1 + random.integer(9) }, () => random.normal());
      const weights = values.map(() => 0.1 + random.uniform());
      const found = heightsOf(values, weights);
      for (const [i, wanted] of closedForm(values, weights).entries()) assert.ok(Math.abs(found[i] - wanted) < 1e-12);
      const total = (heights: readonly number[]) => heights.reduce((sum, height, i) => sum + height * weights[i], 0);
      assert.ok(Math.abs(total(found) - total(values)) < 1e-12);
    }
  });

  it('gives points without weight the height beside them', () => {
    assert.deepEqual(heightsOf([2, 9, 1], [1, 0, 1]), [1.5, 1.5, 1.5]);
  });
});
