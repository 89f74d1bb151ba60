import assert from 'node:assert/strict';
import { type Dataset, takeDataset } from '../../../../src/engine/data/dataset.ts';
import { constant } from '../../../../src/engine/learners/constant.ts';
import type { FitContext } from '../../../../src/engine/learners/learner.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { classesOf } from '../toy-data.ts';
import { isHigh, undecidedData } from '../toys-for.ts';
import { type Check, fitted, hasResource, predictions } from './check.ts';
import { toySizeOf } from './toy-size.ts';

/** Rows that count more than others. */
export const weights: readonly Check[] = [
  {
    name: 'weighs rows as if they were repeated',
    applies: (learner) => learner.tags.weighsRows === true,
    async run(learner, task) {
      const train = undecidedData(learner, task, 120, 1);
      const { features } = undecidedData(learner, task, 200, 2);
      // Rows of the second class, or of a large value, count four times.
      const repeats = Array.from({ length: 120 }, (_, row): number => (isHigh(train, row) ? 4 : 1));
      const unit = repeats.reduce((a, b) => a + b) / repeats.length;
      const weights = Float64Array.from(repeats, (times) => times / unit);
      const repeated = takeDataset(
        train,
        repeats.flatMap((times, row) => Array.from({ length: times }, () => row)),
      );
      const params = learner.defaults(train.info);
      const resource = hasResource(learner) ? toySizeOf(learner).weighing : undefined;
      const level = async (data: Dataset, context: Partial<FitContext>) =>
        meanLevel(task, await predictions(await fitted(learner, data, { resource, ...context }, params), features));
      const plain = await level(train, {});
      const weighted = await level(train, { weights });
      const likewise = await level(repeated, {});
      // On average only, and rather nearer to the weighted mean of the target: a learner that asks for some rows in a leaf is
      // content with one that stands there often enough, and learns it by heart.
      const mean = meanLevel(task, await predictions(await fitted(constant, train, { weights }), features));
      const shift = likewise - plain;
      const words = `${weighted} with weights, ${likewise} with repeated rows, ${plain} with neither`;
      assert.ok(weighted > plain + 0.65 * shift, words);
      assert.ok(weighted < Math.max(likewise, mean) + 0.2 * shift, words);
    },
  },
];

/** Mean probability of the second class, or mean value. */
function meanLevel(task: Task, values: Float64Array): number {
  const width = Math.max(1, classesOf(task));
  const own = values.filter((_, i) => width === 1 || i % width === 1);
  return own.reduce((a, b) => a + b, 0) / own.length;
}
