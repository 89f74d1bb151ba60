import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting } from '../../../../src/engine/learners/boosting/boosting.ts';
import { adaptParams, overrideSpace } from '../../../../src/engine/space/overrides.ts';
import type { DatasetInfo } from '../../../../src/shared/dataset.ts';
import { fitted } from '../conformance.ts';
import { toy } from '../toy-data.ts';

const { info } = toy('regression');
const overridden = (fixed: Record<string, string | number>) =>
  overrideSpace('boosting', boosting.space(info), { fixed, searched: {} }, boosting.optional!(info));

test('loss, quantile and monotone columns are fixed by the experiment file, and reach the fit', async () => {
  const space = overridden({ loss: 'quantile', quantile_level: 0.9, monotone: 'x:+ count:-', leaves: 4 });
  const params = adaptParams(space, boosting.defaults(info));
  const { loss, quantile_level: level, monotone, leaves } = params;
  assert.deepEqual([loss, level, monotone, leaves], ['quantile', 0.9, 'x:+ count:-', 4]);
  const data = toy('regression');
  const model = await fitted(boosting, data, { resource: 40 }, params);
  const { values } = await model.predict(data.features);
  assert.ok(data.target.kind === 'values');
  const truth = data.target.values;
  const below = truth.filter((value, row) => value <= values[row]).length / truth.length;
  assert.ok(below > 0.8, `${below}`);
  assert.deepEqual(model.save().params, params);
});

test('a loss that there is not, and a number as monotone columns, are refused before anything runs', () => {
  assert.throws(() => overridden({ loss: 'huber' }), { name: 'UserError', message: /loss/ });
  assert.throws(() => overridden({ monotone: 1 }), { name: 'UserError', message: /monotone/ });
});

test('what is not named is not searched', () => {
  const names = boosting.space(info).parameters.map(({ name }) => name);
  assert.ok(boosting.optional!(info).every(({ name }) => !names.includes(name)));
});

test('a fit with twice the rows, more classes or a smaller learning rate is more work', () => {
  const column = { type: 'number', reason: '', role: 'feature', missing: 0, distinct: 9 } as const;
  const columns = Array.from({ length: 10 }, (_, i) => ({ ...column, name: `x${i}` }));
  const of = (changed: Partial<DatasetInfo>, params = {}) =>
    boosting.work!(
      { ...info, rowCount: 10_000, columns, ...changed },
      {
        ...boosting.defaults(info),
        ...params,
      },
    );
  const usual = of({});
  assert.ok(of({ rowCount: 20_000 }) > 1.5 * usual && of({ rowCount: 20_000 }) < 2 * usual);
  assert.ok(Math.abs(of({ classes: ['a', 'b', 'c'] }) / usual - 3) < 1e-9);
  assert.ok(of({}, { learning_rate: 0.01 }) > 3 * usual);
});
