import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { discriminant } from '../../../../src/engine/learners/linear/discriminant.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { fitted } from '../conformance.ts';
import { dataset, numeric } from '../toy-data.ts';

interface Golden {
  readonly name: string;
  readonly classes: number;
  readonly pooling: number;
  /** [columns][rows] */
  readonly columns: number[][];
  readonly truth: number[];
  readonly prediction: number[];
}

const goldens: Golden[] = JSON.parse(readFileSync(new URL('discriminant.golden.json', import.meta.url), 'utf8'));

for (const { name, classes, pooling, columns, truth, prediction } of goldens) {
  test(`predicts as scikit-learn does: ${name}`, async () => {
    const numbers = columns.map((values, i) => numeric(`c${i}`, values));
    const data = dataset(classes === 2 ? 'binary' : 'multiclass', numbers, truth, classes);
    const { values } = await (await fitted(discriminant, data, {}, { pooling, shrinkage: 0 })).predict(data.features);
    const worst = Math.max(...values.map((value, i) => Math.abs(value - prediction[i])));
    assert.ok(worst < 1e-4, `off by ${worst}`);
  });
}

test('of very many inputs those are used that tell the classes apart', async () => {
  const random = createRandom(2);
  const truth = Array.from({ length: 60 }, () => random.integer(2));
  const columns = Array.from({ length: 400 }, (_, j) =>
    numeric(
      `c${j}`,
      truth.map((code) => random.normal() + (j === 123 ? 6 * code : 0)),
    ),
  );
  const data = dataset('binary', columns, truth, 2);
  const model = await fitted(discriminant, data, {}, { pooling: 1, shrinkage: 0.5 });
  assert.match(model.facts.words, /^one covariance of the 300 of 400 inputs/);
  const { values } = await model.predict(data.features);
  assert.ok(truth.every((code, row) => values[2 * row + code] > 0.5));
});
