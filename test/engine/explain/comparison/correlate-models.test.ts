import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Target } from '../../../../src/engine/data/dataset.ts';
import { correlateModels, type PredictedModel } from '../../../../src/engine/explain/comparison/correlate-models.ts';
import { foldDifference } from '../../../../src/engine/explain/comparison/fold-difference.ts';
import { mapImportances } from '../../../../src/engine/explain/comparison/map-importances.ts';
import type { Prediction } from '../../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { averageLinkage } from '../../../../src/engine/statistics/average-linkage.ts';
import { importanceMapWords } from '../../../../src/shared/results/importance-map.ts';
import { leastAlike, modelCorrelationWords } from '../../../../src/shared/results/model-correlation.ts';
import type { PermutationImportance } from '../../../../src/shared/results/permutation-importance.ts';

const rows = 3000;
const random = createRandom(3);
const truth = Float64Array.from({ length: rows }, () => random.normal());
const target: Target = { kind: 'values', values: truth };
const noise = () => Float64Array.from({ length: rows }, () => random.normal());
const model = (trial: number, learner: string, errors: Float64Array): PredictedModel => ({
  trial,
  learner,
  prediction: { kind: 'values', values: truth.map((value, row) => value - errors[row]) },
});
const never = new AbortController().signal;
const correlate = (models: readonly PredictedModel[], of: Target = target) =>
  correlateModels(models, of, { seed: 1, rowCap: rows }, { dataHash: 'x', further: 2 }, never);

describe('the correlation of all models', () => {
  const [a, b, shared] = [noise(), noise(), noise()];
  const mixed = (own: Float64Array, share: number) =>
    own.map((value, row) => share * shared[row] + Math.sqrt(1 - share ** 2) * value);

  it('of equal models is 1, of errors that share so much of their variance what follows', async () => {
    const told = await correlate([
      model(0, 'ridge', mixed(a, 0.5)),
      model(1, 'knn', mixed(b, 0.5)),
      model(2, 'ridge', mixed(a, 0.5)),
    ]);
    const at = (trial: number) => told.models.findIndex((one) => one.trial === trial);
    assert.ok(Math.abs(told.matrix[at(0)][at(2)] - 1) < 1e-12);
    // Both have half the deviation of the shared part: a correlation of 0.5 x 0.5.
    assert.ok(Math.abs(told.matrix[at(0)][at(1)] - 0.25) < 0.05);
    for (const [i, row] of told.matrix.entries()) {
      assert.equal(row[i], 1);
      for (const [j, value] of row.entries()) assert.equal(value, told.matrix[j][i]);
    }
    // The two that are alike stand next to each other, and are a family.
    assert.equal(Math.abs(at(0) - at(2)), 1);
    assert.deepEqual(
      told.families.map((family) => family.map((i) => told.models[i].trial).sort()),
      [[0, 2]],
    );
    assert.ok(Math.abs(told.sameLearner! - 1) < 1e-12 && Math.abs(told.otherLearner! - 0.25) < 0.05);
    assert.ok(leastAlike(told)?.includes(at(1)));
    assert.match(
      modelCorrelationWords(told),
      /^Errors of 3 models on 3,000 rows .*\n[\s\S]*2 models err alike \(0\.9 or more on average\): ridge \(trial \d\) and ridge/,
    );
    assert.match(modelCorrelationWords(told), /2 further models are not among them/);
  });

  it('is that of errors, not of predictions, of classes too', async () => {
    const codes = Int32Array.from({ length: rows }, () => random.integer(2));
    const says = (miss: Float64Array): Prediction => ({
      kind: 'probabilities',
      classCount: 2,
      values: Float64Array.from({ length: 2 * rows }, (_, i) => {
        const p = 0.8 + 0.1 * Math.max(-1, Math.min(1, miss[i >> 1]));
        return codes[i >> 1] === i % 2 ? p : 1 - p;
      }),
    });
    const told = await correlate(
      [
        { trial: 0, learner: 'a', prediction: says(a) },
        { trial: 1, learner: 'b', prediction: says(b) },
        { trial: 2, learner: 'c', prediction: says(a) },
      ],
      { kind: 'classes', classes: ['no', 'yes'], codes },
    );
    const at = (trial: number) => told.models.findIndex((one) => one.trial === trial);
    assert.ok(Math.abs(told.matrix[at(0)][at(2)] - 1) < 1e-12);
    // Errors of 0.2 x (1, -1) are common to both; that is what they share beside their own misses.
    assert.ok(told.matrix[at(0)][at(1)] < 0.95);
  });

  it('clusters join the most alike first', () => {
    const similarity = [
      [1, 0.2, 0.9, 0.1],
      [0.2, 1, 0.3, 0.8],
      [0.9, 0.3, 1, 0.2],
      [0.1, 0.8, 0.2, 1],
    ];
    assert.deepEqual(averageLinkage(similarity, 0.5), [
      [0, 2],
      [1, 3],
    ]);
    assert.deepEqual(averageLinkage(similarity, 0.95).length, 4);
    assert.deepEqual(averageLinkage(similarity, Number.NEGATIVE_INFINITY), [[0, 2, 1, 3]]);
    assert.deepEqual(averageLinkage([], 0), []);
  });
});

describe('the difference over folds', () => {
  it('has the corrected interval of the t test', () => {
    const told = foldDifference({ metric: 'rmse', first: [1, 2, 3, 4, 5], second: [2, 2, 4, 5, 5] }, 0.25);
    assert.equal(told?.difference, 0.6);
    // t(0.975, 4) = 2.776445, deviation of (1, 0, 1, 1, 0) = 0.547723, sqrt(1/5 + 1/4)
    assert.ok(Math.abs(told!.interval.high - (0.6 + 2.776445 * 0.547723 * Math.sqrt(0.45))) < 1e-5);
    assert.equal(foldDifference({ metric: 'rmse', first: [1, 2], second: [1, 2] }, 1), undefined);
  });
});

describe('the map of importances', () => {
  const importance = (growths: Readonly<Record<string, number>>): PermutationImportance => ({
    kind: 'permutation-importance',
    version: 1,
    question: 'which columns matter',
    options: {},
    seed: 1,
    dataHash: 'x',
    cost: { seconds: 1, predictions: 10 },
    quality: { measure: 'order', value: 1, words: '' },
    metric: 'rmse',
    baseline: 1,
    rows: 10,
    rowsAvailable: 10,
    part: 'validation',
    columns: Object.entries(growths).map(([name, growth]) => ({
      columns: [name],
      importance: growth,
      interval: { low: growth, high: growth },
      distinguishable: true,
    })),
    groups: [],
  });
  const about = { seed: 1, dataHash: 'x', metric: 'rmse' };

  it('has the share of each column, those first that matter most together, and how far models agree', () => {
    const told = mapImportances(
      [
        { candidate: 'ensemble', learner: 'ensemble', importance: importance({ age: 3, bmi: 1, noise: -0.1 }) },
        { candidate: 4, learner: 'knn', importance: importance({ age: 6, bmi: 2, noise: 0 }) },
      ],
      [],
      about,
    );
    assert.deepEqual(told.columns, ['age', 'bmi', 'noise']);
    assert.deepEqual(told.models[0].shares, [0.75, 0.25, 0]);
    assert.equal(told.agreement, 1);
    assert.equal(told.cost.predictions, 20);
    assert.match(
      importanceMapWords(told),
      /^To 2 models together .*age 75 %, bmi 25 % and noise 0 %\.\nThey agree .* by 1 /,
    );
  });

  it('says of which column models differ, what is left out, and what is not known', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, 40 - i]));
    const turned = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, i === 39 ? 500 : 0]));
    const told = mapImportances(
      [
        { candidate: 1, learner: 'tree', importance: importance(many) },
        { candidate: 2, learner: 'knn', importance: importance(turned) },
      ],
      [{ candidate: 3, learner: 'mlp', words: 'there was no time for it.' }],
      about,
    );
    assert.equal(told.columns[0], 'c39');
    assert.deepEqual([told.columns.length, told.further], [30, 10]);
    assert.ok(told.agreement! < 0);
    const words = importanceMapWords(told);
    assert.match(words, /They agree the least on c39: 0 % for tree \(trial 1\), 100 % for knn \(trial 2\)\./);
    assert.match(
      words,
      /10 columns that matter less are left out\.\nNot among them: mlp \(trial 3\): there was no time for it\./,
    );
    assert.match(importanceMapWords(mapImportances([], [], about)), /^It is not known of any model yet/);
  });
});
