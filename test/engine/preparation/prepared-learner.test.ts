import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { takeRows, withColumns } from '../../../src/engine/data/table.ts';
import { knn } from '../../../src/engine/learners/knn.ts';
import type { Learner } from '../../../src/engine/learners/learner.ts';
import { logistic } from '../../../src/engine/learners/linear/logistic.ts';
import { ridge } from '../../../src/engine/learners/linear/ridge.ts';
import type { Model, ModelBundle } from '../../../src/engine/models/model.ts';
import { isDifferentiable } from '../../../src/engine/models/predictor.ts';
import { prepared } from '../../../src/engine/preparation/prepared-learner.ts';
import type { Params } from '../../../src/shared/space.ts';
import { checks, fitted } from '../learners/conformance.ts';
import { coded, dataset, numeric, parted, toy } from '../learners/toy-data.ts';
import { rich, strange } from './rich-data.ts';

/** A learner whose preparation is set to this, so that the learners' own suite runs over it. */
const set = (learner: Learner, params: Params): Learner => {
  const whole = prepared(learner);
  return {
    ...whole,
    fit(context, config) {
      const { info } = context.train;
      const known = [...whole.space(info).parameters, ...whole.optional!(info)].map(({ name }) => name);
      const own = Object.entries(params).filter(([name]) => known.includes(name));
      return whole.fit(context, { ...config, ...Object.fromEntries(own) });
    },
  };
};

/** What the suite says of bundles' parameters and of defaults is about the learner as it is, not as it is set here. */
const isOfModels = (name: string) => !['saves what it is', 'fits the corners of its space'].includes(name);

const sets: readonly (readonly [string, Learner])[] = [
  ['logistic regression on normal scales', set(logistic, { scaling: 'quantile' })],
  ['logistic regression on power scales', set(logistic, { scaling: 'power', imputation: 'mean' })],
  ['ridge regression on components', set(ridge, { scaling: 'robust', pca: 0.9 })],
  ['neighbours of few columns', set(knn, { selected_share: 0.5 })],
];

for (const [name, learner] of sets) {
  describe(name, () => {
    for (const task of learner.tags.tasks)
      for (const check of checks.filter((check) => isOfModels(check.name) && (check.applies?.(learner) ?? true)))
        it(`${task}: ${check.name}`, () => check.run(learner, task));
  });
}

const throughJson = ({ arrays, ...rest }: ModelBundle): ModelBundle => ({
  ...JSON.parse(JSON.stringify(rest)),
  arrays: structuredClone(arrays),
});

describe('a prepared learner', () => {
  it('has the parameters that mean something for the data, and few to search', () => {
    const whole = prepared(logistic);
    const names = ({ info }: Dataset) => {
      const own = new Set(logistic.space(info).parameters.map(({ name }) => name));
      return whole.space(info).parameters.flatMap(({ name }) => (own.has(name) ? [] : [name]));
    };
    const further = (data: Dataset) => whole.optional!(data.info).map(({ name }) => name);
    const plain = dataset('binary', [numeric('a', [1, 2, 3]), numeric('b', [3, 1, 2])], [0, 1, 0], 2);
    assert.deepEqual(names(plain), ['combinations', 'scaling']);
    assert.deepEqual(further(plain), ['selected_share', 'pca', 'balance']);
    assert.deepEqual(names(rich('binary', { missing: 0.1 })), ['texts', 'encoding', 'combinations', 'scaling']);
    assert.deepEqual(names(dataset('binary', [coded('a', ['x', 'y', 'x'])], [0, 1, 0], 2)), []);
  });

  it('is the learner itself where nothing is prepared, and reads its old bundles', async () => {
    const data = dataset('binary', toy('binary').features.columns.slice(0, 3), toyTruth(), 2);
    const plain = await fitted(logistic, data);
    const whole = await fitted(
      prepared(logistic),
      data,
      {},
      { ...logistic.defaults(data.info), scaling: 'native', combinations: 0 },
    );
    assert.equal(whole.save().params.scaling, 'native');
    const bundle = throughJson(whole.save());
    assert.deepEqual({ ...bundle, params: plain.save().params }, throughJson(plain.save()));
    for (const saved of [bundle, throughJson(plain.save())]) {
      const again = await prepared(logistic).load(saved);
      assert.deepEqual(await again.predict(data.features), await plain.predict(data.features));
    }
  });

  it('keeps its raw columns, parameters and words in the bundle', async () => {
    const data = rich('binary');
    const bundle = (await fitted(prepared(logistic), data)).save();
    assert.deepEqual(
      bundle.columns.map(({ name }) => name),
      data.features.columns.map(({ name }) => name),
    );
    assert.deepEqual(bundle.params, prepared(logistic).defaults(data.info));
    const { facts } = await prepared(logistic).load(throughJson(bundle));
    assert.match(facts.words, /dates taken apart, \d+ columns from texts/);
  });

  it('refuses a bundle that prepares in a newer way, and values it does not know', async () => {
    const bundle = throughJson((await fitted(prepared(logistic), rich('binary'))).save());
    const newer = structuredClone(bundle.state) as { preparation: { version: number; steps: { name: string }[] } };
    newer.preparation.version = 2;
    await assert.rejects(prepared(logistic).load({ ...bundle, state: newer }), { code: 'model-unreadable' });
    newer.preparation.version = 1;
    newer.preparation.steps[0].name = 'wavelets';
    await assert.rejects(prepared(logistic).load({ ...bundle, state: newer }), { code: 'model-unreadable' });
    const fit = fitted(prepared(logistic), rich('binary'), {}, { C: 1, scaling: 'largest' });
    await assert.rejects(fit, { code: 'parameter-value', message: /logistic\.scaling.*"largest"/ });
  });

  it('hands a parent on where its data were prepared alike, and not where they were not', async () => {
    const parents: (Model | undefined)[] = [];
    const watching = prepared({
      ...ridge,
      fit(context, params) {
        parents.push(context.warmStart);
        return ridge.fit(context, params);
      },
    });
    const data = rich('regression');
    const own = (scaling: string, dates = 'parts') => ({ ...ridge.defaults(data.info), scaling, dates });
    const parent = await fitted(watching, data, {}, own('power'));
    for (const params of [own('power'), own('robust'), own('power', 'number')])
      await fitted(watching, data, { warmStart: parent }, params);
    assert.deepEqual(
      parents.map((model) => model?.save().learner),
      [undefined, 'ridge', undefined, undefined],
    );
    // It is the learner's own model, of the prepared columns.
    assert.ok(parents[1]!.save().columns.some(({ name }) => name === 'when (weekday)'));
  });

  it('learns nothing from the rows that judge it', async () => {
    const [train, validation] = parted(rich('regression', { missing: 0.1 }), 200);
    const foreign = { ...validation, features: { ...strange, rowCount: 4 }, target: parted(validation, 4)[0].target };
    for (const learner of [ridge, knn]) {
      const params = { ...prepared(learner).defaults(train.info), scaling: 'quantile', encoding: 'target' };
      const bundles = [];
      for (const rows of [validation, foreign, undefined])
        bundles.push((await fitted(prepared(learner), train, { validation: rows }, params)).save());
      assert.deepEqual(bundles[1], bundles[0]);
      assert.deepEqual(bundles[2], bundles[0]);
    }
  });

  it('target means of a category without any bearing do not fool a learner', async () => {
    // 400 levels of two rows each and a target by chance: a mean with the row's own target in it would tell it.
    const rows = 800;
    const truth = Array.from({ length: rows }, (_, row) => ((row * 7919) % 13) / 6 - 1);
    const level = coded(
      'level',
      Array.from({ length: rows }, (_, row) => `l${row % 400}`),
    );
    const data = dataset('regression', [level], truth);
    const model = await fitted(prepared(ridge), data, {}, { alpha: 1, encoding: 'target' });
    const { values } = await model.predict(data.features);
    const spread = Math.max(...values) - Math.min(...values);
    assert.ok(spread < 1, `predictions spread over ${spread}`);
  });

  it('raw gradients are slopes, through scales and components', async () => {
    const data = rich('binary');
    const ways: Params[] = [{ scaling: 'power' }, { scaling: 'quantile' }, { scaling: 'robust', pca: 0.95 }];
    for (const params of ways) {
      const model = await fitted(prepared(logistic), data, {}, { C: 1, dates: 'parts', ...params });
      assert.ok(isDifferentiable(model));
      const row = takeRows(data.features, [12]);
      const target = parted(data, 1)[0].target;
      const { columns, values } = await model.inputGradient(row, target);
      assert.deepEqual(columns, ['skewed', 'twice', 'again', 'five', 'count', 'when', 'rate', 'rounds']);
      for (const name of ['skewed', 'twice', 'when']) {
        const column = row.columns.find((own) => own.name === name)!;
        assert.ok(column.kind === 'numeric');
        const size = name === 'when' ? 1e5 : 1e-3;
        const lossAt = async (by: number) => {
          const moved = withColumns(row, [{ ...column, values: column.values.map((value) => value + by) }]);
          const { values: p } = await model.predict(moved);
          return target.kind === 'classes' ? -Math.log(p[target.codes[0]]) : Number.NaN;
        };
        const slope = ((await lossAt(size)) - (await lossAt(-size))) / 2;
        const given = values[columns.indexOf(name)] * size;
        assert.ok(Math.abs(slope - given) < 0.02 * Math.abs(slope) + 1e-9, `${name}: ${given}, not ${slope}`);
      }
    }
  });
});

function toyTruth(): Int32Array {
  const { target } = toy('binary');
  assert.ok(target.kind === 'classes');
  return target.codes;
}
