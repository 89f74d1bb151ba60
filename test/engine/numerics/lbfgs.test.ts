import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from '../../../src/engine/learners/pace.ts';
import { minimize } from '../../../src/engine/numerics/lbfgs.ts';

const pace = () => new Pace(new AbortController().signal);
const options = { maxIterations: 200, tolerance: 1e-8, work: 1 };

test('a quadratic of mixed scales is solved', async () => {
  const scales = [1, 10, 100, 1000];
  const minimum = await minimize(
    (x, gradient) => {
      let value = 0;
      scales.forEach((scale, i) => {
        gradient[i] = scale * (x[i] - i);
        value += (scale * (x[i] - i) ** 2) / 2;
      });
      return value;
    },
    new Float64Array(4).fill(7),
    options,
    pace(),
  );
  assert.ok(minimum.converged);
  minimum.x.forEach((value, i) => {
    assert.ok(Math.abs(value - i) < 1e-7);
  });
});

test("Rosenbrock's valley is followed to its end", async () => {
  const rosenbrock = (x: Float64Array, gradient: Float64Array) => {
    const [a, b] = [1 - x[0], x[1] - x[0] ** 2];
    gradient[0] = -2 * a - 400 * x[0] * b;
    gradient[1] = 200 * b;
    return a * a + 100 * b * b;
  };
  const minimum = await minimize(rosenbrock, Float64Array.of(-1.2, 1), options, pace());
  assert.ok(minimum.converged && minimum.iterations < 60, `${minimum.iterations} iterations`);
  assert.ok(Math.abs(minimum.x[0] - 1) < 1e-6 && Math.abs(minimum.x[1] - 1) < 1e-6);
  const cut = await minimize(rosenbrock, Float64Array.of(-1.2, 1), { ...options, maxIterations: 3 }, pace());
  assert.equal(cut.converged, false);
});
