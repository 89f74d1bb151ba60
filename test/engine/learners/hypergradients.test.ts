import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import { measure } from '../../../src/engine/metrics/measure.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { Task } from '../../../src/shared/task.ts';
import { noisyData } from './noisy-data.ts';

const tuning = learners.filter(({ tags }) => tags.tunesPenalties);

async function lossOf(name: string, train: Dataset, test: Dataset, how: 'none' | 'one-step' | 'reverse') {
  const learner = learners.find((one) => one.name === name);
  assert.ok(learner);
  const model = await learner.fit(
    {
      train,
      seed: 3,
      signal: new AbortController().signal,
      report: async () => 'continue',
      ...(how !== 'none' && { hypergradients: how }),
    },
    learner.defaults(train.info),
  );
  const prediction = await model.predict(test.features);
  const { log_loss, rmse } = measure(prediction, test.target, train.info.task);
  return { loss: log_loss ?? rmse ?? Number.NaN, words: model.facts.words };
}

test('networks and linear models tune their penalties', () => {
  assert.deepEqual(tuning.map(({ name }) => name).sort(), ['logistic', 'mlp', 'ridge']);
});

for (const learner of tuning) {
  const network = learner.name === 'mlp';
  for (const task of learner.tags.tasks as Task[]) {
    describe(`${learner.name}, ${task}: forty columns of noise and two that decide`, () => {
      const train = noisyData(task, network ? 240 : 1800, createRandom(1));
      const held = noisyData(task, 1000, createRandom(2));
      for (const how of ['one-step', 'reverse'] as const) {
        test(`${how} gradients say what they found, and do not make it worse`, async () => {
          const plain = await lossOf(learner.name, train, held, 'none');
          const tuned = await lossOf(learner.name, train, held, how);
          assert.doesNotMatch(plain.words, /tuned/);
          assert.match(
            tuned.words,
            network ? /weight decay tuned by one-step/ : /a penalty for each input, .* tuned by/,
          );
          // The network gives 15 % of its few rows away for it.
          assert.ok(tuned.loss < (network ? 1.1 : 1) * plain.loss, `${plain.loss} -> ${tuned.loss}: ${tuned.words}`);
        });
      }
      if (network) return;
      test('few rows keep the penalty that was asked for, and say so', async () => {
        const few = noisyData(task, 240, createRandom(1));
        const [plain, kept] = await Promise.all(
          (['none', 'reverse'] as const).map((how) => lossOf(learner.name, few, held, how)),
        );
        assert.equal(kept.loss, plain.loss);
        assert.match(kept.words, /its penalty not tuned: 240 rows are too few to choose by/);
      });
    });
  }
}
