import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationsOf } from '../../../../src/engine/search/populations/generations.ts';
import { finishedTrials, fittestFirst } from '../../../../src/engine/search/populations/standing.ts';
import { createStudy, type Study } from '../../../../src/engine/search/study.ts';
import type { TrialResult } from '../../../../src/engine/search/trial-result.ts';

function studyWith(results: readonly TrialResult[], objectives: 1 | 2): Study {
  const directions = (['minimize', 'maximize'] as const).slice(0, objectives);
  const study = createStudy({ space: { x: { float: [0, 1] } }, directions, sampler: 'random' });
  for (const result of results) study.tell(study.ask(), result);
  return study;
}

const numbers = ({ trials, directions }: Study) => fittestFirst(trials, directions).map(({ number }) => number);

test('feasible before infeasible before pruned before failed, by value or by violation', () => {
  const results: TrialResult[] = [
    { failed: 'out of memory' },
    { pruned: 'hopeless' },
    { values: [0], constraints: [2, -5] },
    { values: [9], constraints: [0.5] },
    { values: [3], constraints: [0] },
    { values: [2] },
    { values: [3] },
  ];
  assert.deepEqual(numbers(studyWith(results, 1)), [5, 4, 6, 3, 2, 1, 0]);
});

test('of several objectives the front comes first, its ends before what is crowded', () => {
  const points = [
    [3, 0],
    [0, 1],
    [1, 4],
    [1.1, 4.1],
    [4, 9],
  ];
  const order = numbers(
    studyWith(
      points.map((values) => ({ values })),
      2,
    ),
  );
  assert.deepEqual(order.slice(0, 2).sort(), [1, 4]);
  assert.equal(order[4], 0);
});

test('only finished trials of the space as it is now take part', () => {
  const old = studyWith([{ values: [1] }, { failed: 'no' }], 1);
  old.ask();
  const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'random', trials: old.trials });
  assert.deepEqual(
    finishedTrials(study).map(({ number }) => number),
    [0, 1],
  );
  const moved = createStudy({ space: { x: { float: [5, 6] } }, sampler: 'random', trials: old.trials });
  assert.deepEqual(finishedTrials(moved), []);
});

test('a generation is over when enough of it are finished; one that is late still counts to its own', () => {
  const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'random' });
  const ask = (generation: number) => study.annotate(study.ask().number, { 'ga.generation': generation }).number;
  const first = [ask(0), ask(0), ask(0)];
  const current = () => generationsOf(study, 'ga.generation', 2).current;
  assert.equal(current(), 0);
  study.tell(first[0], 1);
  study.tell(first[2], { failed: 'no' });
  assert.equal(current(), 1);
  study.tell(ask(1), 1);
  assert.equal(current(), 1);
  study.tell(first[1], 1);
  assert.deepEqual(
    generationsOf(study, 'ga.generation', 2).before.map((members) => members.map(({ number }) => number)),
    [[0, 1, 2]],
  );
});
