import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type HyperparameterImportance,
  hyperparameterImportanceWords,
  importanceAlongFrontWords,
} from '../../../src/shared/results/hyperparameter-importance.ts';
import { basisWords } from '../../../src/shared/results/search-basis.ts';
import { type SearchOutlook, searchOutlookWords } from '../../../src/shared/results/search-outlook.ts';
import { searchReportWords } from '../../../src/shared/results/search-record.ts';

const basis = {
  objective: 'log_loss',
  direction: 'minimize',
  trials: 57,
  fit: { name: 'R2 on held-out trials', value: 0.834, surrogate: 'random forest' },
  warnings: [],
} as const;
const parameter = (name: string, importance: number, low: number, high: number) => ({
  name,
  importance,
  interval: { low, high },
  active: 1,
});
const shares: HyperparameterImportance = {
  kind: 'hyperparameter-importance',
  method: 'fanova',
  title: 'functional ANOVA',
  unit: 'share',
  ...basis,
  parameters: [parameter('rate', 0.54, 0.32, 0.71), parameter('depth', 0.1, 0, 0.2)],
  pairs: [
    { names: ['rate', 'depth'], importance: 0.2, interval: { low: 0.1, high: 0.3 } },
    { names: ['rate', 'kind'], importance: 0.001, interval: { low: 0, high: 0.01 } },
  ],
};
const at = (trial: number, predicted: number) => ({ trial, params: {}, predicted, interval: { low: 0, high: 1 } });

describe('importance in words', () => {
  test('shares with their intervals, the pairs that count, and what they rest on', () => {
    assert.equal(
      hyperparameterImportanceWords(shares),
      `Share of the differences in log loss over the whole space that each hyperparameter explains by itself, with 90 % intervals:
rate 54 % (32 to 71 %); depth 10 % (0 to 20 %).
Together beyond that: rate and depth 20 % (10 to 30 %).
From 57 trials; the random forest explains 83 % of what differs between trials that it has not seen.`,
    );
  });

  test('gains with their sign, and the path of an ablation', () => {
    const words = hyperparameterImportanceWords({
      ...shares,
      method: 'ablation',
      unit: 'gain',
      pairs: undefined,
      parameters: [parameter('rate', 0.25, -0.01, 0.4)],
      from: at(0, 0.5),
      to: at(9, 0.25),
      path: [{ name: 'rate', from: 0.1, to: null, predicted: 0.25, interval: { low: 0.2, high: 0.3 } }],
    });
    assert.match(words, /rate \+0\.25 \(-0\.01 to 0\.4\)/);
    assert.match(words, /Trial 0 is foretold 0\.5; then rate 0\.1 -> not there: 0\.25 \(trial 9\)\./);
    const none = {
      ...shares,
      method: 'ablation',
      unit: 'gain',
      parameters: [],
      from: at(3, 1),
      to: at(3, 1),
      path: [],
    } as const;
    assert.match(
      hyperparameterImportanceWords(none),
      /no hyperparameter could be otherwise\.\n.*Trial 3, the default, is the best itself\./s,
    );
  });

  test('many parameters are not all told, warnings always are', () => {
    const parameters = Array.from({ length: 12 }, (_, i) => parameter(`p${i}`, 0.05, 0, 0.1));
    const words = hyperparameterImportanceWords({ ...shares, parameters, warnings: ['Only a few.'] });
    assert.match(words, /4 others matter less\./);
    assert.match(words, /Only a few\.$/);
  });

  test('without a surrogate nothing is said of one', () => {
    assert.equal(basisWords({ ...basis, fit: null }), 'From 57 trials.');
    assert.match(basisWords({ ...basis, fit: { ...basis.fit, value: -0.4 } }), /explains 0 %/);
  });

  test('along a front: what matters at both ends, and where that changes', () => {
    const other = { ...shares, parameters: shares.parameters.toReversed() };
    const front = (last: HyperparameterImportance) =>
      importanceAlongFrontWords({
        kind: 'importance-along-front',
        method: 'fanova',
        objectives: ['log_loss', 'energy'],
        points: [
          { weight: 0, best: 1, importance: shares },
          { weight: 0.5, best: 1, importance: last },
          { weight: 1, best: 2, importance: last },
        ],
        front: [{ trial: 1, values: [1, 2] }],
        warnings: [],
      });
    assert.match(front(other), /only log loss counts, rate matters most; where only energy.* counts, depth\./);
    assert.match(front(other), /depth from a weight of 0\.5\./);
    assert.match(front(shares), /It is the same all along the way\./);
    assert.match(front(shares), /1 trial is on the Pareto front/);
  });
});

test('the outlook begins with the advice', () => {
  const estimate = {
    words: 'Counted.',
    chance: 0.12,
    chanceInterval: { low: 0.01, high: 0.4 },
    gain: 0.002,
    gainInterval: { low: 0, high: 0.01 },
    curve: [],
  };
  const outlook: SearchOutlook = {
    kind: 'search-outlook',
    ...basis,
    horizon: 20,
    epsilon: 0.001,
    best: { trial: 7, value: 0.3125 },
    sinceBest: 1,
    estimates: [
      { method: 'record', ...estimate },
      { method: 'surrogate', ...estimate },
    ],
    advice: 'may stop',
  };
  const words = searchOutlookWords(outlook);
  assert.match(words, /^You may stop\. Trial 7 has the best log loss, 0\.3125; 1 trial has ended since\.\n/);
  assert.match(
    words,
    /By the record, 20 more trials improve it by at least 0\.001 with a chance of 12 % \(1 to 40 %\), by 0\.002 \(0 to 0\.01\) in expectation\. Counted\./,
  );
  const report = searchReportWords({
    record: {
      kind: 'search-record',
      search: '',
      calibration: {
        kind: 'search-calibration',
        objective: 'log_loss',
        points: [],
        promised: 0.9,
        coverage: null,
        interval: null,
        bias: null,
        correlation: null,
      },
      effort: { kind: 'search-effort', objective: 'log_loss', phases: [], samplers: [], parameters: [], stops: [] },
      replay: { kind: 'search-replay', objectives: [], trials: [], ends: [] },
    },
    importance: shares,
    footprint: null,
    outlook,
    why: [],
    missing: ['Too few.'],
  });
  assert.deepEqual(
    report.map(({ title }) => title),
    [
      'Where the trials went',
      'Whether its predictions held',
      'Which hyperparameters matter',
      'May I stop?',
      'Not computed',
    ],
  );
});
