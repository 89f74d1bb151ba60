import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { readSnapshot } from '../../../src/engine/data/snapshot.ts';
import { attackModel } from '../../../src/engine/run/analyse.ts';
import { explainModel } from '../../../src/engine/run/explain.ts';
import { finishRun } from '../../../src/engine/run/finish.ts';
import type { Job } from '../../../src/engine/run/job.ts';
import { Pool } from '../../../src/engine/run/pool.ts';
import { prepareStudy } from '../../../src/engine/run/prepare-study.ts';
import type { RunContext } from '../../../src/engine/run/run-context.ts';
import { runTrial } from '../../../src/engine/run/run-trial.ts';
import { startStudyMeter } from '../../../src/engine/run/study-meter.ts';
import { subjectOf } from '../../../src/engine/run/subject.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { readExperiment, smallProject } from './experiments.ts';

const never = new AbortController().signal;

async function prepared(split: string) {
  const { folder, file } = smallProject('explain: none\nrobustness: none');
  const text = readFileSync(file, 'utf8').replace('split: { validation: { folds: 3 } }', split);
  const experiment = readExperiment(text, file);
  const store = new Store(folder);
  return { experiment, store, study: await prepareStudy(experiment, store, false, never) };
}

describe('the test part', () => {
  for (const [name, split] of [
    ['a share', 'split: { test: 0.25 }'],
    ['the last in time', 'split: { test: 0.25 }, time: x'],
    ['whole groups', 'split: { test: 0.25 }, group: y'],
  ]) {
    it(`has no row of the search's copy, and none is lost: ${name}`, async () => {
      const { store, study } = await prepared(split);
      assert.ok(study.data);
      const { development, testSnapshot } = study.data;
      assert.ok(testSnapshot);
      const seen = new Set((await readSnapshot(development.snapshot)).rowIds);
      const kept = new Set((await readSnapshot(testSnapshot)).rowIds);
      assert.ok(kept.size > 0);
      for (const row of kept) assert.ok(!seen.has(row), `row ${row} is in both`);
      assert.deepEqual(
        [...seen, ...kept].sort((a, b) => a - b),
        Array.from({ length: 120 }, (_, row) => row),
      );
      store.close();
    });
  }

  it('is named by the jobs that make the final models alone: no job of the search or of an analysis knows where it is', async () => {
    const { experiment, store, study } = await prepared('split: { test: 0.25, validation: { folds: 3 } }');
    const jobs: Job[] = [];
    class WatchedPool extends Pool {
      override run<K extends Job['kind']>(job: Extract<Job, { kind: K }>, options = {}) {
        jobs.push(job);
        return super.run<K>(job, options);
      }
    }
    const pool = new WatchedPool({ workers: 1 });
    const meter = await startStudyMeter(experiment);
    const context: RunContext = {
      experiment,
      store,
      prepared: study,
      pool,
      meter,
      plan: null,
      stop: never,
      cut: never,
    };
    for (let i = 0; i < 3; i++) await runTrial(context, study.study.ask(), never);
    assert.deepEqual(await finishRun(context), []);
    const stored = store.trials.get(study.record.id, 1);
    assert.ok(stored);
    const analysis = { pool, signal: never, progress: () => undefined };
    const found = { store, study: study.record };
    const subject = subjectOf(found, stored);
    await explainModel(found, subject, { kind: 'permutation-importance' }, analysis);
    await attackModel(found, subject, analysis);
    pool.close();
    await meter.stop();
    store.close();

    assert.ok(study.data);
    const { testSnapshot, development } = study.data;
    const naming = jobs.filter((job) => JSON.stringify(job).includes(basename(testSnapshot ?? '?')));
    assert.deepEqual(
      naming.map(({ kind }) => kind),
      ['refit', 'ensemble'],
    );
    assert.deepEqual(
      jobs.map(({ kind }) => kind),
      ['trial', 'trial', 'trial', 'refit', 'ensemble', 'explain', 'attack'],
    );
    for (const job of jobs) assert.ok(JSON.stringify(job).includes(basename(development.snapshot)), job.kind);
  });
});
