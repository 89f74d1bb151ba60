import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../../src/engine/random.ts';
import { KernelDensity } from '../../../../../src/engine/search/samplers/halving/kernel-density.ts';
import type { Parameter } from '../../../../../src/shared/space.ts';

const number: Parameter = { name: 'x', distribution: { type: 'float', low: 0, high: 1 } };
const choice: Parameter = { name: 'c', distribution: { type: 'categorical', choices: ['a', 'b', 'c', 'd'] } };
const points = (...values: number[][]) => values.map((value) => Float64Array.from(value));

test('one number: the sum of normal kernels with the bandwidth of the normal reference rule', () => {
  const seen = [0.2, 0.4, 0.9];
  const density = new KernelDensity([number], points(...seen.map((value) => [value])));
  const mean = 0.5;
  const deviation = Math.sqrt(seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
  const width = 1.06 * deviation * 3 ** (-1 / 5);
  const expected =
    seen.reduce((sum, value) => sum + Math.exp(-0.5 * ((0.3 - value) / width) ** 2), 0) /
    (3 * width * Math.sqrt(2 * Math.PI));
  assert.ok(Math.abs(Math.exp(density.logDensity(Float64Array.of(0.3))) - expected) < 1e-12);
});

test('choices: a mass over all of them that sums to 1', () => {
  const density = new KernelDensity([choice], points([0.125], [0.125], [0.125], [0.125], [0.125], [0.375]));
  const masses = [0.125, 0.375, 0.625, 0.875].map((value) => Math.exp(density.logDensity(Float64Array.of(value))));
  assert.ok(Math.abs(masses.reduce((sum, mass) => sum + mass, 0) - 1) < 1e-12);
  assert.ok(masses[0] > masses[1] && masses[1] > masses[2]);
});

test('equal points have the least bandwidth, and draws stay in the cube', () => {
  const density = new KernelDensity([number, choice], points([1, 0.125], [1, 0.125], [1, 0.125]));
  const random = createRandom(1);
  for (let i = 0; i < 100; i++) {
    const [x, c] = density.sample(3, random);
    assert.ok(x <= 1 && x > 0.98, String(x));
    assert.ok(c > 0 && c < 1);
  }
});

test('shares sum to 1 and are largest for the nearest point', () => {
  const density = new KernelDensity([number], points([0.1], [0.5], [0.9]));
  const shares = density.shares(Float64Array.of(0.52));
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
  assert.equal(shares.indexOf(Math.max(...shares)), 1);
});
