import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autoSampler } from '../../../../src/engine/search/samplers/auto.ts';
import { createStudy, type StudyOptions } from '../../../../src/engine/search/study.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { trialOf } from '../pruners/conformance.ts';

const square = { x: { float: [0, 1] }, y: { float: [0, 1] } } as const;
const cash = {
  learner: { choice: ['a', 'b', 'c'] },
  x: { float: [0, 1], when: { learner: 'a' } },
  y: { float: [0, 1], when: { learner: 'b' } },
  z: { float: [0, 1], when: { learner: 'c' } },
} as const;
const wide = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x${i}`, { float: [0, 1] as const }]));
const auto = (options: Partial<StudyOptions> = {}) =>
  createStudy({ space: square, sampler: 'auto', seed: 1, clock: () => 0, ...options });

/** As many complete trials of the square. */
const done = (count: number): Trial[] =>
  Array.from({ length: count }, (_, number) => {
    const [x, y] = [(number * 0.618) % 1, (number * 0.755) % 1];
    return { ...trialOf(number, []), params: { x, y }, values: [(x - 0.3) ** 2 + (y - 0.6) ** 2] };
  });

const cases: readonly { when: string; options: Partial<StudyOptions>; speaks: string; words: RegExp }[] = [
  { when: 'nothing is known', options: {}, speaks: 'gp', words: /chose gp,.*2 parameters; from 300 .* tpe/ },
  { when: 'the budget is small', options: { expected: { trials: 50 } }, speaks: 'gp', words: /chose gp, [^;]*$/ },
  {
    when: 'all configurations fit the budget',
    options: { space: { n: { int: [1, 20] } }, expected: { trials: 20 } },
    speaks: 'random',
    words: /all 20 configurations fit the budget of 20 trials/,
  },
  {
    when: 'workers leave nothing to learn from',
    options: { expected: { trials: 16, workers: 8 } },
    speaks: 'sobol',
    words: /16 trials on 8 workers/,
  },
  { when: 'there is a root', options: { space: cash }, speaks: 'gp', words: /a bandit chooses learner/ },
  { when: 'the space is wide', options: { space: wide }, speaks: 'tpe', words: /60 parameters at once/ },
  {
    when: 'a resource is shared out',
    options: { resource: { name: 'epochs', min: 1, max: 9 } },
    speaks: 'bohb',
    words: /less of epochs/,
  },
];

for (const { when, options, speaks, words } of cases) {
  test(`where ${when}, it is ${speaks}, and says why`, () => {
    const study = auto(options);
    assert.equal(study.sampler.name, 'auto');
    assert.match(study.words, words);
    const trial = study.ask();
    assert.equal(trial.why.sampler, speaks);
    assert.equal(trial.fidelity !== undefined, options.resource !== undefined);
  });
}

test('it hands over during the run, and a resumed study goes on with the one whose turn it is', () => {
  const before = auto({ trials: done(299) });
  assert.equal(before.ask().why.sampler, 'gp');
  const study = auto({ trials: done(300) });
  const trial = study.ask();
  assert.equal(trial.why.sampler, 'tpe');
  const resumed = auto({ trials: done(300) });
  assert.deepEqual(resumed.ask(), trial);
});

test('running trials do not hand over: what counts has finished', () => {
  const trials = [
    ...done(295),
    ...done(305)
      .slice(295)
      .map((trial): Trial => ({ ...trial, state: 'running' })),
  ];
  assert.equal(auto({ trials }).ask().why.sampler, 'gp');
});

test('every sampler that it hands over to is among its members', () => {
  for (const { options } of cases) assert.ok(autoSampler.members?.includes(auto(options).ask().why.sampler));
});

test('the learner is chosen by a bandit, and tuned from its own trials', async () => {
  const study = auto({ space: cash, expected: { trials: 60 } });
  const floors: Record<string, number> = { a: 0.2, b: 0, c: 0.4 };
  await study.optimize(
    ({ params }) => floors[String(params.learner)] + (Number(params.x ?? params.y ?? params.z) - 0.3) ** 2,
    { trials: 60 },
  );
  assert.equal(study.best?.params.learner, 'b');
  assert.ok(Number(study.best?.values?.[0]) < 1e-4);
  for (const learner of ['a', 'b', 'c'])
    assert.ok(study.trials.filter(({ params }) => params.learner === learner).length >= 5, learner);
  const modelled = study.trials.filter(({ why }) => why.surrogate);
  assert.ok(modelled.length > 20);
  for (const { number, params, why } of modelled) {
    assert.match(why.words, /^Chose learner /);
    const own = study.trials.slice(0, number).filter((other) => other.params.learner === params.learner);
    assert.equal(why.surrogate?.trials, own.length);
    for (const spoke of [...(why.spokeFor ?? []), ...(why.spokeAgainst ?? [])])
      assert.equal(study.trials[spoke].params.learner, params.learner);
  }
});
