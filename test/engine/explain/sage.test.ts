import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { numbersOf } from '../../../src/engine/data/encoders/raw-columns.ts';
import { type SageOptions, sage } from '../../../src/engine/explain/sage.ts';
import { shapSummary } from '../../../src/engine/explain/shap-summary.ts';
import { forest } from '../../../src/engine/learners/forest.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { sageWords } from '../../../src/shared/results/sage.ts';
import { shapSummaryWords } from '../../../src/shared/results/shap-summary.ts';
import { dataset, numeric, parted, toy } from '../learners/toy-data.ts';

const { signal } = new AbortController();
const nothing = () => {};

/** Independent standard normal columns and the target 3 a + 2 b + c of which the predictor knows all but the noise. */
function linear(rows: number, weights: readonly number[], noise = 0): { data: Dataset; predictor: Predictor } {
  const random = createRandom(11);
  const columns = weights.map((_, j) => Float64Array.from({ length: rows }, () => random.normal() + 0 * j));
  const scoreAt = (cells: readonly Float64Array[], row: number) =>
    weights.reduce((sum, weight, j) => sum + weight * cells[j][row], 0);
  const truth = Float64Array.from({ length: rows }, (_, row) => scoreAt(columns, row) + noise * random.normal());
  const named = columns.map((values, j) => numeric(`c${j}`, values));
  const predictor: Predictor = {
    task: 'regression',
    async predict(table) {
      const cells = weights.map((_, j) => numbersOf(table, `c${j}`));
      return {
        kind: 'values',
        values: Float64Array.from({ length: table.rowCount }, (_, row) => scoreAt(cells, row)),
      };
    },
  };
  return { data: dataset('regression', named, truth), predictor };
}

/**
 * Mean over the rows of t (T + 2 e): t the column's weighted distance from its mean, T the sum of these, e what the model does not know. The
 * loss without some columns is (e + their t)^2, a game of pairs, of which each player has half.
 */
function exactOfLinear({ features, target }: Dataset, weights: readonly number[]): number[] {
  const cells = weights.map((_, j) => numbersOf(features, `c${j}`));
  const means = cells.map((column) => column.reduce((a, b) => a + b) / column.length);
  const truth = target.kind === 'values' ? target.values : [];
  const sums = weights.map(() => 0);
  for (let row = 0; row < features.rowCount; row++) {
    const parts = weights.map((weight, j) => weight * (cells[j][row] - means[j]));
    const all = parts.reduce((a, b) => a + b);
    const unknown = truth[row] - weights.reduce((sum, weight, j) => sum + weight * cells[j][row], 0);
    parts.forEach((part, j) => {
      sums[j] += (part * (all + 2 * unknown)) / features.rowCount;
    });
  }
  return sums;
}

const explain = (data: Dataset, predictor: Predictor, options: Partial<SageOptions> = {}, enough?: () => boolean) =>
  sage.explain(
    predictor,
    { train: data, evaluation: data, part: 'test' },
    { seed: 2, ...options },
    nothing,
    signal,
    enough,
  );

describe('SAGE', () => {
  it('finds the variance that each column of a linear model explains', async () => {
    const weights = [3, 2, 1, 0];
    const { data, predictor } = linear(150, weights, 0.5);
    const result = await explain(data, predictor, { background: 150, permutations: 600, precision: 0.01 });
    const exact = exactOfLinear(data, weights);
    for (const { columns, value, interval } of result.columns) {
      const wanted = exact[Number(columns[0].slice(1))];
      const half = (interval.high - interval.low) / 2;
      assert.ok(Math.abs(value - wanted) <= 1.5 * half, `${columns}: ${value} ± ${half}, not ${wanted}`);
      assert.ok(half < 2.5, `${half} is a wide interval`);
    }
    assert.deepEqual(
      result.columns.map(({ columns }) => columns[0]),
      ['c0', 'c1', 'c2', 'c3'],
    );
    assert.deepEqual(
      result.columns.map(({ distinguishable }) => distinguishable),
      [true, true, true, false],
    );
    const sum = result.columns.reduce((all, { value }) => all + value, 0);
    assert.ok(Math.abs(sum - (result.lossOfNone! - result.lossOfAll!)) < 1e-9, 'the values do not add up');
    assert.match(sageWords(result), /^Knowing the columns brings the squared error from/);
  });

  it('says nothing of a predictor that knows nothing', async () => {
    const { data } = linear(200, [1, 1, 1]);
    const constant: Predictor = {
      task: 'regression',
      predict: async ({ rowCount }) => ({ kind: 'values', values: new Float64Array(rowCount).fill(4) }),
    };
    const result = await explain(data, constant);
    assert.ok(result.columns.every(({ distinguishable, value }) => !distinguishable && Math.abs(value) < 1e-9));
    assert.equal(result.quality.value, null);
  });

  it('ends when the values have settled, and when time is up says what it knows', async () => {
    const { data, predictor } = linear(300, [3, 1]);
    const settled = await explain(data, predictor, { precision: 0.2, permutations: 2000 });
    assert.ok(settled.converged && settled.permutations < 2000);
    let asked = 0;
    const cut = await explain(data, predictor, {}, () => ++asked > 30);
    assert.ok(cut.partial);
    const none = await explain(data, predictor, {}, () => true);
    assert.deepEqual([none.columns, none.lossOfAll], [[], null]);
    assert.match(sageWords(none), /not measured/);
  });

  it('takes the weakest of very many columns together', async () => {
    const weights = Array.from({ length: 60 }, (_, j) => (j === 7 || j === 50 ? 3 : 0));
    const { data, predictor } = linear(60, weights);
    const result = await explain(data, predictor, { columns: 4, permutations: 40, background: 10 });
    assert.deepEqual(
      result.columns
        .slice(0, 2)
        .map(({ columns }) => columns[0])
        .sort(),
      ['c50', 'c7'],
    );
    assert.equal(Math.max(...result.columns.map(({ columns }) => columns.length)), 57);
  });

  it('refuses bad options', async () => {
    const { data, predictor } = linear(30, [1]);
    for (const options of [{ permutations: 0 }, { background: 0 }, { columns: 0 }, { precision: 0 }])
      await assert.rejects(explain(data, predictor, options), { name: 'UserError' });
  });
});

describe('the summary of Shapley values', () => {
  it('has the means of what is known in closed form, by KernelSHAP', async () => {
    // The Shapley value of a column of a linear model is its weight times its distance from the background's mean.
    const weights = [3, 2, 1, 0];
    const { data, predictor } = linear(100, weights);
    const parts = { train: data, evaluation: data, part: 'validation' as const };
    const result = await shapSummary.explain(
      predictor,
      parts,
      { seed: 4, kernelRows: 30, background: 100 },
      nothing,
      signal,
    );
    assert.deepEqual(
      result.columns.map(({ column }) => column),
      ['c0', 'c1', 'c2', 'c3'],
    );
    assert.equal(result.method, 'kernel-shap');
    const means = data.features.columns.map(({ name }) => numbersOf(data.features, name).reduce((a, b) => a + b) / 100);
    for (const { column, values, effects } of result.dependence) {
      const j = Number(column.slice(1));
      for (const [row, effect] of effects.entries())
        assert.ok(Math.abs(effect - weights[j] * ((values[row] as number) - means[j])) < 1e-4);
    }
    assert.equal(result.dependence.length, 3, 'a column that does nothing is not drawn');
    assert.match(shapSummaryWords(result), /30 rows of 100 of the validation part, by KernelSHAP/);
  });

  it('is made by the trees where there are any, of all classes', async () => {
    const [train, evaluation] = parted(toy('multiclass', { rows: 160, missing: 0.1 }), 120);
    const model = await forest.fit({ train, seed: 1, signal, report: async () => 'continue' }, { trees: 10 });
    const result = await shapSummary.explain(model, { train, evaluation, part: 'test' }, { seed: 4 }, nothing, signal);
    assert.equal(result.method, 'tree-shap');
    assert.deepEqual(
      result.columns
        .slice(0, 2)
        .map(({ column }) => column)
        .sort(),
      ['color', 'x'],
    );
    assert.equal(result.classes?.length, 3);
    assert.equal(result.rows, 40);
    for (const { importance, byClass } of result.columns)
      assert.ok(Math.abs(importance - byClass!.reduce((a, b) => a + b)) < 1e-9);
    assert.ok(result.dependence.every(({ values, effects }) => values.length === 40 && effects.length === 40));
  });

  it('says after how many rows it ended', async () => {
    const { data, predictor } = linear(50, [1, 2]);
    const parts = { train: data, evaluation: data, part: 'test' as const };
    const result = await shapSummary.explain(predictor, parts, { seed: 4 }, nothing, signal, () => true);
    assert.match(result.partial!, /^Ended after 0 of 20 rows/);
    assert.deepEqual(result.columns, []);
  });
});
