import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { Fairness, Mitigation } from '../../../src/shared/results/fairness.ts';
import { finalModel, finalModelsWords } from '../../../src/shared/results/final-models.ts';
import type { TrialRecord } from '../../../src/shared/trial.ts';
import { readExperiment, smallProject } from './experiments.ts';

/** Applicants whose group decides part of the label: by as much as `bias` adds to the score of the women. */
function applicants(rows: number, bias: number, seed: number): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: rows }, () => {
    const sex = random.uniform() < 0.5 ? 'f' : 'm';
    const merit = random.normal();
    // Tells the group to a model that does not see it.
    const height = random.normal() + (sex === 'm' ? 2 : -2);
    const score = 1.5 * merit + (sex === 'f' ? -bias : bias);
    const answer = random.uniform() < 1 / (1 + Math.exp(-score)) ? 'yes' : 'no';
    return `${merit.toFixed(3)},${height.toFixed(3)},${sex},${answer}`;
  });
  return ['merit,height,sex,answer', ...lines].join('\n');
}

const quick = 'search: { workers: 2, pruner: none, sampler: random }\nrobustness: none\nexplain: none\n';

async function searched(
  engine: Engine,
  bias: number,
  yaml: string,
  data = '{ path: data.csv, target: answer, ignore: [sex], sensitive: [sex], split: { validation: { folds: 3 } } }',
) {
  const { folder, file } = smallProject();
  writeFileSync(join(folder, 'data.csv'), applicants(1500, bias, 3));
  writeFileSync(file, `data: ${data}\n${quick}${yaml}\n`);
  await engine.call('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
  const snapshot = await engine.call('run.wait', { file });
  const { trials } = await engine.call('trials.list', { file, limit: 100 });
  return { folder, file, snapshot, trials };
}

const fairnessOf = ({ fairness }: TrialRecord) => fairness![0];

describe('a search that is to treat groups alike', () => {
  let engine: Engine;
  before(() => {
    engine = new Engine();
  });
  after(() => engine.close());

  it('measures each trial, keeps the bound by reweighting, and shows what it costs', async () => {
    const { file, snapshot, trials } = await searched(
      engine,
      1,
      'learners: [logistic, knn]\nobjectives: [accuracy]\nconstraints: ["fairness(sex) <= 0.2"]\nbudget: { trials: 5 }',
    );
    const of = (learner: string, mitigation: string) =>
      trials.find((one) => one.learner === learner && one.params[`${learner}.mitigation`] === mitigation)!;
    const [plain, weighed, drawn] = [of('logistic', 'none'), of('logistic', 'reweight'), of('knn', 'reweight')];
    assert.equal(plain.metrics['fairness(sex)'], fairnessOf(plain).value);
    assert.ok(fairnessOf(plain).value > 0.4, 'a model that does not see sex tells it by height');
    assert.ok(fairnessOf(weighed).value < 0.2 && fairnessOf(weighed).interval!.low <= fairnessOf(weighed).value);
    assert.ok(fairnessOf(drawn).value < fairnessOf(of('knn', 'none')).value - 0.1);
    assert.match(weighed.model!.words, /rows reweighted by sex/);
    assert.match(drawn.model!.words, /rows drawn in proportion to weights by sex, which the learner does not take/);
    assert.equal(snapshot.best, weighed.number);
    const broken = snapshot.leaderboard.find(({ trial }) => trial === plain.number)!.broken;
    assert.match(broken[0], /^fairness\(sex\) <= 0\.2, but 0\.[45]\d* \(0\.\d+ to 0\.\d+\)$/);
    const single = finalModel(snapshot.finals, 'single')!;
    assert.ok(single.testFairness![0].value < 0.3, 'on rows that nothing has seen');
    // The share of labels that sex decides is what it costs: the best fair rule is right less often than the best rule.
    assert.ok(plain.metrics.accuracy! - weighed.metrics.accuracy! > 0.02);

    const { results } = await engine.call('trial.explain', { file, trial: plain.number, kind: 'fairness' });
    const { attributes } = results[0] as Fairness;
    const { mitigation } = attributes.find(({ name }) => name === 'sex')!;
    const rows = (mitigation as Mitigation).rows;
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['as it is', 'demographic-parity', 'equal-opportunity', 'equalised-odds', 'reweighted'],
    );
  });

  it('decides by a threshold for each group, which predicting then needs', async () => {
    const { folder, file, snapshot, trials } = await searched(
      engine,
      1,
      'learners: [logistic, tree]\nobjectives: [accuracy]\nmitigation: thresholds\nconstraints: ["fairness(sex, equalised-odds) <= 0.12"]\nbudget: { trials: 4 }',
    );
    const best = trials.find(({ number }) => number === snapshot.best)!;
    assert.ok(fairnessOf(best).value <= 0.12 && fairnessOf(best).thresholds);
    const single = finalModel(snapshot.finals, 'single')!;
    assert.equal(single.fitted, 'folds', 'thresholds hold for the models that they were chosen with');
    const { thresholds, accuracy, difference } = single.groupDecision!;
    assert.deepEqual(thresholds.map(({ group }) => group).sort(), ['f', 'm']);
    assert.ok(difference.one > 0.3 && difference.each <= 0.12);
    assert.ok(accuracy.each < accuracy.one && accuracy.change.high < 0);
    assert.ok(single.testFairness![0].value < 0.25, String(single.testFairness![0].value));
    assert.match(finalModelsWords(snapshot.finals!), /by a threshold for each group of sex: .*may be unlawful/s);

    const output = join(folder, 'predictions.csv');
    const predicted = await engine.call('trial.predict', {
      file,
      trial: 'best',
      data: join(folder, 'data.csv'),
      output,
    });
    assert.ok(predicted.notes.some((note) => /threshold for each group of "sex"/.test(note)));
    const labels = readFileSync(output, 'utf8')
      .split('\n')
      .slice(1, 1501)
      .map((line) => line.split(','));
    const by = new Map(thresholds.map(({ group, from }) => [group, from]));
    const sexes = readFileSync(join(folder, 'data.csv'), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[2]);
    for (const [row, [label, , yes]] of labels.entries()) {
      const from = by.get(sexes[row]);
      assert.equal(label, from !== null && Number(yes) > from! ? 'yes' : 'no');
    }
    const without = join(folder, 'without.csv');
    writeFileSync(without, 'merit,height\n1,2\n');
    await assert.rejects(
      engine.call('trial.predict', { file, trial: 'best', data: without, output }),
      /decides by a threshold for each group of "sex", and there is no such column here/,
    );
  });
});
