import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  calibrationWords,
  decisionWords,
  type FinalModel,
  type FinalModels,
  finalModelsWords,
  keptWords,
  promiseWords,
  readabilityWords,
} from '../../src/shared/results/final-models.ts';
import { finalColumns, readingWords } from '../../src/webview/study/final-models-columns.ts';
import { finalModelsTable } from '../../src/webview/study/final-models-table.ts';
import { classesFinals, numbersFinals, unweighedFinals } from './fixtures/finals.ts';
import * as studies from './fixtures/studies.ts';

describe('final models in words', () => {
  const rows = studies.finishedStudy.leaderboard;
  const classes = classesFinals(rows);
  const changed = (role: FinalModel['role'], changes: Partial<FinalModel>): FinalModels => ({
    ...classes,
    models: classes.models.map((model) => (model.role === role ? { ...model, ...changes } : model)),
  });

  it('a line a model, then what readability costs, what is promised and how it is corrected', () => {
    assert.deepEqual(finalModelsWords(classes).split('\n'), [
      `Ensemble of 8 models: log loss 0.0219, on the test part 0.0284; mlp (trial 33) 0.44, logistic 0.3, mlp (trial 39) 0.11, tree 0.06 and 4 more.`,
      `Best single model (mlp, trial 33): log loss 0.02328, on the test part 0.0312.`,
      `Best readable model (logistic, trial 29): log loss 0.02354, on the test part 0.0498.`,
      'Readability costs 0.021 of log loss (75.4 %) against the ensemble, on the test part.',
      'Sets of classes that promise to hold the truth in 90 % of rows held it in 92.8 % of the test part (87 to 99 %), 0.96 classes on average.',
      "The ensemble's probabilities are corrected by temperature 1.31.",
    ]);
    assert.equal(
      keptWords(classes),
      'Promised and held: 80 % and 82.6 %, 90 % and 92.8 %, 95 % and 95.7 %, 99 % and 100 %.',
    );
    assert.equal(calibrationWords(numbersFinals(rows)), undefined);
    assert.match(
      calibrationWords(changed('ensemble', { calibration: 'isotonic' })) ?? '',
      /corrected by isotonic calibration\.$/,
    );
  });

  it('a model that is best and readable at once costs nothing; none that is readable has nothing to say', () => {
    const single = classes.models.filter(({ role }) => role === 'single');
    const both = { ...classes, models: [...single, { ...single[0], role: 'readable' as const }] };
    assert.equal(readabilityWords(both), 'Readability costs nothing: the best model can itself be read.');
    assert.match(finalModelsWords(both), /^Best single and best readable model \(mlp, trial 33\): .*\nReadability/);
    assert.equal(readabilityWords({ ...classes, models: single }), undefined);
    assert.match(
      readabilityWords(changed('readable', { testMetrics: { log_loss: 0.02 } })) ?? '',
      /^Readability costs nothing: the readable model is no worse in log loss than the ensemble, on the test part\.$/,
    );
    assert.equal(
      readabilityWords(changed('ensemble', { testMetrics: { log_loss: 0 } })),
      'Readability costs 0.05 of log loss against the ensemble, on the test part.',
    );
  });

  it('an ensemble that one trial makes up alone says so', () => {
    const members = classes.models[0].members?.slice(0, 1).map((member) => ({ ...member, weight: 1 }));
    assert.match(
      finalModelsWords(changed('ensemble', { members })),
      /^Ensemble of 1 model: .*; mlp \(trial 33\) alone, the mean of its folds' models\.$/m,
    );
  });

  it('intervals without bound and sets of one class are said', () => {
    const numbers = numbersFinals(rows);
    assert.match(
      promiseWords(numbers) ?? '',
      /^Intervals .* \(.*\), 131,200 wide on average, from 39,360 to 314,880: 94 % in the quarter of rows with the narrowest, 86 % with the widest\.$/,
    );
    const evenly = numbers.models.map((model) => ({
      ...model,
      kept: model.kept?.map((promise) => ({
        ...promise,
        sizes: { low: 5, high: 5 },
        meanSize: 5,
        quarters: undefined,
      })),
    }));
    assert.match(promiseWords({ ...numbers, models: evenly }) ?? '', /, all 5 wide\.$/);
    const kept = [{ promised: 0.9, rows: 40, coverage: 1, interval: { low: 0.91, high: 1 }, meanSize: null }];
    const unbound = { ...numbers, models: numbers.models.map((model) => ({ ...model, kept })) };
    assert.match(
      promiseWords(unbound) ?? '',
      /held it in 100 % of the test part \(91 to 100 %\), some without bound\.$/,
    );
    const one = changed('ensemble', { kept: [{ ...kept[0], meanSize: 1 }] });
    assert.match(promiseWords(one) ?? '', /, 1 class on average\.$/);
    assert.equal(promiseWords(unweighedFinals(rows)), undefined);
  });

  it('a tuned decision says what it gained, or that it gained nothing', () => {
    assert.match(decisionWords(unweighedFinals(rows)) ?? '', /^Labels are the most probable class; .* F1 \(macro\)/);
    const threshold = { label: 'yes', from: 0.314 };
    const decision = { metric: 'f1', kept: true, untuned: 0.71, tuned: 0.742, threshold };
    assert.equal(
      decisionWords(changed('ensemble', { decision })),
      'Labels are decided for F1 (macro), not by the most probable class alone: 0.742 in place of 0.71 for the ensemble ("yes" from 0.314 on), on rows that it was not tuned on.',
    );
    assert.equal(decisionWords(classes), undefined);
  });

  it('how much there is to read has its unit', () => {
    assert.deepEqual(classes.models.map(readingWords), [undefined, undefined, '24 coefficients to read']);
    const facts = { ...classes.models[2].facts, reading: { unit: 'leaves', count: 1 } } as const;
    assert.equal(readingWords({ ...classes.models[2], facts }), '1 leaf to read');
  });

  it('columns are those that any model has a value for', () => {
    const titles = (finals: FinalModels) => finalColumns(finals).map(({ title }) => title);
    assert.deepEqual(titles(classes), ['Log loss', 'Test', 'Size', 'Latency', 'Fitted on']);
    assert.deepEqual(titles(unweighedFinals(rows)), ['Log loss', 'Size', 'Fitted on']);
  });

  it('the CSV has every member under its ensemble', () => {
    const { rows: lines } = finalModelsTable({ name: 'penguins', finals: classes });
    assert.equal(lines.length, 3 + 8);
    assert.deepEqual(lines[1].slice(0, 4), ['Member of the ensemble', 'mlp', '33', '0.44']);
    assert.ok(lines.every((line) => line.length === lines[0].length));
  });
});
