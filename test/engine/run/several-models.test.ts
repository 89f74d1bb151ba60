import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { finalModel } from '../../../src/shared/results/final-models.ts';
import { modelComparisonWords } from '../../../src/shared/results/model-comparison.ts';
import type { StudySnapshot } from '../../../src/shared/results/study.ts';
import { readExperiment, smallProject } from './experiments.ts';

describe('several models of a search', () => {
  const { file } = smallProject(
    'search: { workers: 2, pruner: none }\nexplain: none\nrobustness: none\nlearners: [logistic, forest, knn]\nbudget: { trials: 6 }',
  );
  const engine = new Engine();
  let snapshot: StudySnapshot;
  before(async () => {
    const experiment = readExperiment(readFileSync(file, 'utf8'), file);
    await engine.call('run.start', { experiment });
    snapshot = await engine.call('run.wait', { file });
  });
  after(() => engine.close());

  it('two are compared on rows that neither was fitted on, and what was found is kept', async () => {
    const [best, other] = snapshot.leaderboard;
    const told = await engine.call('models.compare', { file, first: best.trial, second: other.trial });
    assert.deepEqual(told.first, { candidate: best.trial, learner: best.learner });
    assert.deepEqual(told.second, { candidate: other.trial, learner: other.learner });
    assert.equal(told.scores[0].metric, 'log_loss');
    assert.ok(told.folds && told.folds.interval.low <= told.folds.interval.high);
    assert.deepEqual([told.rows, told.outOfFold], [96, true], 'all rows but the test part');
    // The mean over the folds of the difference is that of the leaderboard.
    assert.ok(Math.abs(told.folds.difference - (other.values[0] - best.values[0])) < 1e-9);
    assert.deepEqual(await engine.call('models.compare', { file, first: 'best', second: other.trial }), told);
    assert.match(
      modelComparisonWords(told),
      /^Trial \d+ \(\w+\) against trial \d+ \(\w+\) on \d+ rows, each predicted by models that were not fitted on it:\n/,
    );
  });

  it('one of them may be the ensemble', async () => {
    assert.ok(finalModel(snapshot.finals, 'ensemble'), snapshot.message);
    const told = await engine.call('models.compare', { file, first: 'readable', second: 'ensemble' });
    assert.equal(told.first.learner, 'logistic');
    assert.deepEqual(told.second, { candidate: 'ensemble', learner: 'ensemble' });
    assert.equal(told.folds, undefined);
    assert.equal(told.outOfFold, true);
    // The mean of the folds and the score of all rows together are nearly the same.
    const whole = finalModel(snapshot.finals, 'ensemble')?.metrics.log_loss ?? 0;
    assert.ok(Math.abs(told.scores[0].second - whole) < 0.1 * whole, `${told.scores[0].second} and ${whole}`);
    await assert.rejects(engine.call('models.compare', { file, first: 'ensemble', second: 'ensemble' }), {
      code: 'same-model',
    });
    await assert.rejects(engine.call('models.compare', { file, first: 'best', second: 999 }), { code: 'no-trial' });
  });

  it('one of them may be a model that a person has edited: only the edited column makes the difference', async () => {
    await engine.call('edit.save', { file, trial: 'readable', edits: [{ kind: 'zero', weight: 'x' }] });
    const told = await engine.call('models.compare', { file, first: 'readable', second: 'edit-1' });
    assert.deepEqual(told.second, { candidate: 'edit-1', learner: 'logistic' });
    assert.equal(told.outOfFold, undefined, 'an edited model has no folds');
    assert.ok(told.scores[0].interval.low > 0, 'x decides: without it the model is worse');
    for (const { columns, second } of told.differing[0].why?.contributions ?? [])
      if (columns[0] === 'x') assert.ok(Math.abs(second) < 1e-9);
    assert.deepEqual(told.differing[0].why?.contributions[0].columns, ['x']);
  });

  it('all are compared by their errors out of fold', async () => {
    const told = await engine.call('models.correlation', { file });
    const complete = snapshot.counts.complete;
    assert.equal(told.models.length + told.further, complete);
    assert.ok(told.models.length >= 2 && told.matrix.length === told.models.length);
    const members = finalModel(snapshot.finals, 'ensemble')?.members ?? [];
    for (const { trial, weight } of members)
      assert.equal(told.models.find((one) => one.trial === trial)?.weight, weight);
    assert.ok(told.matrix.flat().every((value) => value >= -1 && value <= 1 + 1e-12));
  });

  it('what matters to each is made within its time, and kept', async () => {
    const before = await engine.call('models.importances', { file, seconds: 0 });
    assert.deepEqual(before.models, []);
    assert.deepEqual(before.missing.map(({ learner }) => learner).sort(), ['ensemble', 'forest', 'knn', 'logistic']);
    const told = await engine.call('models.importances', { file });
    assert.deepEqual(told.missing, []);
    assert.equal(told.models[0].candidate, 'ensemble');
    // The answer is whether x is positive, nearly.
    assert.equal(told.columns[0], 'x');
    for (const { shares } of told.models) assert.ok(shares[0] > 0.5);
    assert.ok(told.agreement !== null);
    assert.deepEqual(await engine.call('models.importances', { file, seconds: 0 }), told);
    const { explanations } = await engine.call('ensemble.show', { file });
    assert.deepEqual(
      explanations.map(({ kind }) => kind),
      ['permutation-importance'],
    );
  });
});
