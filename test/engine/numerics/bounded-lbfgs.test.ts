import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minimizeWithin } from '../../../src/engine/numerics/bounded-lbfgs.ts';
import type { SmoothFunction } from '../../../src/engine/numerics/smooth-function.ts';

const rosenbrock: SmoothFunction = ([x, y], gradient) => {
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
  gradient[1] = 200 * (y - x * x);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};
const options = { iterations: 200, tolerance: 1e-12 };

test('it follows the bent valley of Rosenbrock to its end', () => {
  const x = Float64Array.of(-1.2, 1);
  assert.ok(minimizeWithin(rosenbrock, x, { low: [-5, -5], high: [5, 5] }, options) < 1e-10);
  assert.ok(Math.abs(x[0] - 1) < 1e-4 && Math.abs(x[1] - 1) < 1e-4, String(x));
});

test('within bounds it ends where the bound holds it back', () => {
  const x = Float64Array.of(-1.2, 1);
  const value = minimizeWithin(rosenbrock, x, { low: [-2, -2], high: [0.5, 2] }, options);
  // On x = 0.5 the best y is 0.25, and the value (1 - 0.5)^2.
  assert.ok(Math.abs(value - 0.25) < 1e-8, String(value));
  assert.equal(x[0], 0.5);
});

test('it stays where the function cannot be left', () => {
  const wall: SmoothFunction = (x, gradient) => {
    gradient[0] = -1;
    return x[0] > 0.3 ? Number.POSITIVE_INFINITY : -x[0];
  };
  const x = Float64Array.of(0);
  assert.ok(minimizeWithin(wall, x, { low: [0], high: [1] }, options) <= -0.25);
  assert.ok(x[0] <= 0.3);
});
