import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import {
  adapt,
  defaultOffspring,
  drawStep,
  startDistribution,
} from '../../../../src/engine/search/populations/covariance.ts';

interface Generation {
  /** The fittest first. */
  readonly points: number[][];
  readonly mean: number[];
  readonly stepSize: number;
  readonly covariance: number[];
  readonly stepPath: number[];
  readonly covariancePath: number[];
}
const golden: { dimensions: number; generations: Generation[] }[] = JSON.parse(
  readFileSync(new URL('covariance.golden.json', import.meta.url), 'utf8'),
);

const close = (got: Float64Array, wanted: readonly number[]): void => {
  for (const [i, value] of wanted.entries()) {
    assert.ok(Math.abs(got[i] - value) < 1e-6 * Math.max(1, Math.abs(value)), `${got} against ${wanted}`);
  }
};

for (const { dimensions, generations } of golden) {
  test(`five generations of ${dimensions} dimensions move the distribution as the peer's do`, () => {
    const widths = new Float64Array(dimensions).fill(1);
    let state = startDistribution(new Float64Array(dimensions).fill(0.5), 1 / 6);
    for (const { points, ...wanted } of generations) {
      const { mean, stepSize } = state;
      state = adapt(
        state,
        points.map((point) => Float64Array.from(point, (x, i) => (x - mean[i]) / stepSize)),
        widths,
      );
      close(state.mean, wanted.mean);
      close(Float64Array.of(state.stepSize), [wanted.stepSize]);
      close(state.covariance, wanted.covariance);
      close(state.stepPath, wanted.stepPath);
      close(state.covariancePath, wanted.covariancePath);
    }
  });
}

test('steps have the covariance that they are drawn from', () => {
  const random = createRandom(1);
  const start = startDistribution(new Float64Array(2), 1);
  const state = adapt(
    start,
    Array.from({ length: 6 }, (_, i) => Float64Array.of(3 - i, 3 - i + (i % 2))),
    Float64Array.of(1, 1),
  );
  const count = 20_000;
  const sums = new Float64Array(4);
  for (let k = 0; k < count; k++) {
    const step = drawStep(state, random);
    for (let i = 0; i < 4; i++) sums[i] += step[i >> 1] * step[i & 1];
  }
  for (let i = 0; i < 4; i++) assert.ok(Math.abs(sums[i] / count - state.covariance[i]) < 0.05 * state.covariance[0]);
  assert.ok(Math.abs(state.covariance[1]) > 0.1);
});

test('four trials a generation in one dimension, eight in five', () => {
  assert.deepEqual([1, 2, 5, 10].map(defaultOffspring), [4, 6, 8, 10]);
});
