import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curveFamilies } from '../../../../../src/engine/search/pruners/learning-curve/families.ts';

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
