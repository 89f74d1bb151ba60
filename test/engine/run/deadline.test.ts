import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { foldsOutOfTime, trainingDeadline } from '../../../src/engine/run/training-deadline.ts';
import { readExperiment, smallProject } from './experiments.ts';

describe('the end of the time budget', () => {
  it('comes for a training one stretch before it would be cut off', () => {
    let now = 0;
    const isDue = trainingDeadline(10, () => now);
    const isDueAfter = (milliseconds: number) => {
      now += milliseconds;
      return isDue();
    };
    assert.equal(isDueAfter(3_000), false, '7 s are left, for two stretches of 3 s');
    assert.equal(isDueAfter(1_000), false);
    assert.equal(isDueAfter(2_500), true, '3.5 s are left: another stretch may end too late');
  });

  it('is foreseen after each fold: the others take about as long', () => {
    assert.equal(foldsOutOfTime(4, 2, 5, 11), null);
    assert.equal(foldsOutOfTime(4, 2, 5, 9), 'After 2 of 5 folds the rest would take about 6 s, and 5 s are left.');
    assert.equal(foldsOutOfTime(4, 2, 5, null), null);
  });

  it('never comes where time does not limit the search', () => {
    assert.equal(trainingDeadline(null)(), false);
  });

  it('leaves a model of a training that is not done, and says so', { timeout: 60_000 }, async () => {
    const { file } = smallProject();
    const base = readExperiment(readFileSync(file, 'utf8'), file);
    assert.ok(base.data);
    const experiment = {
      ...base,
      data: { ...base.data, validation: { kind: 'holdout' as const, share: 0.2 } },
      learners: ['endless'],
      budget: { seconds: 8 },
      search: { ...base.search, workers: 1 },
      explain: 'none' as const,
      robustness: 'none' as const,
    };
    process.env.VITRINE_LEARNERS = join(import.meta.dirname, 'learners/endless.ts');
    const engine = new Engine();
    try {
      await engine.call('run.start', { experiment });
      const snapshot = await engine.call('run.wait', { file });
      const { trials } = await engine.call('trials.list', { file });
      const endless = trials.find((trial) => trial.learner === 'endless');
      assert.equal(snapshot.run, 'finished', snapshot.message);
      assert.equal(endless?.state, 'complete', endless?.message);
      assert.match(String(endless?.attributes.shortened), /^ended after \d+ rounds for want of time$/);
      assert.match(endless?.model?.words ?? '', /for want of time$/);
    } finally {
      delete process.env.VITRINE_LEARNERS;
      await engine.close();
    }
  });
});
