import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridSampler } from '../../../../src/engine/search/samplers/grid.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import type { SpaceDescription } from '../../../../src/engine/space/description.ts';

const space: SpaceDescription = {
  kind: { choice: ['a', 'b'] },
  x: { float: [0, 1], when: { kind: 'a' } },
  n: { int: [1, 3] },
};

test('a grid search tries each point once and then says that it is over, though the space is not', () => {
  const study = createStudy({ space, sampler: gridSampler({ levels: 4 }) });
  while (!study.exhausted) study.tell(study.ask(), 1);
  // Of kind a 4 x 3, of kind b 3.
  assert.equal(study.trials.length, 15);
  assert.equal(new Set(study.trials.map(({ params }) => JSON.stringify(params))).size, 15);
  assert.equal(study.exhausted, 'All 15 points of the grid have been tried, at most 4 values a range.');
  assert.throws(() => study.ask(), /All 15 points of the grid/);
});

test('a grid leaves out what is forbidden and what a person has tried', () => {
  const study = createStudy({ space, forbidden: [{ kind: 'a', n: [1, 2] }], sampler: gridSampler({ levels: 4 }) });
  study.enqueue({ kind: 'b', n: 2 }, 'Given by a person.');
  while (!study.exhausted) study.tell(study.ask(), 1);
  assert.equal(study.trials.length, 4 + 3);
});

test('where duplicates are allowed a grid does not end', () => {
  const study = createStudy({ space, sampler: gridSampler({ levels: 2 }), duplicates: 'allow' });
  for (let i = 0; i < 30; i++) study.tell(study.ask(), 1);
  assert.equal(study.exhausted, undefined);
});

test('the first quarter of a grid reaches every level of every parameter', () => {
  const study = createStudy({
    space: { x: { float: [0, 1] }, y: { float: [0, 1] } },
    sampler: gridSampler({ levels: 8 }),
  });
  for (let i = 0; i < 16; i++) study.tell(study.ask(), 1);
  for (const name of ['x', 'y']) assert.equal(new Set(study.trials.map(({ params }) => params[name])).size, 8);
});

test('64 points of a Sobol search fill each of 64 slices of each parameter once, in any number of runs', () => {
  const options = { space: { x: { float: [0, 1] }, y: { float: [0, 1] } }, sampler: 'sobol' } as const;
  let trials = createStudy(options).trials;
  for (const count of [10, 30, 24]) {
    const study = createStudy({ ...options, trials });
    for (let i = 0; i < count; i++) study.tell(study.ask(), 1);
    trials = study.trials;
  }
  for (const name of ['x', 'y']) {
    const slices = new Set(trials.map(({ params }) => Math.floor(64 * Number(params[name]))));
    assert.equal(slices.size, 64);
  }
});
