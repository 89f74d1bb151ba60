import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../../src/engine/random.ts';
import { importanceFit, jointWeights } from '../../../../../src/engine/search/surrogates/bohamiann/posterior-draws.ts';
import { scaleAdaptedSghmc } from '../../../../../src/engine/search/surrogates/bohamiann/scale-adapted-sghmc.ts';
import { posteriorSlopes } from '../../../../../src/engine/search/surrogates/bohamiann.ts';
import { DenseNetwork } from '../../../../../src/engine/search/surrogates/dense-network.ts';

test('draws from a normal posterior have its means and deviations, though their scales differ tenfold', () => {
  const random = createRandom(1);
  const [means, deviations] = [
    [3, -1],
    [1, 0.1],
  ];
  const weights = Float64Array.of(0, 0);
  const chain = scaleAdaptedSghmc(2, { step: 0.02 });
  const [sums, squares] = [
    [0, 0],
    [0, 0],
  ];
  const [burnIn, steps] = [5000, 200_000];
  for (let step = 0; step < burnIn + steps; step++) {
    if (step === burnIn) chain.freeze();
    const slopes = weights.map((w, i) => (w - means[i]) / deviations[i] ** 2 + random.normal());
    chain.step(weights, slopes, 1, random);
    if (step < burnIn) continue;
    for (const i of [0, 1]) {
      sums[i] += weights[i] / steps;
      squares[i] += weights[i] ** 2 / steps;
    }
  }
  for (const i of [0, 1]) {
    const deviation = Math.sqrt(squares[i] - sums[i] ** 2);
    assert.ok(Math.abs(sums[i] - means[i]) < 0.2 * deviations[i], `mean ${sums[i]}`);
    assert.ok(Math.abs(deviation / deviations[i] - 1) < 0.2, `deviation ${deviation} for ${deviations[i]}`);
  }
});

test('slopes of the posterior are those of finite differences, the noise among them', () => {
  const random = createRandom(2);
  const network = new DenseNetwork([2, 3, 1]);
  const size = network.weightCount;
  const state = Float64Array.from({ length: size + 1 }, () => random.normal());
  const inputs = Float64Array.from({ length: 8 }, () => random.normal());
  const targets = Float64Array.from({ length: 4 }, () => random.normal());
  const observations = 10;
  const energy = () => {
    const out = network.forward(state.subarray(0, size), inputs, 4)[2];
    const errors = out.reduce((sum, value, row) => sum + (value - targets[row]) ** 2, 0) / 4;
    const weights = state.subarray(0, size).reduce((sum, weight) => sum + weight ** 2, 0);
    const noise = state[size];
    return (errors * Math.exp(-noise) + noise) / 2 + (weights + (noise - Math.log(1e-3)) ** 2) / 2 / observations;
  };
  const slopes = posteriorSlopes(network, state, { inputs, targets }, observations);
  for (let i = 0; i <= size; i++) {
    const kept = state[i];
    state[i] = kept + 1e-5;
    const above = energy();
    state[i] = kept - 1e-5;
    const wanted = (above - energy()) / 2e-5;
    state[i] = kept;
    assert.ok(Math.abs(slopes[i] - wanted) < 1e-6 * (1 + Math.abs(wanted)), `${i}: ${slopes[i]}, wanted ${wanted}`);
  }
});

test('leave-one-out listens to draws that do not know the observation: those far from it count more', () => {
  const losses = Float64Array.of(-1, 1);
  // One draw goes through both losses, the other through none.
  const values = [Float64Array.of(-1, 1), Float64Array.of(0, 0)];
  const certain = importanceFit(values, [0.01, 0.01], losses)!;
  const vague = importanceFit(values, [100, 100], losses)!;
  assert.ok(Math.abs(certain) < 1e-6 && Math.abs(vague - 0.75) < 0.01, `${certain} and ${vague}`);
  assert.equal(importanceFit(values, [1, 1], Float64Array.of(2, 2)), undefined);
});

test('weights are correlations over the draws that add up to 1, and nought where the draws agree', () => {
  const weights = jointWeights(
    [1, 2, 3],
    [Float64Array.of(2, 5, 1), Float64Array.of(4, 3, 1), Float64Array.of(6, 1, 1)],
  );
  for (const [i, wanted] of [0.5, -0.5, 0].entries()) assert.ok(Math.abs(weights[i] - wanted) < 1e-12);
  assert.deepEqual([...jointWeights([1, 1], [Float64Array.of(1, 2), Float64Array.of(2, 1)])], [0, 0]);
});
