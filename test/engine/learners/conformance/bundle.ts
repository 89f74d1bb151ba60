import assert from 'node:assert/strict';
import type { Learner } from '../../../../src/engine/learners/learner.ts';
import type { Model, ModelBundle } from '../../../../src/engine/models/model.ts';
import { toyFor } from '../toys-for.ts';
import { type Check, fitted, predictions } from './check.ts';

const reloaded = (learner: Learner, bundle: ModelBundle): Promise<Model> => {
  const { arrays, ...rest } = bundle;
  return learner.load({ ...JSON.parse(JSON.stringify(rest)), arrays: structuredClone(arrays) });
};

/** A model is the same after it was saved. */
export const bundle: readonly Check[] = [
  {
    name: 'predicts the same after saving and loading',
    async run(learner, task) {
      const data = toyFor(learner, task, { missing: 0.1 });
      const model = await fitted(learner, data);
      const again = await reloaded(learner, model.save());
      assert.deepEqual(await predictions(again, data.features), await predictions(model, data.features));
      assert.deepEqual([again.task, again.classes, again.facts], [model.task, model.classes, model.facts]);
      const plain = (bundle: ModelBundle) => JSON.parse(JSON.stringify({ ...bundle, arrays: undefined }));
      assert.deepEqual(plain(again.save()), plain(model.save()));
      assert.deepEqual(again.save().arrays, model.save().arrays);
    },
  },
  {
    name: 'saves what it is',
    async run(learner, task) {
      const data = toyFor(learner, task);
      const bundle = (await fitted(learner, data, { seed: 5 })).save();
      assert.deepEqual([bundle.format, bundle.version, bundle.learner], ['vitrine-model', 1, learner.name]);
      assert.deepEqual([bundle.seed, bundle.dataHash, bundle.task], [5, data.info.hash, task]);
      assert.deepEqual(
        bundle.columns.map(({ name, type }) => [name, type]),
        data.features.columns.map(({ name, type }) => [name, type]),
      );
      assert.deepEqual(bundle.params, learner.defaults(data.info));
    },
  },
];
