import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { naiveBayes } from '../../../src/engine/learners/naive-bayes.ts';
import { isDifferentiable } from '../../../src/engine/models/predictor.ts';
import type { Params } from '../../../src/shared/space.ts';
import { checks, fitted } from './conformance.ts';
import { coded, dataset, numeric, tableOf } from './toy-data.ts';

interface Golden {
  readonly name: string;
  readonly classes: number;
  readonly params: Params;
  /** [columns][rows] */
  readonly numbers: number[][];
  readonly levels: number[][];
  readonly truth: number[];
  readonly weights?: number[];
  readonly prediction: number[];
}

const goldens: Golden[] = JSON.parse(readFileSync(new URL('naive-bayes.golden.json', import.meta.url), 'utf8'));

for (const golden of goldens) {
  test(`predicts as scikit-learn does: ${golden.name}`, async () => {
    const columns = [
      ...golden.numbers.map((values, i) => numeric(`n${i}`, values)),
      ...golden.levels.map((values, i) => coded(`l${i}`, values.map(String))),
    ];
    const data = dataset(golden.classes === 2 ? 'binary' : 'multiclass', columns, golden.truth, golden.classes);
    const weights = golden.weights && { weights: Float64Array.from(golden.weights) };
    const { values } = await (await fitted(naiveBayes, data, weights, golden.params)).predict(data.features);
    const worst = Math.max(...values.map((value, i) => Math.abs(value - golden.prediction[i])));
    assert.ok(worst < 1e-8, `off by ${worst}`);
  });
}

const twoColumns = (rows: number) =>
  dataset(
    'binary',
    [
      numeric(
        'x',
        Array.from({ length: rows }, (_, row) => (row % 2) * 3 + (row % 5)),
      ),
      coded(
        'color',
        Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? 'red' : 'blue')),
      ),
    ],
    Array.from({ length: rows }, (_, row) => row % 2),
    2,
  );

test('a missing cell and a level never seen say nothing', async () => {
  const data = twoColumns(60);
  const model = await fitted(naiveBayes, data);
  const { values } = await model.predict(tableOf([numeric('x', [NaN, NaN, 7]), coded('color', [null, 'green', null])]));
  assert.deepEqual([...values.subarray(0, 2)], [0.5, 0.5]);
  assert.deepEqual([...values.subarray(2, 4)], [0.5, 0.5]);
  assert.notEqual(values[4], 0.5);
});

test('normal numbers have a slope, numbers in bins have none', async () => {
  const data = twoColumns(60);
  assert.equal(isDifferentiable(await fitted(naiveBayes, data)), false);
  const gaussian = { ...naiveBayes, fit: naiveBayes.fit, defaults: () => ({ numbers: 'gaussian', power: 0.5 }) };
  const model = await fitted(gaussian, data);
  assert.equal(isDifferentiable(model), true);
  await checks.find(({ name }) => name === 'an input gradient is the slope of the loss')?.run(gaussian, 'multiclass');
});

test('the more columns say the same, the less each counts by default', () => {
  const { info } = twoColumns(10);
  const column = { name: 'x', type: 'number', reason: '', role: 'feature', missing: 0, distinct: 5 } as const;
  const powerOf = (columns: number) => naiveBayes.defaults({ ...info, columns: new Array(columns).fill(column) }).power;
  assert.deepEqual([1, 7, 14, 100].map(powerOf), [1, 1, 0.5, 0.25]);
});
