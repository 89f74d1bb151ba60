import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { differences, gap, problemOf } from './problems.ts';

const shapes = [
  { name: 'a linear classifier', options: { hidden: [] } },
  { name: 'a linear regression', options: { hidden: [], loss: 'values' } },
  { name: 'a network with classes', options: { hidden: [4, 3] } },
  { name: 'a network with values', options: { hidden: [4], loss: 'values' } },
  { name: 'penalties by layer, in batches', options: { hidden: [4], penalties: 'by-layer', batchSize: 13 } },
] as const;

for (const { name, options } of shapes) {
  describe(name, () => {
    const problem = problemOf(options);
    const random = createRandom(7);
    const w = problem.initialWeights(random).map((value) => value + 0.1 * random.normal());
    const v = w.map(() => random.normal());
    const lambda = Float64Array.from(problem.hyperparameters, (_, i) => -3 + 0.4 * i);
    const scratch = new Float64Array(w.length);
    const batch = problem.batchCount - 1;

    test('the gradients are those of finite differences', () => {
      const gradient = new Float64Array(w.length);
      problem.trainingGradient(w, lambda, batch, gradient);
      const training = differences((at) => problem.trainingGradient(at, lambda, batch, scratch), w);
      assert.ok(gap(gradient, training) < 1e-7, `${gap(gradient, training)}`);
      problem.validationGradient(w, gradient);
      const validation = differences((at) => problem.validationGradient(at, scratch), w);
      assert.ok(gap(gradient, validation) < 1e-7, `${gap(gradient, validation)}`);
    });

    test('so are the product with the Hessian and the mixed derivative', () => {
      const slope = (at: Float64Array, by: Float64Array) => {
        problem.trainingGradient(at, by, batch, scratch);
        return scratch.reduce((sum, value, i) => sum + value * v[i], 0);
      };
      const product = new Float64Array(w.length);
      const mixed = new Float64Array(lambda.length);
      problem.slopeGradient(w, lambda, batch, v, product, mixed, 1);
      const byWeights = differences((at) => slope(at, lambda), w);
      assert.ok(gap(product, byWeights) < 1e-6, `${gap(product, byWeights)}`);
      const byHyperparameters = differences((by) => slope(w, by), lambda);
      assert.ok(gap(mixed, byHyperparameters) < 1e-7, `${gap(mixed, byHyperparameters)}`);
      const again = new Float64Array(lambda.length);
      problem.addMixedDerivative(w, lambda, v, again, 1);
      assert.deepEqual(again, mixed);
    });
  });
}

test('each input has a penalty of its own, and each later layer one', () => {
  const names = problemOf({ inputs: 3, hidden: [4] }).hyperparameters.map(({ name }) => name);
  assert.deepEqual(names, ['penalty of input 1', 'penalty of input 2', 'penalty of input 3', 'penalty of layer 2']);
});
