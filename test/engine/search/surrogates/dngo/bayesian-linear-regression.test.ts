import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../../src/engine/random.ts';
import {
  fitBayesianLinear,
  leaveOneOutFit,
  linearWeights,
  predictLinear,
} from '../../../../../src/engine/search/surrogates/dngo/bayesian-linear-regression.ts';

/** y = 2 a - b + 0.5 + noise; the basis is a, b, 1. */
function line(count: number, noise: number, seed = 1) {
  const random = createRandom(seed);
  const basis = new Float64Array(3 * count);
  const losses = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const [a, b] = [random.normal(), random.normal()];
    basis.set([a, b, 1], 3 * row);
    losses[row] = 2 * a - b + 0.5 + noise * random.normal();
  }
  return { basis, losses };
}

test('finds the weights, the noise, and how sure it is of both', () => {
  const { basis, losses } = line(400, 0.3);
  const { mean, covariance, beta } = fitBayesianLinear(basis, 3, losses);
  for (const [i, wanted] of [2, -1, 0.5].entries()) assert.ok(Math.abs(mean[i] - wanted) < 0.05);
  assert.ok(Math.abs(1 / Math.sqrt(beta) - 0.3) < 0.03);
  // The deviation of a weight is about noise / sqrt(observations).
  assert.ok(Math.abs(Math.sqrt(covariance[0]) - 0.3 / 20) < 0.003);
});

test('where there is only noise the weights are drawn to nought', () => {
  const random = createRandom(2);
  const { basis } = line(100, 0);
  const { mean, alpha } = fitBayesianLinear(
    basis,
    3,
    Float64Array.from({ length: 100 }, () => random.normal()),
  );
  assert.ok(mean.every((weight) => Math.abs(weight) < 0.15) && alpha > 10);
});

test('the observations weighted give the mean', () => {
  const { basis, losses } = line(30, 0.5);
  const model = fitBayesianLinear(basis, 3, losses);
  const phi = Float64Array.of(0.3, -2, 1);
  const weights = linearWeights(model, basis, phi);
  const weighted = losses.reduce((sum, loss, row) => sum + weights[row] * loss, 0);
  assert.ok(Math.abs(weighted - predictLinear(model, phi).mean) < 1e-10);
});

test('leave-one-out is what fitting without each observation gives, at the same precisions', () => {
  const { basis, losses } = line(300, 0.8);
  const model = fitBayesianLinear(basis, 3, losses);
  const foretold = losses.map((_, out) => {
    const kept = [...losses.keys()].filter((row) => row !== out);
    const rest = fitBayesianLinear(
      Float64Array.from(kept.flatMap((row) => [...basis.subarray(3 * row, 3 * row + 3)])),
      3,
      Float64Array.from(kept, (row) => losses[row]),
    );
    return predictLinear(rest, basis.subarray(3 * out, 3 * out + 3)).mean;
  });
  const average = losses.reduce((a, b) => a + b) / losses.length;
  const squares = (of: (row: number) => number) => losses.reduce((sum, loss, row) => sum + (loss - of(row)) ** 2, 0);
  const wanted = 1 - squares((row) => foretold[row]) / squares(() => average);
  assert.ok(Math.abs(leaveOneOutFit(model, basis, losses)! - wanted) < 1e-3);
});

test('equal losses and a single one are explained', () => {
  const { basis } = line(5, 0);
  for (const count of [1, 5]) {
    const losses = new Float64Array(count);
    const model = fitBayesianLinear(basis.slice(0, 3 * count), 3, losses);
    assert.deepEqual([...model.mean], [0, 0, 0]);
    assert.equal(leaveOneOutFit(model, basis.slice(0, 3 * count), losses), undefined);
  }
});
