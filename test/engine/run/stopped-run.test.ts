import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Engine } from '../../../src/engine/index.ts';
import { readExperiment, smallProject } from './experiments.ts';

describe('a run that is stopped', { timeout: 120_000 }, () => {
  before(() => {
    process.env.VITRINE_LEARNERS = join(import.meta.dirname, 'learners/never-refitted.ts');
  });
  after(() => {
    delete process.env.VITRINE_LEARNERS;
  });

  const project = (learners: readonly string[]) => {
    const { file } = smallProject();
    const base = readExperiment(readFileSync(file, 'utf8'), file);
    const search = { ...base.search, workers: 1 };
    return {
      ...base,
      learners: [...learners],
      search,
      budget: {},
      explain: 'none' as const,
      ensemble: 'none' as const,
    };
  };
  const untilFinished = async (engine: Engine, file: string, count: number) => {
    for (let done = 0; done < count; ) {
      await delay(50);
      const { counts, run, message } = await engine.call('study.show', { file });
      assert.ok(['preparing', 'searching'].includes(run), message);
      done = counts.complete;
    }
  };

  it('makes the final models only where they are ready after a few seconds, and says which are not', async (test) => {
    const experiment = project(['never_refitted']);
    const { file } = experiment;
    const engine = new Engine();
    test.after(() => engine.close());
    await engine.call('run.start', { experiment });
    // The baseline, and the learner itself.
    await untilFinished(engine, file, 2);
    await engine.call('run.stop', { file, why: 'Stopped by a test.' });
    const { run, message, finals } = await engine.call('run.wait', { file });
    assert.equal(run, 'stopped');
    assert.match(
      message,
      /^Stopped by a test\. Not made, as the run was stopped and this took longer than 5 s: the best /,
    );
    assert.match(message, /The best trial was not attacked\. The next run goes on from here\.$/);
    assert.deepEqual(
      finals?.models.map(({ role }) => role),
      ['single'],
    );
  });

  it('makes none where they are skipped, and keeps those of the run before', async (test) => {
    const experiment = project(['logistic']);
    const { file } = experiment;
    const engine = new Engine();
    test.after(() => engine.close());
    await engine.call('run.start', { experiment: { ...experiment, budget: { trials: 2 } } });
    const first = await engine.call('run.wait', { file });
    assert.equal(first.run, 'finished', first.message);
    await engine.call('run.start', { experiment });
    await untilFinished(engine, file, 3);
    await engine.call('run.stop', { file, skip: true });
    const { run, message, finals } = await engine.call('run.wait', { file });
    assert.equal(run, 'stopped');
    assert.match(message, /^Stopped by the person\. Not made, as this was skipped: the best /);
    assert.deepEqual(finals?.models, first.finals?.models);
  });
});
