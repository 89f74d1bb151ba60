import assert from 'node:assert/strict';
import { createRandom } from '../../../../src/engine/random.ts';
import { shuffledColumns } from '../toy-data.ts';
import { toyFor } from '../toys-for.ts';
import { type Check, fitted, predictions } from './check.ts';

/** What a fitted model may depend on: its seed and its data, however they are laid out. */
export const determinism: readonly Check[] = [
  {
    name: 'same seed, same model',
    applies: (learner) => learner.tags.deterministic,
    async run(learner, task) {
      const data = toyFor(learner, task);
      const [a, b] = [await fitted(learner, data), await fitted(learner, data)];
      assert.deepEqual(await predictions(a, data.features), await predictions(b, data.features));
      assert.deepEqual(a.save(), b.save());
    },
  },
  {
    name: 'does not depend on the order of columns or the coding of levels',
    async run(learner, task) {
      const data = toyFor(learner, task, { missing: 0.1 });
      const shuffled = shuffledColumns(data.features, createRandom(4));
      const model = await fitted(learner, data);
      const expected = await predictions(model, data.features);
      assert.deepEqual(await predictions(model, shuffled), expected, 'when predicting');
      if (!learner.tags.deterministic) return;
      const refitted = await fitted(learner, { ...data, features: shuffled });
      assert.deepEqual(await predictions(refitted, data.features), expected, 'when fitting');
    },
  },
];
