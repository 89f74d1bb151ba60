import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../../src/engine/random.ts';
import {
  entropyOfLowest,
  informationGains,
} from '../../../../../src/engine/search/samplers/freeze-thaw/entropy-search.ts';

const normals = (n: number, count = 4000) => {
  const random = createRandom(1);
  return Array.from({ length: count }, () => Float64Array.from({ length: n }, () => random.normal()));
};
const diagonal = (...variances: number[]) =>
  Float64Array.from({ length: variances.length ** 2 }, (_, place) =>
    place % (variances.length + 1) === 0 ? variances[place % variances.length] : 0,
  );

test('of two alike either may be the lowest: log 2; of two far apart one is: 0', () => {
  assert.ok(Math.abs(entropyOfLowest(Float64Array.of(0, 0), diagonal(1, 1), normals(2)) - Math.LN2) < 0.01);
  assert.equal(entropyOfLowest(Float64Array.of(0, 50), diagonal(1, 1), normals(2)), 0);
});

test('what is uncertain and may be the lowest tells most; what is known or hopeless tells nothing', () => {
  const mean = Float64Array.of(0, 0, 30);
  const covariance = diagonal(1, 0.0001, 1);
  const observe = (i: number, variance: number) => ({
    mean: mean[i],
    variance: variance + 1e-6,
    cross: Float64Array.from({ length: 3 }, (_, k) => (k === i ? variance : 0)),
  });
  const observations = [observe(0, 1), observe(1, 0.0001), observe(2, 1)];
  const gains = informationGains({ mean, covariance, observations }, createRandom(2));
  assert.ok(gains[0] > 0.5, String(gains));
  assert.ok(gains[1] < 0.1 && gains[2] < 0.1, String(gains));
});
