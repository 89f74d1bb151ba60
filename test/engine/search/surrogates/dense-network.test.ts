import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adam } from '../../../../src/engine/numerics/adam.ts';
import { sgd } from '../../../../src/engine/numerics/sgd.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { DenseNetwork } from '../../../../src/engine/search/surrogates/dense-network.ts';

/** Odd and even sizes, so that products taken four at a time have a rest, or none. */
const shapes = [
  [3, 1],
  [2, 5, 1],
  [4, 8, 4, 2],
  [1, 3, 7, 6],
];
const normals = (count: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => random.normal());
};
/** A loss with another slope for each output: sum of c_i output_i^2 / 2. */
const loss = (outputs: Float64Array) => outputs.reduce((sum, value, i) => sum + ((i + 1) * value ** 2) / 2, 0);

for (const sizes of shapes) {
  for (const rows of [1, 4, 7]) {
    test(`slopes of a ${sizes.join('-')} network on ${rows} row(s) are those of finite differences`, () => {
      const network = new DenseNetwork(sizes);
      const weights = normals(network.weightCount, 1);
      const inputs = normals(rows * sizes[0], 2);
      const values = network.forward(weights, inputs, rows);
      const slopes = new Float64Array(network.weightCount);
      const outputSlopes = values[values.length - 1].map((value, i) => (i + 1) * value);
      const inputSlopes = network.backward(weights, values, outputSlopes, rows, slopes);
      const at = () => loss(network.forward(weights, inputs, rows).at(-1)!);
      check(weights, slopes, at);
      check(inputs, inputSlopes, at);
    });
  }
}

function check(numbers: Float64Array, slopes: Float64Array, lossNow: () => number): void {
  const step = 1e-5;
  for (let i = 0; i < numbers.length; i++) {
    const kept = numbers[i];
    numbers[i] = kept + step;
    const above = lossNow();
    numbers[i] = kept - step;
    const wanted = (above - lossNow()) / (2 * step);
    numbers[i] = kept;
    assert.ok(Math.abs(slopes[i] - wanted) < 1e-6 * (1 + Math.abs(wanted)), `${i}: ${slopes[i]}, wanted ${wanted}`);
  }
}

test('slopes are added to those that are there', () => {
  const network = new DenseNetwork([2, 3, 1]);
  const weights = normals(network.weightCount, 1);
  const values = network.forward(weights, normals(2, 2), 1);
  const [once, twice] = [new Float64Array(network.weightCount), new Float64Array(network.weightCount)];
  network.backward(weights, values, Float64Array.of(1), 1, once);
  for (let i = 0; i < 2; i++) network.backward(weights, values, Float64Array.of(1), 1, twice);
  assert.deepEqual(
    twice,
    once.map((slope) => 2 * slope),
  );
});

test('the first weights keep the size of what goes through them, and biases are 0', () => {
  const network = new DenseNetwork([100, 300]);
  const weights = network.initialWeights(createRandom(1));
  const variance = weights.slice(0, 30_000).reduce((sum, weight) => sum + weight ** 2, 0) / 30_000;
  assert.ok(Math.abs(variance - 2 / 400) < 2e-4);
  assert.ok(weights.slice(30_000).every((bias) => bias === 0));
});

for (const [name, optimizer] of [
  ['Adam', (count: number) => adam(count, { rate: 0.01 })],
  ['gradient descent with momentum', (count: number) => sgd(count, { rate: 0.02 })],
] as const) {
  test(`${name} teaches a network a wave`, () => {
    const network = new DenseNetwork([1, 20, 20, 1]);
    const weights = network.initialWeights(createRandom(3));
    const inputs = Float64Array.from({ length: 40 }, (_, i) => i / 10 - 2);
    const targets = inputs.map((x) => Math.sin(2 * x));
    const steps = optimizer(network.weightCount);
    const errorNow = () => {
      const values = network.forward(weights, inputs, 40);
      const errors = values[3].map((value, i) => value - targets[i]);
      const slopes = new Float64Array(network.weightCount);
      network.backward(
        weights,
        values,
        errors.map((error) => error / 40),
        40,
        slopes,
      );
      steps.step(weights, slopes);
      return errors.reduce((sum, error) => sum + error ** 2, 0) / 40;
    };
    const first = errorNow();
    for (let i = 0; i < 1500; i++) errorNow();
    assert.ok(errorNow() < 0.01 * first, `${errorNow()} after ${first}`);
  });
}

test('the first step of Adam is the rate, whatever the slope', () => {
  const weights = Float64Array.of(1, 1, 1);
  adam(3, { rate: 0.1 }).step(weights, Float64Array.of(1e-3, -5, 1e3));
  for (const [i, wanted] of [0.9, 1.1, 0.9].entries()) assert.ok(Math.abs(weights[i] - wanted) < 1e-5);
});
