import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sampler } from '../../../../src/engine/search/sampler.ts';
import { branched } from '../../../../src/engine/search/samplers/branched.ts';
import { randomSampler } from '../../../../src/engine/search/samplers/random.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import type { StudyView } from '../../../../src/engine/search/study-view.ts';
import type { Value } from '../../../../src/shared/space.ts';

const space = {
  learner: { choice: ['tree', 'mlp'] },
  scale: { choice: [true, false] },
  depth: { int: [1, 900], when: { learner: 'tree' } },
  kind: { choice: ['deep', 'wide'], when: { learner: 'mlp' } },
  layers: { int: [1, 900], when: { kind: 'deep' } },
  units: { int: [1, 900], when: { kind: 'wide' } },
} as const;

/** Random search that keeps the views that it was given. */
function watched(views: StudyView[]): Sampler {
  return branched({
    ...randomSampler,
    name: 'watched',
    relativeSpace: (study) => study.space,
    sampleRelative(study) {
      views.push(study);
      return { params: {}, why: { sampler: 'watched', phase: 'exploit', words: 'Watched it all.' } };
    },
  });
}

test('the sampler sees the subspace alone: one choice of the root, and only what it opens, however deep', () => {
  const views: StudyView[] = [];
  const study = createStudy({ space, sampler: watched(views), seed: 3 });
  for (let i = 0; i < 12; i++) study.tell(study.ask(), i);
  for (const [i, view] of views.entries()) {
    const { params } = study.trials[i];
    const expected = study.space.parameters.map(({ name }) => name).filter((name) => name in params);
    assert.deepEqual(
      view.space.parameters.map(({ name }) => name),
      expected,
    );
    assert.deepEqual(view.space.parameters[0].distribution, { type: 'categorical', choices: [params.learner] });
  }
  assert.deepEqual(new Set(study.trials.map(({ params }) => params.kind)), new Set(['deep', 'wide', undefined]));
});

test('a subspace is seen through one view, which follows the study', () => {
  const views: StudyView[] = [];
  const study = createStudy({ space, sampler: watched(views), seed: 3 });
  for (let i = 0; i < 30; i++) study.tell(study.ask(), i);
  assert.equal(new Set(views).size, 3, 'tree, deep and wide');
  assert.ok(views.every(({ trials }) => trials === study.trials));
});

test('a subspace keeps the forbidden combinations that can come about in it, and no other', () => {
  const views: StudyView[] = [];
  const forbidden: readonly Readonly<Record<string, Value | readonly Value[]>>[] = [
    { learner: 'tree', scale: false },
    { learner: 'tree', depth: [1, 2] },
    { kind: 'deep', layers: 3 },
  ];
  const study = createStudy({ space, forbidden, sampler: watched(views), seed: 3 });
  for (let i = 0; i < 20; i++) study.tell(study.ask(), i);
  const counts = views.map(({ space: { parameters, forbidden } }) => [parameters.at(-1)?.name, forbidden?.length]);
  assert.deepEqual(Object.fromEntries(counts), { depth: 2, layers: 1, units: undefined });
});

for (const sampler of ['gp', 'auto', 'tpe'] as const)
  test(`${sampler} searches where a combination of one learner is forbidden`, () => {
    const forbidden = [{ learner: 'tree', depth: [1, 2] }];
    const study = createStudy({ space, forbidden, sampler, seed: 3 });
    for (let i = 0; i < 24; i++) study.tell(study.ask(), i);
    assert.ok(new Set(study.trials.map(({ params }) => params.learner)).size === 2);
  });

test('the reason says which subspace and why, before what the sampler says', () => {
  const study = createStudy({ space, sampler: watched([]), seed: 3 });
  for (let i = 0; i < 20; i++) {
    const { params, why } = study.ask();
    assert.match(why.words, new RegExp(`^Chose learner ${params.learner}: .* Watched it all\\.$`));
    assert.equal(/Chose kind/.test(why.words), params.kind !== undefined);
    study.tell(i, params.learner === 'tree' ? 0 : 1);
  }
  const phases = new Set(study.trials.map(({ params, why }) => `${params.learner} ${why.phase}`));
  assert.ok(phases.has('mlp explore') && phases.has('tree exploit'), [...phases].join());
});

test('a space without such a root is left to the sampler', () => {
  const views: StudyView[] = [];
  const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: watched(views) });
  assert.equal(study.ask().why.words, 'Watched it all.');
  assert.equal(views[0], study);
});
