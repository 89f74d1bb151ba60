import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { columnNamed, takeRows } from '../../../src/engine/data/table.ts';
import { forest } from '../../../src/engine/learners/forest.ts';
import type { Learner } from '../../../src/engine/learners/learner.ts';
import { logistic } from '../../../src/engine/learners/linear/logistic.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { isStaged, type Stage, type Staged } from '../../../src/engine/models/staged.ts';
import { prepared } from '../../../src/engine/preparation/prepared-learner.ts';
import { stepChanges } from '../../../src/engine/preparation/step-changes.ts';
import type { PipelineStep } from '../../../src/shared/results/steps.ts';
import type { Params } from '../../../src/shared/space.ts';
import { coded, dataset, numeric } from '../learners/toy-data.ts';
import { rich } from './rich-data.ts';

const { signal } = new AbortController();
const fitted = (learner: Learner, train: Dataset, params: Params): Promise<Model> =>
  learner.fit(
    { train, seed: 1, signal, report: async () => 'continue' },
    { ...learner.defaults(train.info), ...params },
  );

const small = dataset(
  'binary',
  [
    numeric('size', [1, 2, 3, 4, 5, 6, 7, Number.NaN, 9, 10, 11, Number.NaN]),
    coded('town', ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'c', 'd', null, 'a']),
  ],
  [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
  2,
);

function staged(model: Model): Model & Staged {
  assert.ok(isStaged(model));
  return model;
}

const stepOf = (stages: readonly Stage[], name: string, traced: number | null = null): PipelineStep => {
  const stage = stages.find((one) => one.name === name);
  assert.ok(stage, `${name} is not among ${stages.map((one) => one.name).join(', ')}`);
  return stepChanges(stage, [0, 1], traced);
};

describe('the data after each step', () => {
  const params = { imputation: 'median', level_rows: 3, scaling: 'native' };

  it('says which values were filled, and by what', async () => {
    const model = staged(await fitted(prepared(logistic), small, params));
    const { changed, added, rows, trace } = stepOf(model.stages(small.features), 'imputation', 7);
    // The median of 1 to 7 and 9 to 11, the only numbers there are.
    assert.deepEqual(
      changed.columns.map(({ column, cells, filled }) => [column, cells, filled]),
      [['size', 2, 2]],
    );
    assert.match(changed.columns[0].words!, /size, 5.5 where it is missing/);
    assert.deepEqual(
      added.columns.map(({ name, of }) => [name, of]),
      [['size (missing)', ['size']]],
    );
    assert.equal(rows, 2);
    assert.deepEqual(trace?.cells, [
      { how: 'filled', column: 'size', from: null, to: 5.5 },
      { how: 'added', column: 'size (missing)', of: ['size'], to: 1 },
    ]);
    assert.deepEqual(stepOf(model.stages(small.features), 'imputation', 0).trace?.cells, []);
  });

  it('says which levels were joined', async () => {
    const model = staged(await fitted(prepared(logistic), small, params));
    const { changed, trace } = stepOf(model.stages(small.features), 'rare levels', 8);
    assert.deepEqual(
      changed.columns.map(({ column, cells, levels }) => [column, cells, levels]),
      [['town', 2, { before: 4, after: 3 }]],
    );
    assert.deepEqual(trace?.cells, [{ how: 'changed', column: 'town', from: 'c', to: 'a rare level' }]);
  });

  it('ends with the numbers that the learner calculates with', async () => {
    const model = staged(await fitted(prepared(logistic), small, { ...params, imputation: 'native' }));
    const { changed, added, removed, trace } = stepOf(model.stages(small.features), 'inputs', 4);
    assert.deepEqual(
      removed.columns.map(({ name }) => name),
      ['town'],
    );
    const names = added.columns.map(({ name }) => name);
    for (const name of ['size (missing)', 'town = a', 'town = b']) assert.ok(names.includes(name), names.join());
    // Standardised and bent into +-3: (5 - mean) / deviation of the ten numbers there are.
    const known = [1, 2, 3, 4, 5, 6, 7, 9, 10, 11];
    const mean = known.reduce((a, b) => a + b) / known.length;
    const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
    const scaled = (5 - mean) / deviation;
    const to = trace?.cells.find(({ column }) => column === 'size')?.to;
    assert.ok(Math.abs(Number(to) - scaled / Math.sqrt(1 + (scaled / 3) ** 2)) < 1e-6, String(to));
    assert.deepEqual(
      changed.columns.map(({ column, filled }) => [column, filled]),
      [['size', 2]],
    );
  });

  it('is one chain: each step begins with what the one before it left, and predictions do not depend on who looks', async () => {
    const train = rich('binary', { rows: 120, missing: 0.05 });
    const wished = { ...params, level_rows: 1, scaling: 'power', texts: 'tfidf', dates: 'parts' };
    const model = staged(await fitted(prepared(logistic), train, wished));
    const before = await model.predict(train.features);
    const stages = model.stages(train.features);
    assert.deepEqual(
      stages.map(({ name }) => name),
      ['dates', 'texts', 'encoding', 'imputation', 'selection', 'combinations', 'scaling', 'inputs'].filter((name) =>
        stages.some((one) => one.name === name),
      ),
    );
    assert.ok(stages.length >= 4);
    assert.equal(stages[0].before, train.features);
    for (const [i, stage] of stages.entries()) if (i > 0) assert.equal(stage.before, stages[i - 1].after);
    for (const { before: from, after } of stages) assert.equal(after.rowCount, from.rowCount);
    assert.deepEqual(await model.predict(train.features), before);
    // A row alone takes the same way as among others.
    const alone = model.stages(takeRows(train.features, [17])).at(-1)!.after;
    for (const column of stages.at(-1)!.after.columns) {
      const own = columnNamed(alone, column.name);
      assert.ok(
        column.kind === 'numeric' && own.kind === 'numeric' && own.values[0] === column.values[17],
        column.name,
      );
    }
  });

  it('is nothing for a learner that takes columns as they are', async () => {
    const model = await fitted(prepared(forest), small, { trees: 2 });
    assert.deepEqual(isStaged(model) ? model.stages(small.features) : [], []);
  });

  for (const name of ['knn', 'discriminant', 'ridge', 'svm', 'mlp']) {
    it(`shows the inputs of ${name}`, async () => {
      const learner = learners.find((one) => one.name === name)!;
      const train = learner.tags.tasks.includes('binary')
        ? small
        : dataset(
            'regression',
            [...small.features.columns],
            Array.from({ length: 12 }, (_, i) => i),
          );
      const fast = name === 'mlp' ? { max_epochs: 1 } : {};
      const own = Object.fromEntries(Object.entries(fast).filter(([key]) => key in learner.defaults(train.info)));
      const stages = staged(await fitted(learner, train, own)).stages(train.features);
      const { after } = stages.at(-1)!;
      assert.equal(stages.at(-1)!.name, 'inputs');
      assert.ok(after.columns.some(({ name }) => name === 'size'));
      for (const column of after.columns) assert.ok(column.kind === 'numeric' && column.values.every(Number.isFinite));
    });
  }
});
