import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ensembleLogLoss,
  ensembleLossOf,
  ensembleSquaredError,
  type MakeEnsembleLoss,
} from '../../../src/engine/ensembles/ensemble-loss.ts';
import { selectGreedily, selectOverBootstraps, weightedMean } from '../../../src/engine/ensembles/greedy-selection.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { classesOf, drawMembers, probabilitiesOf, truthOf, valuesOf } from './forecasts.ts';

const logLossAnew = ensembleLossOf((prediction, target) => metricValue('log_loss', prediction, target)!);
const squaredErrorAnew = ensembleLossOf((prediction, target) => metricValue('rmse', prediction, target)! ** 2);
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) <= 1e-9, `${a}, not ${b}`);

test('two errors that cancel are both chosen', () => {
  const truth = truthOf([1, 2, 3, 4]);
  const above = valuesOf([2, 3, 4, 5]);
  const below = valuesOf([0, 1, 2, 3]);
  const far = valuesOf([9, 9, 9, 9]);
  const { weights, losses, chosen, kept } = selectGreedily([far, above, below], truth, ensembleSquaredError, 6);
  assert.deepEqual([...weights], [0, 0.5, 0.5]);
  assert.deepEqual(chosen.slice(0, 2), [1, 2]);
  assert.equal(kept, 2);
  assert.equal(losses[0], 1);
  assert.equal(losses[1], 0);
  assert.equal(losses.length, 6);
});

test('of equal losses a member is chosen before a newcomer', () => {
  const perfect = probabilitiesOf([1, 0, 0, 1], 2);
  const { weights, chosen } = selectGreedily([perfect, { ...perfect }], classesOf([0, 1], 2), ensembleLogLoss, 5);
  assert.deepEqual(chosen, [0, 0, 0, 0, 0]);
  assert.deepEqual([...weights], [1, 0]);
});

test('the running losses are those of the metrics', () => {
  const random = createRandom(1);
  const { members, codes } = drawMembers(random, 60, 3, [0.5, 1, 1.5, 2]);
  const classes = classesOf(codes, 3);
  const fast = selectGreedily(members, classes, ensembleLogLoss, 8);
  const slow = selectGreedily(members, classes, logLossAnew, 8);
  assert.deepEqual(fast.chosen, slow.chosen);
  fast.losses.forEach((loss, step) => {
    near(loss, slow.losses[step]);
  });
  const truth = truthOf(Array.from({ length: 40 }, () => random.normal()));
  const guesses = [0.5, 0.7, 1].map((noise) => valuesOf(truth.values.map((value) => value + noise * random.normal())));
  const squares = selectGreedily(guesses, truth, ensembleSquaredError, 8);
  const squaresAnew = selectGreedily(guesses, truth, squaredErrorAnew, 8);
  assert.deepEqual(squares.chosen, squaresAnew.chosen);
  squares.losses.forEach((loss, step) => {
    near(loss, squaresAnew.losses[step]);
  });
});

test('never worse than the best alone, weights sum to 1 and give the loss that is said', () => {
  for (let seed = 0; seed < 20; seed++) {
    const random = createRandom(seed);
    const { members, codes } = drawMembers(random, 50, 2 + (seed % 3), [0.3, 0.8, 1.5, 3, 3]);
    const target = classesOf(codes, 2 + (seed % 3));
    const alone = Math.min(...members.map((member) => metricValue('log_loss', member, target)!));
    const { weights, losses, kept } = selectGreedily(members, target, ensembleLogLoss);
    near(
      weights.reduce((a, b) => a + b, 0),
      1,
    );
    near(metricValue('log_loss', weightedMean(members, weights), target)!, losses[kept - 1]);
    assert.ok(losses[kept - 1] <= alone + 1e-5);
    assert.ok(losses.every((loss) => loss >= losses[kept - 1] - 1e-5));
  }
});

test('bootstraps agree with themselves, sum to 1 and give a wrong candidate next to nothing', () => {
  const { members, codes } = drawMembers(createRandom(3), 120, 2, [0.5, 0.6]);
  const target = classesOf(codes, 2);
  const wrong = probabilitiesOf(
    members[0].values.map((p) => 1 - p),
    2,
  );
  const weigh = (make: MakeEnsembleLoss) =>
    selectOverBootstraps([...members, wrong], target, make, createRandom(5), { bootstraps: 6, steps: 10 });
  const weights = weigh(ensembleLogLoss);
  assert.deepEqual(weights, weigh(ensembleLogLoss));
  near(
    weights.reduce((a, b) => a + b, 0),
    1,
  );
  assert.ok(weights[0] > 0.1 && weights[1] > 0.1);
  assert.ok(weights[2] < 0.1, 'it only makes the others less sure');
  weigh(logLossAnew).forEach((weight, m) => {
    near(weight, weights[m]);
  });
});

test('a metric that has to be ranked for is chosen by as well, and never below the best alone', () => {
  const auc = ensembleLossOf((prediction, target) => -metricValue('roc_auc', prediction, target)!);
  const { members, codes } = drawMembers(createRandom(4), 2500, 2, [1, 1.2, 1.4, 1.6, 3]);
  const target = classesOf(codes, 2);
  const { weights, losses, kept } = selectGreedily(members, target, auc, 10);
  const alone = Math.max(...members.map((member) => metricValue('roc_auc', member, target)!));
  assert.ok(kept > 1 && -losses[kept - 1] > alone);
  near(metricValue('roc_auc', weightedMean(members, weights), target)!, -losses[kept - 1]);
  const bootstraps = selectOverBootstraps(members, target, auc, createRandom(5), { bootstraps: 4, steps: 10 });
  assert.ok(metricValue('roc_auc', weightedMean(members, bootstraps), target)! > alone);
});

test('what does not fit together is refused', () => {
  assert.throws(() => selectGreedily([], truthOf([1]), ensembleSquaredError), RangeError);
  assert.throws(() => selectGreedily([valuesOf([1, 2, 3])], truthOf([1, 2]), ensembleSquaredError), RangeError);
  assert.throws(() => selectGreedily([valuesOf([1])], classesOf([0], 2), ensembleLogLoss), RangeError);
  assert.throws(() => selectGreedily([valuesOf([1])], truthOf([1]), ensembleLogLoss), RangeError);
});
