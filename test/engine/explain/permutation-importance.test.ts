import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Target } from '../../../src/engine/data/dataset.ts';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import { permutationImportance } from '../../../src/engine/explain/permutation-importance.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { datasetOf, fixtures, numbers, tableOf } from './fixtures.ts';

interface GoldenCase {
  readonly columns: readonly string[];
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
  readonly repeats: number;
  readonly importance: readonly number[];
  readonly deviation: readonly number[];
}

const golden: Record<'regression' | 'multiclass', GoldenCase> = JSON.parse(
  readFileSync(new URL('./golden/permutation-importance.golden.json', import.meta.url), 'utf8'),
);

const signal = new AbortController().signal;
const explain = (predictor: Predictor, features: Table, target: Target, options: object) => {
  const data = datasetOf(features, target, predictor.task);
  const given = { seed: 1, ...options };
  return permutationImportance.explain(
    predictor,
    { train: data, evaluation: data, part: 'test' },
    given,
    () => {},
    signal,
  );
};

/** scikit-learn's fitted linear model, from its coefficients. */
function linearModel(fitted: GoldenCase): Predictor {
  const outputs = fitted.coefficients.length;
  const logits = (rows: Table, row: number) =>
    fitted.coefficients.map((weights, k) => {
      const inputs = fitted.columns.map((name) => columnNamed(rows, name));
      return inputs.reduce(
        (sum, input, j) => sum + weights[j] * (input.kind === 'numeric' ? input.values[row] : 0),
        fitted.intercepts[k],
      );
    });
  const each = (rows: Table, f: (scores: number[]) => number[]) =>
    Float64Array.from(Array.from({ length: rows.rowCount }, (_, row) => f(logits(rows, row))).flat());
  if (outputs === 1)
    return {
      task: 'regression',
      predict: async (rows) => ({ kind: 'values', values: each(rows, (scores) => scores) }),
    };
  const softmax = (scores: number[]) => {
    const weights = scores.map(Math.exp);
    const total = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / total);
  };
  return {
    task: 'multiclass',
    classes: fitted.coefficients.map((_, k) => `class ${k}`),
    predict: async (rows) => ({ kind: 'probabilities', classCount: outputs, values: each(rows, softmax) }),
  };
}

const tableFrom = (given: GoldenCase) =>
  tableOf(
    given.columns.map((name, j) =>
      numbers(
        name,
        given.x.map((row) => row[j]),
      ),
    ),
  );

describe('permutation importance', () => {
  for (const [task, given] of Object.entries(golden))
    it(`agrees with scikit-learn on a linear model (${task}): within 4 standard errors of the difference`, async () => {
      const predictor = linearModel(given);
      const target: Target =
        predictor.classes === undefined
          ? { kind: 'values', values: Float64Array.from(given.y) }
          : { kind: 'classes', codes: Int32Array.from(given.y), classes: predictor.classes };
      const repeats = 40;
      const result = await explain(predictor, tableFrom(given), target, { repeats, bootstraps: 50 });
      assert.equal(result.columns.length, given.columns.length);
      for (const { columns, importance } of result.columns) {
        const j = given.columns.indexOf(columns[0]);
        const error = given.deviation[j] * Math.sqrt(1 / given.repeats + 1 / repeats);
        const off = Math.abs(importance - given.importance[j]);
        assert.ok(
          off <= 4 * error + 1e-9,
          `${columns[0]}: ${importance}, scikit-learn ${given.importance[j]} +- ${error}`,
        );
      }
    });

  it('tells the columns that matter from noise', async () => {
    const { predictor, data } = fixtures[0];
    const result = await permutationImportance.explain(predictor, data, { seed: 1 }, () => {}, signal);
    const found = Object.fromEntries(result.columns.map((column) => [column.columns[0], column]));
    assert.equal(result.columns[0].columns[0], 'income');
    assert.ok(found.income.distinguishable && found.island.distinguishable);
    assert.deepEqual(found.noise.interval, { low: 0, high: 0 });
    assert.ok(!found.noise.distinguishable);
    assert.ok(
      found.income.interval.low < found.income.importance && found.income.importance < found.income.interval.high,
    );
  });

  it('shuffles correlated columns also as one', async () => {
    const { predictor, data } = fixtures[0];
    const result = await permutationImportance.explain(predictor, data, { seed: 1 }, () => {}, signal);
    assert.deepEqual(
      result.groups.map((group) => group.columns),
      [['income', 'debt']],
    );
  });

  it('finds by group what two copies hide from each other', async () => {
    const values = Array.from({ length: 200 }, (_, i) => (i % 20) / 10 - 1);
    const features = tableOf([numbers('a', values), numbers('copy', values)]);
    const average: Predictor = {
      task: 'regression',
      predict: async (rows) => {
        const [a, b] = rows.columns.map((column) => (column.kind === 'numeric' ? column.values : []));
        return { kind: 'values', values: Float64Array.from(a, (value, i) => (value + b[i]) / 2) };
      },
    };
    const result = await explain(average, features, { kind: 'values', values: Float64Array.from(values) }, {});
    assert.ok(result.groups[0].importance > 1.5 * result.columns[0].importance);
  });

  it('covers the true importance with its interval about as often as it says', async () => {
    // y = x, prediction = x: shuffling x costs an RMSE of sqrt(2) standard deviations.
    const identity: Predictor = {
      task: 'regression',
      predict: async (rows) => ({ kind: 'values', values: (rows.columns[0] as { values: Float64Array }).values }),
    };
    let covered = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = createRandom(seed);
      const values = Array.from({ length: 80 }, () => random.normal());
      const target: Target = { kind: 'values', values: Float64Array.from(values) };
      const { columns } = await explain(identity, tableOf([numbers('x', values)]), target, { seed, bootstraps: 200 });
      if (columns[0].interval.low <= Math.SQRT2 && Math.SQRT2 <= columns[0].interval.high) covered++;
    }
    assert.ok(covered >= 53, `${covered} of 60 intervals hold the true value`);
  });

  it('looks at no more rows than it may, and says how many there were', async () => {
    const { predictor, data } = fixtures[0];
    const result = await permutationImportance.explain(predictor, data, { seed: 1, rowCap: 30 }, () => {}, signal);
    assert.equal(result.rows, 30);
    assert.equal(result.rowsAvailable, 150);
  });

  it('refuses options out of range by name', async () => {
    const { predictor, data } = fixtures[0];
    const wrong = permutationImportance.explain(predictor, data, { seed: 1, repeats: 0 }, () => {}, signal);
    await assert.rejects(wrong, /repeats must be a whole number from 1, not 0/);
  });
});
