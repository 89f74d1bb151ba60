import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import type { StudySnapshot } from '../../../src/shared/results/study.ts';
import type { TrialRecord } from '../../../src/shared/trial.ts';
import { readExperiment, smallProject } from './experiments.ts';

const quiet = 'explain: none\nrobustness: none\n';

/** Runs the experiment file as it stands and returns what a view sees of it. */
async function run(file: string): Promise<{ snapshot: StudySnapshot; trials: readonly TrialRecord[] }> {
  const engine = new Engine();
  try {
    await engine.call('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    const snapshot = await engine.call('run.wait', { file });
    const { trials } = await engine.call('trials.list', { file, limit: 1000 });
    return { snapshot, trials };
  } finally {
    await engine.close();
  }
}

describe('search settings of an experiment', () => {
  it('the best trial keeps the constraints; those that break one come after, and say which', async () => {
    const { file } = smallProject(
      `${quiet}learners: [forest, logistic]\nconstraints: ['model_size <= 5kB']\nsearch: { workers: 1 }\nbudget: { trials: 8 }`,
    );
    const { snapshot, trials } = await run(file);
    const size = (number: number) => trials[number].metrics.model_size ?? Number.NaN;
    assert.ok(trials.some(({ number }) => size(number) > 5000) && trials.some(({ number }) => size(number) <= 5000));
    assert.ok(size(snapshot.best ?? -1) <= 5000);
    for (const { trial, broken } of snapshot.leaderboard) {
      assert.equal(broken.length, size(trial) > 5000 ? 1 : 0);
      if (broken[0]) assert.match(broken[0], /^model_size <= 5kB, but [\d.]+[kM]?B$/);
    }
    const order = snapshot.leaderboard.map(({ broken }) => broken.length);
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  });

  it('robustness and interpretability are measured where they are objectives', async () => {
    const { file } = smallProject(
      `${quiet}learners: [tree]\nobjectives: [log_loss, robustness, interpretability]\nsearch: { workers: 1 }\nbudget: { trials: 4 }`,
    );
    const { trials } = await run(file);
    for (const { state, values, metrics } of trials) {
      assert.equal(state, 'complete');
      assert.deepEqual(values, [metrics.log_loss, metrics.robustness, metrics.interpretability]);
      for (const share of values?.slice(1) ?? []) assert.ok(share >= 0 && share <= 1);
    }
    const constant = trials.find(({ learner }) => learner === 'constant');
    assert.equal(constant?.metrics.interpretability, 1);
    assert.ok(trials.some(({ metrics }) => Number(metrics.interpretability) < 1));
  });

  it('settings without effect are said', async () => {
    const { file } = smallProject(
      `${quiet}learners: [tree]\nsearch: { workers: 1, sampler: tpe, resource: rows, hypergradients: reverse }\nbudget: { trials: 2 }`,
    );
    const { snapshot } = await run(file);
    const notes = snapshot.notes.join(' ');
    assert.match(notes, /`search.resource` has no effect: the sampler tpe gives every trial all/);
    assert.match(notes, /`search.hypergradients` has no effect: none of the learners/);
  });

  it('forbidden combinations are never tried', async () => {
    const { file } = smallProject(
      `${quiet}learners: [tree]\nspace: { tree: { max_depth: { int: [1, 4] } } }\nforbidden: [{ tree.max_depth: [2, 3] }]\nsearch: { workers: 1 }\nbudget: { trials: 12 }`,
    );
    const { trials } = await run(file);
    const depths = new Set(trials.map(({ params }) => params['tree.max_depth']));
    assert.ok(depths.has(1) && depths.has(4));
    assert.ok(!depths.has(2) && !depths.has(3));
  });

  it('a default configuration may be forbidden: it is not tried first', async () => {
    const { file } = smallProject(
      `${quiet}learners: [logistic, tree]\nforbidden: [{ logistic.C: 1 }, { learner: tree }]\nsearch: { workers: 1 }\nbudget: { trials: 4 }`,
    );
    const { snapshot, trials } = await run(file);
    assert.equal(snapshot.run, 'finished', snapshot.message);
    assert.deepEqual(
      trials.map(({ learner }) => learner),
      ['constant', 'logistic', 'logistic', 'logistic'],
    );
    assert.ok(trials.every(({ params }) => params['logistic.C'] !== 1));
  });

  it('an architecture search proposes nothing that is forbidden', async () => {
    const { file } = smallProject(
      `${quiet}learners: [mlp, tree]\nnas: evolution\nforbidden: [{ learner: mlp, mlp.optimizer: adam }]\nsearch: { workers: 1 }\nbudget: { trials: 5 }`,
    );
    const { snapshot, trials } = await run(file);
    assert.equal(snapshot.run, 'finished', snapshot.message);
    assert.ok(trials.some(({ learner }) => learner === 'mlp'));
    assert.ok(trials.every(({ params }) => params['mlp.optimizer'] !== 'adam'));
  });

  it('a space that changed between runs goes on with the same study, and says which trials are outside', async () => {
    const text = (depth: string) =>
      `${quiet}learners: [tree]\nspace: { tree: { max_depth: { int: ${depth} } } }\nsearch: { workers: 1 }\nbudget: { trials: 6 }`;
    const { file } = smallProject(text('[1, 4]'));
    const before = await run(file);
    writeFileSync(file, readFileSync(file, 'utf8').replace('[1, 4]', '[5, 9]'));
    const after = await run(file);
    assert.deepEqual(
      after.trials.slice(0, before.trials.length).map(({ params }) => params),
      before.trials.map(({ params }) => params),
    );
    const added = after.trials.slice(before.trials.length);
    assert.ok(added.length > 0);
    for (const { params } of added) if (params.learner === 'tree') assert.ok(Number(params['tree.max_depth']) >= 5);
    assert.match(after.snapshot.notes.join(' '), /5 trials are outside of the space as it is now/);
  });

  // So many that the first bracket reaches the whole resource.
  for (const [resource, budget] of [
    ['rows', 14],
    ['folds', 14],
    ['training', 42],
  ] as const) {
    it(`hyperband shares out ${resource}, and only whole trials are the best`, async () => {
      const { file } = smallProject(
        `${quiet}learners: [boosting]\nsearch: { workers: 1, sampler: hyperband, resource: ${resource} }\nbudget: { trials: ${budget} }`,
        400,
      );
      const { snapshot, trials } = await run(file);
      const partial = trials.filter(
        ({ fidelity }) => fidelity !== undefined && fidelity < Math.max(...trials.map((trial) => trial.fidelity ?? 0)),
      );
      assert.ok(
        partial.length > 0 && trials.every(({ state }) => state === 'complete'),
        trials.map(({ message }) => message).join('; '),
      );
      const highest = Math.max(...trials.map(({ fidelity }) => fidelity ?? Number.POSITIVE_INFINITY));
      const best = trials[snapshot.best ?? -1];
      assert.equal(best.fidelity ?? Number.POSITIVE_INFINITY, highest);
      if (resource === 'folds')
        for (const { fidelity, foldMetrics } of partial) assert.equal(foldMetrics.length, fidelity);
      if (resource === 'training') {
        for (const { fidelity, model } of partial) assert.ok((model?.resource?.best ?? 0) <= (fidelity ?? 0));
      }
    });
  }
});
