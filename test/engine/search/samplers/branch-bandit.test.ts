import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { chooseBranch, isBranch } from '../../../../src/engine/search/samplers/branch-bandit.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { trialOf } from '../pruners/conformance.ts';

const description = {
  learner: { choice: ['tree', 'mlp', 'bayes'] },
  scale: { choice: [true, false] },
  depth: { int: [1, 400], when: { learner: 'tree' } },
  rate: { float: [0, 1], when: { learner: 'mlp' } },
  optimizer: { choice: ['adam', 'sgd'], when: { learner: 'mlp' } },
  momentum: { float: [0, 1], when: { optimizer: 'sgd' } },
} as const;

test('what chooses between subspaces is a branch; a switch that opens one parameter is not', () => {
  const space = describeSpace(description);
  const branches = space.parameters.filter((parameter) => isBranch(parameter, space)).map(({ name }) => name);
  assert.deepEqual(branches, ['learner']);
  const always = describeSpace({ a: { choice: ['x', 'y'] }, b: { int: [1, 2], when: { a: ['x', 'y'] } } });
  assert.ok(!isBranch(always.parameters[0], always));
});

const learner = (number: number, name: string, rest: Partial<Trial>): Trial => ({
  ...trialOf(number, []),
  params: { learner: name },
  ...rest,
});
const complete = (learners: readonly (readonly [string, number])[]) =>
  learners.map(([name, value], number) => learner(number, name, { values: [value] }));
const choose = (trials: readonly Trial[], space: Parameters<typeof createStudy>[0]['space'] = description) => {
  const study = createStudy({ space });
  return chooseBranch(study, study.space.parameters[0], trials, createRandom(1));
};

test('an arm that was never pulled comes first, also where others are excellent', () => {
  assert.equal(
    choose(
      complete([
        ['tree', 0],
        ['mlp', 0],
      ]),
    ).value,
    'bayes',
  );
});

test('arms that run or fail are pulls: they are not asked for again and again', () => {
  const trials = [
    ...complete([
      ['tree', 0.1],
      ['tree', 0.2],
      ['bayes', 0.3],
      ['bayes', 0.2],
    ]),
    ...Array.from({ length: 9 }, (_, i) => learner(4 + i, 'mlp', { state: i % 2 ? 'failed' : 'running' })),
  ];
  const taken = choose(trials);
  assert.notEqual(taken.value, 'mlp');
  assert.equal(choose(trials.slice(0, 5)).value, 'mlp');
  assert.equal(choose(trials.slice(0, 5)).standing, undefined);
});

test('the best arm is pulled most', () => {
  const random = createRandom(2);
  const floor: Record<string, number> = { tree: 0, mlp: 0.3, bayes: 0.6 };
  const trials: Trial[] = [];
  const study = createStudy({ space: description });
  for (let i = 0; i < 300; i++) {
    const { value } = chooseBranch(study, study.space.parameters[0], trials, random);
    trials.push(learner(i, String(value), { values: [floor[String(value)] + random.uniform()] }));
  }
  const pulls = (name: string) => trials.filter(({ params }) => params.learner === name).length;
  assert.ok(pulls('tree') > 2 * pulls('bayes'), `${pulls('tree')} against ${pulls('bayes')}`);
  assert.ok(pulls('bayes') >= 8, `${pulls('bayes')}`);
});

test('a poor arm is pulled again, ever more rarely', () => {
  const poor = Array.from({ length: 12 }, () => ['bayes', 9] as const);
  const others = (count: number) =>
    Array.from({ length: count }, (_, i) => [i % 2 ? 'tree' : 'mlp', 1 + i / 1e6] as const);
  assert.notEqual(choose(complete([...poor, ...others(200)])).value, 'bayes');
  const again = choose(complete([...poor, ...others(2000)]));
  assert.deepEqual([again.value, again.pulls, again.explores], ['bayes', 12, true]);
});

test('an arm that is getting better is believed to go on', () => {
  const flat = Array.from({ length: 12 }, () => ['tree', 0.1] as const);
  const others = Array.from({ length: 12 }, () => ['bayes', 0.2] as const);
  const rising = (step: number) => Array.from({ length: 12 }, (_, i) => ['mlp', 0.9 - step * i] as const);
  assert.equal(choose(complete([...flat, ...others, ...rising(0.05)])).value, 'mlp');
  assert.equal(choose(complete([...flat, ...others, ...rising(0.001)])).value, 'tree');
});

test('neither the unit nor a huge value changes the choice', () => {
  const given = [
    ['tree', 3],
    ['mlp', 1],
    ['bayes', 2],
    ['tree', 4],
    ['mlp', 5],
    ['bayes', 2],
  ] as const;
  const scaled = given.map(([name, value]) => [name, value * 1e300] as const);
  assert.deepEqual(choose(complete(given)), choose(complete(scaled)));
});

test('a subspace in which all is tried is left, unless duplicates are allowed', () => {
  const space = {
    learner: { choice: ['a', 'b', 'c'] },
    x: { float: [0, 1], when: { learner: 'a' } },
    y: { float: [0, 1], when: { learner: 'b' } },
  } as const;
  for (const duplicates of ['avoid', 'allow'] as const) {
    const study = createStudy({ space, sampler: 'tpe', seed: 3, duplicates });
    for (let i = 0; i < 40; i++) {
      const trial = study.ask();
      study.tell(trial, trial.params.learner === 'c' ? 0 : 1 + i / 100);
    }
    const single = study.trials.filter(({ params }) => params.learner === 'c').length;
    assert.ok(duplicates === 'avoid' ? single === 1 : single > 10, `${single} with duplicates: ${duplicates}`);
  }
});

test('the reason says how the subspace stands', () => {
  const study = createStudy({ space: description, sampler: 'tpe', seed: 5 });
  for (let i = 0; i < 60; i++) {
    const { number, params } = study.ask();
    study.tell(number, params.learner === 'tree' ? 0 : 1 + number / 100);
  }
  const words = study.trials.slice(10).map(({ why }) => why.words);
  assert.ok(words.filter((text) => text.startsWith('Chose learner ')).length > 40);
  assert.ok(words.some((text) => /Chose learner tree: it has the best of \d+ trials/.test(text)));
  assert.ok(words.some((text) => /Chose learner (mlp|bayes): its best is not worse than \d+ % of/.test(text)));
});

test('a learner that looks poor at first is not given up before it is tuned', async () => {
  const space = {
    learner: { choice: ['easy', 'late'] },
    a: { float: [0, 1], when: { learner: 'easy' } },
    b: { float: [0, 1], when: { learner: 'late' } },
    c: { float: [0, 1], when: { learner: 'late' } },
  } as const;
  let found = 0;
  for (let seed = 0; seed < 12; seed++) {
    const study = createStudy({ space, sampler: 'tpe', seed });
    await study.optimize(
      ({ params }) =>
        params.learner === 'easy'
          ? 0.1 + 0.05 * (Number(params.a) - 0.5) ** 2
          : 1.5 * Math.hypot(Number(params.b) - 0.8, Number(params.c) - 0.2),
      { trials: 80 },
    );
    if (study.best?.params.learner === 'late') found++;
  }
  assert.ok(found >= 9, `found in ${found} of 12`);
});

test('where time ends the search, an arm whose trials take longer is tried again less often', () => {
  const pulls = (timed: boolean) => {
    const random = createRandom(3);
    const study = createStudy({ space: description, expected: { timed } });
    const trials: Trial[] = [];
    let now = 0;
    for (let i = 0; i < 120; i++) {
      const { value } = chooseBranch(study, study.space.parameters[0], trials, random);
      const milliseconds = value === 'mlp' ? 10_000 : 500;
      const times = { startedAt: now, endedAt: now + milliseconds };
      now += milliseconds;
      trials.push(learner(i, String(value), { values: [value === 'tree' ? 0 : 0.5 + random.uniform()], ...times }));
    }
    return trials.filter(({ params }) => params.learner === 'mlp').length;
  };
  assert.ok(pulls(true) < 0.6 * pulls(false), `${pulls(true)} against ${pulls(false)}`);
  assert.ok(pulls(true) >= 2, `${pulls(true)}`);
});
