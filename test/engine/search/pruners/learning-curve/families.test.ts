import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curveFamilies } from '../../../../../src/engine/search/pruners/learning-curve/families.ts';
import { nelderMead } from '../../../../../src/engine/search/pruners/learning-curve/nelder-mead.ts';

test('there are eleven families, each rising and bounded from its start', () => {
  assert.equal(curveFamilies.length, 11);
  for (const { name, start, at } of curveFamilies) {
    const values = [1, 2, 5, 20, 100].map((x) => at(x, start, 0));
    for (const value of values) assert.ok(value > -1 && value < 1.2, `${name}: ${values}`);
    assert.ok(values[4] > values[0], name);
  }
});

test('parameters may stand anywhere in a longer vector', () => {
  for (const { start, at } of curveFamilies) assert.equal(at(7, [9, 9, ...start], 2), at(7, start, 0));
});

test('values by hand', () => {
  const value = (name: string, x: number, ...p: number[]) =>
    curveFamilies.find((family) => family.name === name)?.at(x, p, 0);
  const near = (got: number | undefined, expected: number) =>
    assert.ok(Math.abs(Number(got) - expected) < 1e-12, `${got}`);
  near(value('pow3', 4, 0.9, 0.6, 0.5), 0.6);
  near(value('dr_hill', 2, 0.8, 1, 2), 0.4);
  near(value('mmf', 2, 0.9, 0.1, 0.5, 1), 0.5);
  near(value('pow4', 2, 0.9, 1, 2, 0.5), 0.4);
  near(value('janoschek', 1, 1, 0, Math.LN2, 3), 0.5);
  near(value('weibull', 1, 1, 0, Math.LN2, 1), 0.5);
  near(value('log_power', Math.E, 0.8, 1, -2), 0.4);
  near(value('ilog2', Math.E - 1, 0.9, 0.5), 0.4);
  near(value('exp4', 1, 0.9, 1, 2, 1), -0.1);
  near(value('vap', 1, 0, 0, 5), 1);
  near(value('loglog_linear', 1, 3, Math.E), 1);
});

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
