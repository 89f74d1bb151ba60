import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { calibrationOf } from '../../../../src/engine/search/analysis/calibration.ts';
import { effortOf } from '../../../../src/engine/search/analysis/effort.ts';
import { bestChanges, inOrderOfEnds, studyAfter } from '../../../../src/engine/search/analysis/ends.ts';
import { replayOf } from '../../../../src/engine/search/analysis/replay.ts';
import { runsOf } from '../../../../src/engine/search/analysis/runs.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import { searchCalibrationWords } from '../../../../src/shared/results/search-calibration.ts';
import { searchEffortWords } from '../../../../src/shared/results/search-effort.ts';
import { replayAt } from '../../../../src/shared/results/search-replay.ts';
import { searchRunsWords } from '../../../../src/shared/results/search-runs.ts';
import type { Reason, Trial } from '../../../../src/shared/trial.ts';
import { judgedStudy, studyOf, withTrials } from '../judged-study.ts';

const space = describeSpace({ x: { float: [0, 1] }, y: { float: [0, 1] } });
const reason: Reason = { sampler: 'gp', phase: 'exploit', words: 'Expected to be good.' };
const trial = (number: number, more: Partial<Trial>): Trial => ({
  number,
  state: 'complete',
  params: { x: number / 100, y: 0.5 },
  why: reason,
  intermediate: [],
  attributes: {},
  startedAt: 1000 * number,
  endedAt: 1000 * number + 500,
  ...more,
});
const study = (...trials: readonly Partial<Trial>[]) =>
  studyOf(
    space,
    ['minimize'],
    trials.map((more, number) => trial(number, more)),
  );

describe('the order of ends', () => {
  const late = study(
    { values: [3], endedAt: 9000 },
    { values: [2] },
    { values: [1] },
    { state: 'running', endedAt: undefined },
  );

  test('is by the clock, and by number where there is none', () => {
    assert.deepEqual(
      inOrderOfEnds(late.trials).map(({ number }) => number),
      [1, 2, 0],
    );
    const silent = late.trials.map((of) => ({ ...of, endedAt: undefined }));
    assert.deepEqual(
      inOrderOfEnds(silent).map(({ number }) => number),
      [0, 1, 2],
    );
  });

  test('a study as it stood holds the first to end, by number', () => {
    assert.deepEqual(
      studyAfter(late, 2).trials.map(({ number }) => number),
      [1, 2],
    );
    assert.equal(studyAfter(late, 99).trials.length, 3);
  });

  test('tells each trial that became the best, and the one before', () => {
    const changes = bestChanges(late).map(({ trial: { number }, before, ended }) => [number, before?.number, ended]);
    assert.deepEqual(changes, [
      [1, undefined, 1],
      [2, 1, 2],
    ]);
  });
});

describe('calibration', () => {
  const foretold = (value: number, measured: number): Partial<Trial> => ({
    values: [measured],
    why: { ...reason, prediction: { value, low: value - 1, high: value + 1 } },
  });

  test('counts what the intervals held, with an exact interval', () => {
    const result = calibrationOf(study(foretold(1, 1.5), foretold(2, 2.9), foretold(3, 9), foretold(4, 4)), 'loss');
    assert.equal(result.coverage, 0.75);
    assert.deepEqual(
      result.points.map(({ inside }) => inside),
      [true, true, false, true],
    );
    // Clopper and Pearson (1934) for 3 of 4.
    assert.ok(Math.abs((result.interval?.low ?? 0) - 0.19412) < 1e-5);
    assert.ok(Math.abs((result.interval?.high ?? 0) - 0.99369) < 1e-5);
    assert.ok(Math.abs((result.bias ?? 0) - (0.5 + 0.9 + 6 + 0) / 4) < 1e-12);
    assert.ok(Math.abs((result.correlation ?? 0) - 0.8) < 1e-12);
  });

  test('looks only at trials with a prediction and a value', () => {
    const { why } = foretold(1, 1);
    const result = calibrationOf(study({ values: [1] }, { state: 'failed', why }, { state: 'pruned', why }), 'loss');
    assert.deepEqual([result.points.length, result.coverage, result.interval, result.bias], [0, null, null, null]);
    assert.match(searchCalibrationWords(result), /foretold nothing/);
  });

  test('says whether the search was too sure of itself', () => {
    const held = (inside: number, of: number) =>
      searchCalibrationWords(
        calibrationOf(study(...Array.from({ length: of }, (_, i) => foretold(i, i < inside ? i : i + 5))), 'loss'),
      );
    assert.match(held(10, 40), /too sure/);
    assert.match(held(36, 40), /agrees/);
    assert.match(held(100, 100), /too cautious/);
    assert.match(held(36, 40), /Of 40 predictions of loss with a 90 % interval, 36 held: 90 % \(76 to 97 %\)/);
  });
});

describe('effort', () => {
  const explore = { ...reason, phase: 'explore', parameters: [{ name: 'x', exploit: 0, explore: 2 }] } as const;
  const random = { sampler: 'random', phase: 'start-up', words: 'Drawn at random.' } as const;
  const result = effortOf(
    study(
      { values: [9], why: random },
      { values: [8], why: random },
      { values: [10], why: explore },
      { values: [3], why: { ...explore, parameters: [{ name: 'x', exploit: 1, explore: 0 }] } },
      {
        state: 'pruned',
        intermediate: [{ step: 2, value: 5 }],
        stopped: { pruner: 'median', words: 'Worse.', step: 2, value: 5 },
      },
      { values: [7], intermediate: [{ step: 8, value: 7 }] },
      { state: 'running', endedAt: undefined },
      { state: 'waiting', endedAt: undefined },
    ),
    'loss',
  );

  test('by phase: trials, finished ones, improvements with their rate, the best and the middle', () => {
    const brief = result.phases.map(({ phase, trials, finished, improvements }) => [
      phase,
      trials,
      finished,
      improvements,
    ]);
    assert.deepEqual(brief, [
      ['start-up', 2, 2, 1],
      ['explore', 2, 2, 1],
      ['exploit', 3, 2, 0],
    ]);
    assert.deepEqual(result.phases[1].best, { trial: 3, value: 3 });
    assert.equal(result.phases[1].median, 6.5);
    assert.equal(result.phases[2].rate, 0);
    assert.ok((result.phases[2].interval?.high ?? 0) > 0.8);
  });

  test('by sampler, by parameter, and what pruners spared', () => {
    assert.deepEqual(result.samplers, [
      { sampler: 'random', trials: 2, improvements: 1 },
      { sampler: 'gp', trials: 5, improvements: 1 },
    ]);
    assert.deepEqual(result.parameters, [{ name: 'x', trials: 2, exploit: 0.5, explore: 1 }]);
    assert.deepEqual(result.stops, [{ pruner: 'median', trials: 1, used: 0.25 }]);
    assert.match(searchEffortWords(result), /median stopped 1 trial after 25 % of the steps/);
  });
});

describe('replay', () => {
  const replay = replayOf(
    study(
      { values: [5], startedAt: 0, endedAt: 4000 },
      { values: [6], startedAt: 0, endedAt: 1000 },
      { values: [4], startedAt: 1500, endedAt: 6000, constraints: [1] },
      { state: 'pruned', startedAt: 2000, endedAt: 5000 },
      { values: [3], startedAt: 6500, endedAt: 7000 },
      { state: 'running', startedAt: 7500, endedAt: undefined },
    ),
    ['loss'],
  );

  test('at the start nothing has happened', () => {
    const { counts, best, last, improvements } = replayAt(replay, 0);
    assert.deepEqual([best, last, improvements.length], [null, null, 0]);
    assert.ok(Object.values(counts).every((count) => count === 0));
  });

  test('as it stood: what had ended, what ran, the best of the feasible', () => {
    assert.deepEqual(replay.ends, [1, 0, 3, 2, 4]);
    const after = replayAt(replay, 2);
    assert.equal(after.seconds, 4);
    assert.deepEqual(after.best, { trial: 0, value: 5 });
    assert.deepEqual([after.counts.complete, after.counts.running, after.counts.pruned], [2, 2, 0]);
    assert.deepEqual(replayAt(replay, 4).best, { trial: 0, value: 5 });
  });

  test('at the end: as the study is, but for what still runs', () => {
    const end = replayAt(replay, replay.ends.length);
    assert.deepEqual(end.best, { trial: 4, value: 3 });
    assert.deepEqual(
      end.improvements.map(({ trial: number }) => number),
      [1, 0, 4],
    );
    assert.deepEqual([end.counts.complete, end.counts.pruned, end.counts.running], [4, 1, 0]);
    assert.deepEqual(JSON.parse(JSON.stringify(replay)), replay);
  });

  test('at a lower fidelity nothing is the best', () => {
    const shared = replayOf(study({ values: [1], fidelity: 1 }, { values: [2], fidelity: 9 }), ['loss']);
    assert.deepEqual(replayAt(shared, 2).best, { trial: 1, value: 2 });
  });
});

describe('runs side by side', () => {
  const run = (number: number, values: readonly number[], more: object = {}) => ({
    study: number,
    seed: number,
    created: 1000 * number,
    trials: values.map((value, i) => trial(i, { values: [value] })),
    directions: ['minimize'] as const,
    alike: 'tpe',
    name: 'tpe, none',
    ...more,
  });
  const result = runsOf([run(1, [5, 3, 4]), run(2, [4, 4]), run(3, [9], { alike: 'gp', name: 'gp, none' })], 'loss');

  test('groups those that are alike, the newest first', () => {
    assert.deepEqual(
      result.groups.map(({ name, runs }) => [name, runs.map((of) => of.study)]),
      [
        ['gp, none', [3]],
        ['tpe, none', [2, 1]],
      ],
    );
  });

  test('mean and spread of the best so far, over the runs that got so far', () => {
    const [, { curve, runs }] = result.groups;
    assert.deepEqual(runs[1].bestSoFar, [5, 3, 3]);
    assert.deepEqual(
      curve.map(({ mean }) => mean),
      [4.5, 3.5, 3],
    );
    assert.deepEqual(
      curve.map((point) => point.runs),
      [2, 2, 1],
    );
    assert.ok(Math.abs((curve[1].deviation ?? 0) - Math.SQRT1_2) < 1e-12);
    assert.equal(curve[2].deviation, null);
    assert.match(searchRunsWords(result), /tpe, none, 2 runs: best loss 3.5 on average after 2 trials/);
  });

  test('a run without a value yet has no best', () => {
    const failed = { ...run(4, []), trials: [trial(0, { state: 'failed' })] };
    const [{ curve, runs }] = runsOf([failed], 'loss').groups;
    assert.deepEqual([curve, runs[0].best, runs[0].bestSoFar], [[], null, [null]]);
  });
});

test('a record of nothing is a record', () => {
  const empty = withTrials(judgedStudy({ space: { x: { float: [0, 1] } }, trials: 1, value: () => 1 }), []);
  assert.equal(effortOf(empty, 'loss').phases.length, 0);
  assert.equal(replayAt(replayOf(empty, ['loss']), 0).best, null);
  assert.equal(calibrationOf(empty, 'loss').coverage, null);
});
