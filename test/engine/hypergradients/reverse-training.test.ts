import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Descent, descentStep, startOf } from '../../../src/engine/hypergradients/momentum-descent.ts';
import { reverseTraining } from '../../../src/engine/hypergradients/reverse-training.ts';
import { ReversibleDescent } from '../../../src/engine/hypergradients/reversible-descent.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { differences, gap, problemOf } from './problems.ts';

// 922 / 1024: the exact way rounds momentum to a 1024th.
const descent: Descent = { steps: 60, rate: 0.5, momentum: 922 / 1024 };

for (const options of [
  { hidden: [4], batchSize: 13 },
  { hidden: [], loss: 'values' },
] as const) {
  describe(`reverse differentiation through ${options.hidden.length ? 'a network' : 'a linear model'}`, () => {
    const problem = problemOf(options);
    const start = problem.initialWeights(createRandom(3));
    const lambda = Float64Array.from(problem.hyperparameters, (_, i) => -4 + 0.5 * i);
    const scratch = new Float64Array(start.length);
    const validationLoss = (by: Float64Array, how: Descent = descent, from = start) => {
      const state = startOf(from);
      for (let step = 0; step < how.steps; step++) descentStep(problem, by, how, step, state, scratch);
      return problem.validationGradient(state.w, scratch);
    };

    for (const [recollection, tolerance] of [
      ['checkpoints', 1e-5],
      ['exact', 1e-4],
    ] as const) {
      test(`by ${recollection} it gives the finite differences of the whole training`, () => {
        const found = reverseTraining(problem, lambda, descent, start, recollection);
        assert.ok(Math.abs(found.validationLoss - validationLoss(lambda)) < 1e-7);
        const wanted = differences((by) => validationLoss(by), lambda);
        assert.ok(gap(found.byHyperparameters, wanted) < tolerance, `${gap(found.byHyperparameters, wanted)}`);
        const byStart = differences((from) => validationLoss(lambda, descent, from), start);
        assert.ok(gap(found.byStart, byStart) < tolerance, `${gap(found.byStart, byStart)}`);
        const settings = Float64Array.of(descent.rate, descent.momentum);
        const [byRate, byMomentum] = differences(
          ([rate, momentum]) => validationLoss(lambda, { ...descent, rate, momentum }),
          settings,
        );
        assert.ok(Math.abs(found.byRate - byRate) < tolerance * Math.abs(byRate), `${found.byRate} ${byRate}`);
        assert.ok(Math.abs(found.byMomentum - byMomentum) < 10 * tolerance * Math.abs(byMomentum));
      });
    }
  });
}

test('a training runs back to its very first bits, and keeps only what momentum loses', () => {
  const problem = problemOf();
  const start = problem.initialWeights(createRandom(5));
  const lambda = Float64Array.from(problem.hyperparameters, () => -3);
  const training = new ReversibleDescent(problem, lambda, { steps: 400, rate: 0.3, momentum: 0.9 }, start);
  const states: { w: Float64Array; v: Float64Array }[] = [];
  for (let step = 0; step < 400; step++) {
    states.push({ w: training.w, v: training.v });
    training.forward();
  }
  const bitsAStep = training.bits / (400 * start.length);
  assert.ok(bitsAStep < Math.log2(1024 / 922) + 0.1, `${bitsAStep}`);
  for (let step = 399; step >= 0; step--) {
    training.backward();
    assert.deepEqual({ w: training.w, v: training.v }, states[step], `step ${step}`);
  }
  assert.equal(training.bits, 0);
});

test('what it costs is counted: checkpoints recompute the training once', () => {
  const problem = problemOf();
  const lambda = Float64Array.from(problem.hyperparameters, () => -3);
  const start = problem.initialWeights(createRandom(5));
  assert.equal(reverseTraining(problem, lambda, { ...descent, steps: 49 }, start, 'exact').gradients, 5 * 49);
  const recomputed = reverseTraining(problem, lambda, { ...descent, steps: 49 }, start, 'checkpoints').gradients;
  assert.equal(recomputed, 49 + 6 * 7 + 3 * 49);
});
