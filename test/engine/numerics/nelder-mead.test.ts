import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nelderMead } from '../../../src/engine/numerics/nelder-mead.ts';
import { curveFamilies } from '../../../src/engine/search/pruners/learning-curve/families.ts';

test('the simplex finds the least squares of a curve', () => {
  const family = curveFamilies.find(({ name }) => name === 'pow3');
  assert.ok(family);
  const truth = [0.85, 0.6, 0.9];
  const steps = [1, 2, 3, 5, 8, 13, 21];
  const error = (p: Float64Array) =>
    steps.reduce((sum, x) => sum + (family.at(x, p, 0) - family.at(x, truth, 0)) ** 2, 0);
  const { point, value } = nelderMead(error, Float64Array.from(family.start), 600);
  assert.ok(value < 1e-8);
  for (const [i, parameter] of point.entries()) assert.ok(Math.abs(parameter - truth[i]) < 0.01);
});

test('the simplex walks away from where a function is not a number', () => {
  const { point } = nelderMead(([x]) => (x > 1 ? Number.NaN : (x + 2) ** 2), Float64Array.of(0.9), 200);
  assert.ok(Math.abs(point[0] + 2) < 1e-3);
});
