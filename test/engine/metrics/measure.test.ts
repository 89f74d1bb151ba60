import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Target } from '../../../src/engine/data/dataset.ts';
import { isPredictive, measure, metricValue, type PredictiveMetric } from '../../../src/engine/metrics/measure.ts';
import type { Prediction } from '../../../src/engine/models/predictor.ts';
import { costlyMetrics } from '../../../src/engine/run/costly-metrics.ts';
import { metricsFor } from '../../../src/shared/metrics.ts';
import type { Task } from '../../../src/shared/task.ts';

interface Golden {
  readonly name: string;
  readonly task: Task;
  readonly classes?: number;
  readonly truth: number[];
  readonly prediction: number[];
  readonly expected: Record<PredictiveMetric, number>;
}

const goldens: Golden[] = JSON.parse(readFileSync(new URL('scikit-learn.golden.json', import.meta.url), 'utf8'));

const targetOf = (codes: number[], classCount: number): Target => ({
  kind: 'classes',
  codes: Int32Array.from(codes),
  classes: Array.from({ length: classCount }, (_, k) => `class ${k}`),
});
const probabilities = (values: number[], classCount: number): Prediction => ({
  kind: 'probabilities',
  classCount,
  values: Float64Array.from(values),
});
const numbers = (values: number[]) => ({ kind: 'values', values: Float64Array.from(values) }) as const;

for (const golden of goldens) {
  test(`metrics equal scikit-learn's: ${golden.task}, ${golden.name}`, () => {
    const target = golden.classes ? targetOf(golden.truth, golden.classes) : numbers(golden.truth);
    const prediction = golden.classes ? probabilities(golden.prediction, golden.classes) : numbers(golden.prediction);
    const measured = measure(prediction, target, golden.task);
    assert.deepEqual(Object.keys(measured).sort(), Object.keys(golden.expected).sort());
    for (const [name, expected] of Object.entries(golden.expected) as [PredictiveMetric, number][]) {
      const value = measured[name] as number;
      assert.ok(
        Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
        `${name}: ${value}, not ${expected}`,
      );
      assert.equal(metricValue(name, prediction, target), value);
    }
  });
}

test('every predictive metric of the shared list is measured', () => {
  const elsewhere: readonly string[] = [
    ...['energy', 'co2', 'cost', 'fit_time', 'latency', 'model_size'],
    ...costlyMetrics,
  ];
  for (const task of ['binary', 'multiclass', 'regression'] as const) {
    const wanted = metricsFor(task).filter((name) => !elsewhere.includes(name));
    assert.ok(wanted.every(isPredictive));
    const golden = goldens.find((candidate) => candidate.task === task)!;
    assert.deepEqual(Object.keys(golden.expected).sort(), [...wanted].sort());
  }
});

test('what rows do not determine is absent', () => {
  const oneClass = measure(probabilities([0.3, 0.7, 0.6, 0.4], 2), targetOf([1, 1], 2), 'binary');
  assert.equal(oneClass.roc_auc, undefined);
  assert.ok('log_loss' in oneClass);
  assert.equal('r2' in measure(numbers([1, 2]), numbers([3, 3]), 'regression'), false);
  assert.deepEqual(measure(numbers([]), numbers([]), 'regression'), {});
});

test('errors whose squares are too large or too small for a number are still measured', () => {
  for (const size of [1e300, 1e-300]) {
    const [prediction, truth] = [numbers([size, 0, -2 * size]), numbers([2 * size, 0, -2 * size])];
    const plain = measure(numbers([1, 0, -2]), numbers([2, 0, -2]), 'regression');
    const measured = measure(prediction, truth, 'regression');
    assert.ok(Math.abs(measured.rmse! / size - plain.rmse!) < 1e-12);
    assert.ok(Math.abs(measured.r2! - plain.r2!) < 1e-12);
  }
});

test('a prediction that does not fit the target is refused', () => {
  assert.throws(() => metricValue('accuracy', probabilities([0.5, 0.5], 2), targetOf([0, 1], 2)), RangeError);
  assert.throws(() => metricValue('rmse', probabilities([0.5, 0.5], 2), targetOf([0], 2)), RangeError);
  assert.throws(() => metricValue('accuracy', numbers([1]), numbers([1])), RangeError);
});
