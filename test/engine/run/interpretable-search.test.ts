import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { readExperiment, smallProject } from './experiments.ts';

test('how a model reads is measured where the experiment asks for it, as objective and as constraint', async () => {
  const { file } = smallProject(
    `explain: none
robustness: none
ensemble: none
learners: [logistic, tree, boosting]
objectives: [log_loss, interaction_strength, model_reading]
constraints: ['features_used <= 2', 'main_effect_complexity <= 20']
search: { workers: 1 }
budget: { trials: 6 }`,
  );
  const engine = new Engine();
  try {
    await engine.call('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    const { leaderboard } = await engine.call('run.wait', { file });
    const { trials } = await engine.call('trials.list', { file, limit: 100 });
    const complete = trials.filter(({ state }) => state === 'complete');
    assert.equal(complete.length, 6);
    for (const { values, metrics, number } of complete) {
      assert.deepEqual(values, [metrics.log_loss, metrics.interaction_strength, metrics.model_reading]);
      const broken = leaderboard.find(({ trial }) => trial === number)?.broken ?? [];
      assert.equal(
        broken.some((words) => words.startsWith('features_used')),
        Number(metrics.features_used) > 2,
      );
      assert.ok(Number(metrics.main_effect_complexity) >= 0);
    }
    const first = (learner: string) => complete.find((trial) => trial.learner === learner)?.metrics ?? {};
    const [constant, logistic, boosting] = ['constant', 'logistic', 'boosting'].map(first);
    assert.deepEqual([constant.features_used, constant.interaction_strength, constant.model_reading], [0, 0, 1]);
    assert.ok(Number(logistic.interaction_strength) < 0.2);
    assert.ok(Number(boosting.model_reading) > 100, 'what nobody can follow is as long as all that it is saved as');
    assert.ok(Number(logistic.model_reading) < 20);
  } finally {
    await engine.close();
  }
});
