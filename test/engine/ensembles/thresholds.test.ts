import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestDecision, decide, thresholdOf, tuneDecision } from '../../../src/engine/ensembles/thresholds.ts';
import { mostProbable } from '../../../src/engine/metrics/classification.ts';
import { confusionOf, labelMetrics } from '../../../src/engine/metrics/labels.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { drawForecast, foldsInTurn } from './forecasts.ts';

const { f1, accuracy, balanced_accuracy: balancedAccuracy, mcc } = labelMetrics;

/** A rare second class: its probability seldom passes a half. */
function rareClass(seed: number, rows: number) {
  const random = createRandom(seed);
  const values = new Float64Array(rows * 2);
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const p = 1 / (1 + Math.exp(2.5 - random.normal()));
    values.set([1 - p, p], row * 2);
    codes[row] = random.uniform() < p ? 1 : 0;
  }
  return { values, codes };
}

test('the threshold of two classes is the best of all that there are', () => {
  for (let seed = 0; seed < 5; seed++) {
    const { values, codes } = rareClass(seed, 120);
    for (const metric of [f1, balancedAccuracy, mcc, accuracy]) {
      const rule = bestDecision(values, codes, 2, metric);
      const found = metric(confusionOf(decide(rule, values), codes, 2), 2)!;
      for (let row = -1; row < codes.length; row++) {
        const from = row < 0 ? Number.POSITIVE_INFINITY : values[row * 2 + 1];
        const labels = Int32Array.from(codes, (_, i) => (values[i * 2 + 1] >= from ? 1 : 0));
        assert.ok(metric(confusionOf(labels, codes, 2), 2)! <= found + 1e-12);
      }
    }
  }
});

test('a threshold is where labels change', () => {
  const rule = bestDecision(Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.7, 0.3), Int32Array.of(0, 1, 1), 2, accuracy);
  const threshold = thresholdOf(rule);
  assert.ok(threshold > 0.1 && threshold < 0.2);
  assert.deepEqual([...decide(rule, Float64Array.of(0.81, 0.19, 0.89, 0.11))], [1, 0]);
});

test('a rule is kept where it helps rows that it was not tuned on, and is plain JSON', () => {
  const { values, codes } = rareClass(9, 1500);
  const { rule, untuned, crossFitted } = tuneDecision(values, codes, 2, f1, foldsInTurn(1500, 5));
  assert.ok(rule && crossFitted! > untuned! && thresholdOf(rule) < 0.4);
  assert.deepEqual(JSON.parse(JSON.stringify(rule)), rule);
  const noise = createRandom(3);
  const coin = Int32Array.from({ length: 60 }, () => noise.integer(2));
  const guesses = Float64Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? 0.4 : 0.6));
  assert.equal(tuneDecision(guesses, coin, 2, accuracy, foldsInTurn(60, 5)).rule, undefined);
});

test('weights of several classes never harm the rows that they are tuned on', () => {
  for (let seed = 0; seed < 5; seed++) {
    const { stated, codes } = drawForecast(createRandom(seed), 200, 4, 1);
    for (const metric of [f1, balancedAccuracy]) {
      const rule = bestDecision(stated, codes, 4, metric);
      const plain = metric(confusionOf(mostProbable(stated, 4), codes, 4), 4)!;
      assert.ok(metric(confusionOf(decide(rule, stated), codes, 4), 4)! >= plain);
      assert.ok(Math.abs(rule.weights.reduce((a, b) => a + b, 0) - 1) < 1e-12);
    }
  }
});

test('even weights give the most probable class, the first of equals', () => {
  const { stated } = drawForecast(createRandom(8), 50, 3, 1);
  const even = { weights: [1 / 3, 1 / 3, 1 / 3] };
  assert.deepEqual(decide(even, stated), mostProbable(stated, 3));
  assert.deepEqual([...decide(even, Float64Array.of(0.4, 0.4, 0.2))], [0]);
});
