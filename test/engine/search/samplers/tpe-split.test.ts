import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { hypervolume } from '../../../../src/engine/search/hypervolume.ts';
import { contributionWeights, firstByFronts } from '../../../../src/engine/search/samplers/tpe-fronts.ts';
import { ageWeights, goodCount, splitTrials, weighedByAge } from '../../../../src/engine/search/samplers/tpe-split.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { trialOf } from '../pruners/conformance.ts';

const at = (number: number, value: number): Trial => ({ ...trialOf(number, []), values: [value] });

test('the split: by value, then pruned, then infeasible; failed and running ones are never good', () => {
  assert.deepEqual([1, 6, 7, 20, 100, 166, 1000].map(goodCount), [1, 1, 2, 3, 15, 25, 25]);
  const trials = [
    trialOf(0, [], { state: 'failed' }),
    trialOf(1, [5, 1], { state: 'pruned' }),
    trialOf(2, [9], { state: 'pruned' }),
    { ...at(3, 0), constraints: [2] },
    trialOf(4, [], { state: 'running' }),
    ...Array.from({ length: 18 }, (_, i) => at(5 + i, 18 - i)),
  ];
  const split = splitTrials(trials, ['minimize']);
  assert.deepEqual(
    split.good.map(({ number }) => number),
    [19, 20, 21, 22],
  );
  assert.equal(split.rest.length, trials.length - 4);
  assert.deepEqual(
    splitTrials(trials, ['maximize']).good.map(({ number }) => number),
    [5, 6, 7, 8],
  );
  const few = trials.slice(0, 4);
  assert.deepEqual(
    splitTrials(few, ['minimize']).good.map(({ number }) => number),
    [1],
  );
});

const values = (...points: (readonly number[])[]) =>
  points.map((point, number): Trial => ({ ...trialOf(number, []), values: point }));
const far = Array.from({ length: 15 }, () => [10, 10]);

test('the split of several objectives takes the front, those first that add the most volume', () => {
  const trials = values([0, 9], [1, 8], [2, 2], [9, 0], [9, 9], ...far);
  const split = splitTrials(trials, ['minimize', 'minimize']);
  // 3 of 20: the knee, then [1, 8] with 1/9 x 0.211, then [9, 0] with 0.1 x 2/9, where what is left of [0, 9] is 1/9 x 0.1.
  assert.deepEqual(
    split.good.map(({ number }) => number),
    [1, 2, 3],
  );
  assert.equal(split.best?.number, 2);
  assert.equal(split.goodWeights[1], 1, 'the knee adds the most');
  assert.ok(split.goodWeights[0] < 0.5 && split.goodWeights[0] > 0);
});

test('a second front fills up what the first leaves free, and huge values stay real', () => {
  const trials = values([1, 1], [2, 3], [3, 2], [1e308, -1e308], [-1e308, 1e308], ...far);
  const split = splitTrials(trials, ['minimize', 'maximize']);
  assert.equal(split.good.length, 3);
  assert.ok(split.goodWeights.every((weight) => weight > 0 && weight <= 1));
});

test('equal trials, and ones none of which is feasible, weigh the same', () => {
  assert.deepEqual([...contributionWeights(values([2, 2]), ['minimize', 'minimize'])], [1]);
  const broken = values([1, 2], [2, 1]).map((trial) => ({ ...trial, constraints: [1] }));
  assert.deepEqual([...contributionWeights(broken, ['minimize', 'minimize'])], [1, 1]);
});

test('what fronts choose is what asking every point again would', () => {
  const random = createRandom(3);
  const directions = ['minimize', 'minimize', 'minimize'] as const;
  const points = Array.from({ length: 30 }, () => {
    const at = [random.uniform(), random.uniform(), random.uniform()];
    const length = Math.hypot(...at);
    return at.map((value) => value / length);
  });
  const chosen = firstByFronts(values(...points), directions, 6).map(({ number }) => number);
  const low = [0, 1, 2].map((m) => Math.min(...points.map((point) => point[m])));
  const high = [0, 1, 2].map((m) => Math.max(...points.map((point) => point[m])));
  const scaled = points.map((point) => point.map((value, m) => (value - low[m]) / (high[m] - low[m])));
  const greedy: number[] = [];
  while (greedy.length < 6) {
    const volumes = scaled.map((_, i) =>
      greedy.includes(i)
        ? 0
        : hypervolume(
            [...greedy, i].map((k) => scaled[k]),
            [1.1, 1.1, 1.1],
          ),
    );
    greedy.push(volumes.indexOf(Math.max(...volumes)));
  }
  assert.deepEqual(chosen, greedy);
});

test('weights by age', () => {
  assert.deepEqual([...ageWeights(3)], [1, 1, 1]);
  const weights = ageWeights(30);
  assert.equal(weights[0], 1 / 30);
  assert.equal(weights[4], 1);
  assert.ok(weights.every((weight, i) => i === 0 || weight >= weights[i - 1]));
  assert.equal(ageWeights(26)[0], 1 / 26);
});

test('few trials are all kernels; of many the newest stay and the older ones are thinned, with the weight of all', () => {
  const few = Array.from({ length: 5000 }, (_, number) => at(number, 0));
  assert.equal(weighedByAge(few).trials, few);
  const many = Array.from({ length: 50_000 }, (_, number) => at(number, 0));
  const { trials, weights } = weighedByAge(many);
  assert.equal(trials.length, 5000);
  assert.deepEqual(trials.slice(-1000), many.slice(-1000));
  assert.ok(trials.every((trial, i) => i === 0 || trial.number > trials[i - 1].number));
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  assert.ok(Math.abs(sum(weights) / sum(ageWeights(50_000)) - 1) < 1e-3);
});
