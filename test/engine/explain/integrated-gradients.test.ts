import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import {
  type IntegratedGradientsOptions,
  integratedGradients,
  unsuitedGradients,
} from '../../../src/engine/explain/integrated-gradients.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import { type Differentiable, isDifferentiable, type Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { integratedGradientsWords } from '../../../src/shared/results/integrated-gradients.ts';
import { tasks } from '../../../src/shared/task.ts';
import { coded, dataset, numeric, parted, toy } from '../learners/toy-data.ts';

const { signal } = new AbortController();
const explain = (
  model: Predictor,
  train: Dataset,
  evaluation: Dataset,
  options: Partial<IntegratedGradientsOptions> = {},
) =>
  integratedGradients.explain(
    model,
    { train, evaluation, part: 'validation' },
    { seed: 5, row: 1, ...options },
    () => {},
    signal,
  );

const numberOf = (table: Table, name: string, row: number): number => {
  const column = columnNamed(table, name);
  return column.kind === 'numeric' ? column.values[row] : column.codes[row];
};

/** A value and its slopes, by hand; the loss is the squared error. */
function handWritten(
  value: (at: (name: string) => number) => number,
  slopes: (at: (name: string) => number) => readonly number[],
): Predictor & Differentiable {
  const outputOf = (rows: Table, row: number) => value((name) => numberOf(rows, name, row));
  return {
    task: 'regression',
    predict: async (rows) => ({
      kind: 'values',
      values: Float64Array.from({ length: rows.rowCount }, (_, row) => outputOf(rows, row)),
    }),
    async inputGradient(rows, target) {
      if (target.kind !== 'values') throw new RangeError('not a target of values');
      const values = Array.from({ length: rows.rowCount }, (_, row) =>
        slopes((name) => numberOf(rows, name, row)).map(
          (slope) => 2 * (outputOf(rows, row) - target.values[row]) * slope,
        ),
      );
      return { columns: ['a', 'b'], values: Float64Array.from(values.flat()) };
    },
  };
}

/** The medians of a and b are 0, red is the most frequent. */
const rows = dataset(
  'regression',
  [
    numeric('a', [-1, 2, 0, 1, -3]),
    numeric('b', [4, 3, 0, -2, -1]),
    coded('color', ['red', 'blue', 'red', 'red', 'blue']),
  ],
  [0, 0, 0, 0, 0],
);

describe('integrated gradients', () => {
  it('share a product of two columns by halves, a square is its own, a category jumps first', async () => {
    const model = handWritten(
      (at) => at('a') * at('b') + at('a') ** 2 + 10 * at('color'),
      (at) => [at('b') + 2 * at('a'), at('a')],
    );
    const { terms, jump, gap, base, explained } = await explain(model, rows, rows);
    assert.deepEqual([base, explained], [0, 20]);
    assert.deepEqual(jump, { columns: ['color'], contribution: 10 });
    const [a, b] = ['a', 'b'].map((name) => terms.find(({ column }) => column === name)!);
    assert.ok(Math.abs(a.contribution - 7) < 1e-9 && Math.abs(b.contribution - 3) < 1e-9);
    assert.deepEqual([a.baseline, a.value], [0, 2]);
    assert.ok(Math.abs(gap) < 1e-9);
  });

  it('find the mean slope near the row, with its interval', async () => {
    const model = handWritten(
      (at) => at('a') ** 2 - 3 * at('b'),
      (at) => [2 * at('a'), -3],
    );
    const { slopes } = await explain(model, rows, rows, { noisy: 400 });
    // In steps of 0.15 of the ranges, 5 and 6.
    const a = slopes.find(({ column }) => column === 'a')!;
    assert.ok(Math.abs(a.slope - 0.75 * 4) <= 2 * a.error && a.error > 0);
    const b = slopes.find(({ column }) => column === 'b')!;
    assert.ok(Math.abs(b.slope + 2.7) < 1e-9 && b.error < 1e-9);
  });

  it('are not to be read across a step that slopes do not see', async () => {
    const step = handWritten(
      (at) => (at('a') > 1 ? 5 : 0) + 0.1 * at('b'),
      () => [0, 0.1],
    );
    const result = await explain(step, rows, rows);
    assert.equal(result.trustworthy, false);
    assert.match(integratedGradientsWords(result), /^Do not read this .* kernel-shap\./);
  });

  it('say nothing of a model that says nothing', async () => {
    const result = await explain(
      handWritten(
        () => 3,
        () => [0, 0],
      ),
      rows,
      rows,
    );
    assert.ok(result.terms.every(({ contribution }) => contribution === 0) && result.trustworthy);
    assert.match(integratedGradientsWords(result), /No number makes a difference/);
  });

  it('leave the slopes near the row out where time is up, and say so', async () => {
    const model = handWritten(
      (at) => at('a'),
      () => [1, 0],
    );
    const data = { train: rows, evaluation: rows, part: 'validation' } as const;
    const result = await integratedGradients.explain(
      model,
      data,
      { seed: 1, row: 0 },
      () => {},
      signal,
      () => true,
    );
    assert.match(result.partial ?? '', /SmoothGrad/);
    assert.deepEqual(result.slopes, []);
  });

  it('explain a row of missing values by its jump alone', async () => {
    const empty = dataset(
      'regression',
      [numeric('a', [Number.NaN]), numeric('b', [Number.NaN]), coded('color', [null])],
      [0],
    );
    const model = handWritten(
      (at) => (Number.isNaN(at('a')) ? 2 : at('a')),
      () => [1, 0],
    );
    const { terms, jump, explained } = await explain(model, rows, empty, { row: 0 });
    assert.deepEqual([terms, explained], [[], 2]);
    assert.deepEqual(jump, { columns: ['a', 'b', 'color'], contribution: 2 });
  });

  it('refuse slopes that are not numbers, and options out of range', async () => {
    const model = handWritten(
      (at) => at('a'),
      () => [Number.NaN, 0],
    );
    await assert.rejects(explain(model, rows, rows), { name: 'RangeError', message: /slope along a is NaN/ });
    for (const options of [{ points: 0 }, { noisy: -1 }, { sigma: 0 }, { row: 5 }])
      await assert.rejects(explain(model, rows, rows, options), { name: /^(RangeError|UserError)$/ });
  });

  it('are refused for a model without gradients, which is told what suits it', async () => {
    const { inputGradient: _, ...blind } = handWritten(
      (at) => at('a'),
      () => [1, 0],
    );
    await assert.rejects(explain(blind, rows, rows), { code: 'no-gradients' });
    const facts = { parameters: 1, bytes: 1, words: '' };
    assert.match(unsuitedGradients({ learner: 'forest', facts, info: rows.info }) ?? '', /kernel-shap .* occlusion/);
    assert.equal(
      unsuitedGradients({ learner: 'mlp', facts: { ...facts, gradients: true }, info: rows.info }),
      undefined,
    );
  });

  it('take 1,000 columns of numbers', async () => {
    const random = createRandom(3);
    const wide = dataset(
      'regression',
      Array.from({ length: 1000 }, (_, j) => numeric(`x${j}`, [random.normal(), random.normal(), random.normal()])),
      [0, 1, 2],
    );
    const model = await learners
      .find(({ name }) => name === 'ridge')!
      .fit({ train: wide, seed: 1, signal, report: async () => 'continue' }, {});
    const { terms, trustworthy } = await explain(model, wide, wide);
    assert.ok(terms.length === 1000 && trustworthy);
  });

  for (const name of ['logistic', 'ridge', 'svm', 'mlp', 'residual_mlp'])
    for (const task of tasks) {
      const learner = learners.find((one) => one.name === name)!;
      // Of several classes, support vector machines have no gradients.
      if (!learner.tags.tasks.includes(task) || (name === 'svm' && task === 'multiclass')) continue;
      it(`are complete for ${name} (${task})`, async () => {
        const [train, evaluation] = parted(toy(task, { rows: 160 }), 120);
        const resource = learner.tags.resource && 5;
        const context = { train, seed: 1, signal, resource, report: async () => 'continue' as const };
        const model = await learner.fit(context, learner.defaults(train.info));
        assert.ok(isDifferentiable(model) && model.facts.gradients);
        const { gap, terms, quality } = await explain(model, train, evaluation);
        const moved = terms.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
        assert.ok(Math.abs(gap) <= 0.02 * moved + 1e-6, quality.words);
      });
    }
});
