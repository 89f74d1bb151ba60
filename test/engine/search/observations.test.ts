import assert from 'node:assert/strict';
import { test } from 'node:test';
import { observationsOf } from '../../../src/engine/search/observations.ts';
import { createStudy } from '../../../src/engine/search/study.ts';
import type { Trial } from '../../../src/shared/trial.ts';

const space = { x: { float: [0, 10] } } as const;
const why = { sampler: 'random', phase: 'explore', words: 'Drawn at random.' } as const;
const trial = (number: number, x: number, rest: Partial<Trial>): Trial => ({
  number,
  state: 'complete',
  params: { x },
  why,
  intermediate: [],
  attributes: {},
  ...rest,
});

const mixed: readonly Trial[] = [
  trial(0, 1, { values: [10], constraints: [0.5, -1] }),
  trial(1, 2, { values: [30] }),
  trial(2, 3, { values: [20] }),
  trial(3, 4, { state: 'failed', message: 'no' }),
  trial(4, 5, { state: 'pruned', intermediate: [{ step: 1, value: 5 }] }),
  trial(5, 6, { state: 'pruned', intermediate: [{ step: 1, value: 25 }] }),
  trial(6, 7, { state: 'pruned', intermediate: [{ step: 1, value: 99 }] }),
  trial(7, 8, { state: 'pruned' }),
  trial(8, 9, { state: 'running' }),
  trial(9, 99, { values: [0] }),
  trial(10, 10, { state: 'waiting' }),
];

test('pruned trials count between the median and the worst, failed ones as the worst, others apart', () => {
  const seen = observationsOf(createStudy({ space, direction: 'minimize', trials: mixed }));
  assert.deepEqual(
    seen.trials.map(({ number }) => number),
    [0, 1, 2, 3, 4, 5, 6, 7],
  );
  assert.deepEqual([...seen.losses], [10, 30, 20, 30, 20, 25, 30, 30]);
  assert.deepEqual(
    seen.points.map(([x]) => x),
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
  );
  assert.deepEqual([...seen.violations], [0.5, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual([seen.running.map(({ number }) => number), seen.runningPoints.map(([x]) => x)], [[8], [0.9]]);
});

test('losses are turned where the objective is maximised', () => {
  const seen = observationsOf(createStudy({ space, direction: 'maximize', trials: mixed }));
  assert.deepEqual([...seen.losses], [-10, -30, -20, -10, -10, -20, -20, -10]);
});

test('while no trial is complete there is nothing to learn', () => {
  const failed = mixed.slice(3, 5).map((one, number) => ({ ...one, number }));
  assert.deepEqual(observationsOf(createStudy({ space, trials: failed })).trials, []);
});

test('a second objective has its own losses, and prunes by none', () => {
  const trials = [
    trial(0, 1, { values: [1, 5] }),
    trial(1, 2, { values: [1, 9] }),
    trial(2, 3, { state: 'pruned', intermediate: [{ step: 1, value: 1 }] }),
  ];
  const study = createStudy({ space, directions: ['minimize', 'maximize'], trials });
  assert.deepEqual([...observationsOf(study, 1).losses], [-5, -9, -5]);
});

test('only trials of the fidelity that is asked for are seen; by default those with the whole resource', () => {
  const trials = [
    trial(0, 1, { values: [1], fidelity: 1 }),
    trial(1, 2, { values: [2], fidelity: 9 }),
    trial(2, 3, { values: [3] }),
    trial(3, 4, { state: 'running', fidelity: 1 }),
  ];
  const study = createStudy({ space, trials, resource: { name: 'epochs', min: 1, max: 9 } });
  const numbers = (fidelity?: number) => observationsOf(study, 0, fidelity).trials.map(({ number }) => number);
  assert.deepEqual(numbers(), [1, 2]);
  assert.deepEqual(numbers(1), [0]);
  assert.deepEqual(
    observationsOf(study, 0, 1).running.map(({ number }) => number),
    [3],
  );
});
