import assert from 'node:assert/strict';
import { takeRows } from '../../../../src/engine/data/table.ts';
import { defaultMetric } from '../../../../src/shared/metrics.ts';
import { classesOf } from '../toy-data.ts';
import { threeQuarters, toyFor } from '../toys-for.ts';
import { type Check, fitted, loss, predictions } from './check.ts';
import { assertFits } from './sound.ts';
import { toySizeOf } from './toy-size.ts';

/** What a model predicts, and says of itself. */
export const learning: readonly Check[] = [
  {
    name: 'predicts what the task asks for',
    run: (learner, task) =>
      assertFits(learner, toyFor(learner, task), toyFor(learner, task, { seed: 2, rows: 20 }).features),
  },
  {
    name: 'says what it fitted',
    async run(learner, task) {
      const model = await fitted(learner, toyFor(learner, task));
      assert.equal(model.task, task);
      assert.deepEqual(model.classes, toyFor(learner, task).info.classes);
      assert.ok(model.facts.parameters > 0 && model.facts.bytes > 0 && model.facts.words.length > 0);
      assert.equal(model.facts.resource?.name, learner.tags.resource);
    },
  },
  {
    name: 'beats the constant baseline',
    applies: (learner) => learner.name !== 'constant',
    async run(learner, task) {
      const [train, test] = threeQuarters(toyFor(learner, task, { rows: toySizeOf(learner).telling }));
      const [fitting, validation] = threeQuarters(train);
      const model = await fitted(learner, fitting, { validation });
      const baseline = { binary: 0.69, multiclass: 1.09, regression: 2.2 }[task];
      const reached = loss(await model.predict(test.features), test);
      assert.ok(reached < 0.6 * baseline, `${defaultMetric(task)} ${reached} against ${baseline} of the baseline`);
    },
  },
  {
    name: 'predicts each row by itself',
    async run(learner, task) {
      const data = toyFor(learner, task, { missing: 0.1 });
      const model = await fitted(learner, data);
      const width = Math.max(1, classesOf(task));
      const all = await predictions(model, data.features);
      const few = await predictions(model, takeRows(data.features, [17, 3]));
      const expected = [17, 3].flatMap((row) => [...all.subarray(row * width, (row + 1) * width)]);
      few.forEach((value, i) => {
        assert.ok(
          Math.abs(value - expected[i]) <= 1e-6 * Math.max(1, Math.abs(expected[i])),
          `${value}, not ${expected[i]}`,
        );
      });
    },
  },
  {
    name: 'refuses rows without one of its columns',
    async run(learner, task) {
      const data = toyFor(learner, task);
      const model = await fitted(learner, data);
      const lacking = { ...data.features, columns: data.features.columns.filter(({ name }) => name !== 'x') };
      await assert.rejects(async () => model.predict(lacking), RangeError);
    },
  },
  {
    name: 'leaves its data as it was',
    async run(learner, task) {
      const [train, validation] = threeQuarters(toyFor(learner, task));
      const before = structuredClone({ train, validation });
      await (await fitted(learner, train, { validation })).predict(validation.features);
      assert.deepEqual({ train, validation }, before);
    },
  },
];
