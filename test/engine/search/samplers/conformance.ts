import assert from 'node:assert/strict';
import { createRandom } from '../../../../src/engine/random.ts';
import type { Sampler } from '../../../../src/engine/search/sampler.ts';
import { createStudy, type Study } from '../../../../src/engine/search/study.ts';
import type { TrialResult } from '../../../../src/engine/search/trial-result.ts';
import { checkPartial, containsConfiguration } from '../../../../src/engine/space/configuration.ts';
import {
  describeSpace,
  type ForbiddenDescription,
  type SpaceDescription,
} from '../../../../src/engine/space/description.ts';
import type { Direction } from '../../../../src/shared/metrics.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { frozenView } from '../frozen-study.ts';

/** All types of parameter, grids, logarithms, single values, and conditions three deep. */
const everything: SpaceDescription = {
  root: { choice: ['a', 'b', true, 3] },
  x: { float: [-2, 5] },
  rate: { float: [1e-5, 1], log: true },
  size: { ordinal: ['tiny', 'small', 'large', 'huge'] },
  share: { float: [0.1, 0.9], step: 0.2 },
  count: { int: [-3, 12] },
  width: { int: [1, 1024], log: true },
  even: { int: [2, 20], step: 2 },
  only: { choice: ['one'] },
  point: { float: [0.5, 0.5] },
  seven: { int: [7, 7] },
  first: { int: [1, 3], when: { root: ['a', 3] } },
  second: { float: [0, 1], when: { first: [2, 3] } },
  switch: { choice: ['on', 'off'], when: { first: 3 } },
  third: { float: [1, 100], log: true, when: { switch: 'on' } },
};

type Answer = (trial: Trial) => TrialResult;
interface Setting {
  readonly space?: SpaceDescription;
  readonly forbidden?: readonly ForbiddenDescription[];
  readonly directions?: readonly Direction[];
  readonly seed?: number;
  readonly trials?: readonly Trial[];
  readonly duplicates?: 'avoid' | 'allow';
}

const resource = { name: 'epochs', min: 1, max: 9 };

const studyOf = (sampler: Sampler, { space = everything, seed = 1, ...rest }: Setting = {}): Study =>
  createStudy({ space, sampler, seed, clock: () => 0, ...(sampler.sharesResource && { resource }), ...rest });

/** A study that shares a resource out may try a configuration again with more of it. */
const different = (trials: readonly Trial[]): number =>
  new Set(trials.map(({ params, fidelity }) => JSON.stringify([params, fidelity]))).size;

function run(study: Study, count: number, answer: Answer = bowl): Study {
  for (let i = 0; i < count; i++) {
    const trial = study.ask();
    study.tell(trial.number, answer(trial));
  }
  return study;
}

const bowl: Answer = ({ params }) => ({
  values: [Math.abs(Number(params.x ?? 0) - 1) + (params.root === 'a' ? 0 : 1)],
});
const pick = ({ params, why, fidelity, continues, attributes }: Trial) => ({
  params,
  why,
  fidelity,
  continues,
  attributes,
});

/** A contract that every sampler keeps; throws an AssertionError where this one does not. */
export interface SamplerCheck {
  readonly name: string;
  check(sampler: Sampler): void;
}

export const samplerChecks: readonly SamplerCheck[] = [
  {
    name: 'every suggestion is inside of a space with all types, grids, logarithms, single values and conditions three deep',
    check(sampler) {
      const study = run(studyOf(sampler), 60);
      for (const { params } of study.trials)
        assert.ok(containsConfiguration(study.space, params), JSON.stringify(params));
    },
  },
  {
    name: 'what is sampled jointly belongs to the relative space and is active',
    check(sampler) {
      const view = frozenView(run(studyOf(sampler), 30));
      const random = createRandom(3);
      for (let i = 0; i < 20; i++) {
        const space = sampler.relativeSpace(view);
        const { params } = sampler.sampleRelative(view, view.trials.length, space, random);
        checkPartial(space, params);
      }
    },
  },
  {
    name: 'the first trials reach both ends of grids and every decade of a logarithmic range',
    check(sampler) {
      const space = { grid: { int: [1, 4] }, rate: { float: [1e-6, 1], log: true } } as const;
      const seeds = Array.from({ length: 60 }, (_, seed) => seed);
      const trials = seeds.flatMap((seed) => run(studyOf(sampler, { space, seed }), 5, () => ({ values: [1] })).trials);
      assert.equal(new Set(trials.map(({ params }) => params.grid)).size, 4);
      const decades = new Set(trials.map(({ params }) => Math.floor(Math.log10(Number(params.rate)))));
      for (let decade = -6; decade < 0; decade++) assert.ok(decades.has(decade), `no value in decade ${decade}`);
    },
  },
  {
    name: 'forbidden combinations are never suggested',
    check(sampler) {
      const forbidden = [
        { kind: 'a', n: [1, 2, 3] },
        { kind: 'b', x: 0.5 },
      ] as const;
      const space: SpaceDescription = {
        kind: { choice: ['a', 'b'] },
        n: { int: [1, 4], when: { kind: 'a' } },
        x: { float: [0, 1], step: 0.5 },
      };
      const study = studyOf(sampler, { space, forbidden });
      // a with n = 4 and three x; b with two.
      while (!study.exhausted && study.trials.length < 60) study.tell(study.ask(), study.trials.length % 3);
      assert.ok(study.exhausted);
      const tried = study.trials.map(({ params }) => JSON.stringify([params.kind, params.n, params.x]));
      assert.equal(new Set(tried).size, 5);
    },
  },
  {
    name: 'failed, pruned and infeasible trials do not stop it',
    check(sampler) {
      const answers: Answer[] = [
        () => ({ failed: 'out of memory' }),
        () => ({ pruned: 'hopeless' }),
        () => ({ values: [1], constraints: [1] }),
      ];
      for (const answer of answers) run(studyOf(sampler), 25, answer);
      run(studyOf(sampler), 45, (trial) => [...answers, bowl][trial.number % 4](trial));
    },
  },
  {
    name: 'pruned trials with intermediate values do not stop it',
    check(sampler) {
      const study = studyOf(sampler);
      for (let i = 0; i < 25; i++) {
        const { number } = study.ask();
        for (let step = 1; step <= 1 + (i % 3); step++) study.report(number, step, i / step);
        study.tell(number, i % 2 ? { pruned: 'hopeless' } : { values: [i] });
      }
    },
  },
  {
    name: 'NaN, infinite, huge and equal values do not stop it, and leave its reasons real',
    check(sampler) {
      const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308, 0, 0, 5e-324];
      const study = run(studyOf(sampler), 48, ({ number }) => ({ values: [values[number % values.length]] }));
      for (const { why } of study.trials) assert.deepEqual(JSON.parse(JSON.stringify(why)), why);
    },
  },
  {
    name: 'trials that run side by side differ',
    check(sampler) {
      const study = run(studyOf(sampler), 15);
      const running = Array.from({ length: 8 }, () => study.ask());
      assert.equal(different(running), 8);
      for (const trial of running.toReversed()) study.tell(trial.number, bowl(trial));
      run(study, 5);
    },
  },
  {
    name: 'a finite space is searched to its end without repeats',
    check(sampler) {
      const space: SpaceDescription = {
        n: { int: [1, 6] },
        k: { choice: ['a', 'b'] },
        m: { int: [1, 2], when: { k: 'a' } },
      };
      const study = studyOf(sampler, { space });
      // Where a resource is shared out, a configuration comes again with more of it: at most three times here.
      while (!study.exhausted && study.trials.length < 54) {
        const trial = study.ask();
        study.tell(trial, Number(trial.params.n));
      }
      assert.ok(study.exhausted);
      assert.equal(different(study.trials), study.trials.length);
    },
  },
  {
    name: 'the same seed gives the same trials, another seed others',
    check(sampler) {
      const [one, same, other] = [1, 1, 2].map((seed) => run(studyOf(sampler, { seed }), 30).trials.map(pick));
      assert.deepEqual(one, same);
      assert.notDeepEqual(one, other);
    },
  },
  {
    name: 'a study that is resumed from its records goes on as one that was not interrupted',
    check(sampler) {
      const whole = run(studyOf(sampler), 30).trials;
      for (const cut of [3, 17]) {
        const records = JSON.parse(JSON.stringify(whole.slice(0, cut)));
        const resumed = run(studyOf(sampler, { trials: records }), 30 - cut).trials;
        assert.deepEqual(resumed.map(pick), whole.map(pick));
      }
    },
  },
  {
    name: 'it changes nothing in the study',
    check(sampler) {
      const view = frozenView(run(studyOf(sampler), 25));
      const before = JSON.stringify(view.trials);
      sampler.sampleRelative(view, view.trials.length, sampler.relativeSpace(view), createRandom(1));
      sampler.after?.(view, view.trials[view.trials.length - 1]);
      assert.equal(JSON.stringify(view.trials), before);
    },
  },
  {
    name: 'reasons are sentences, survive JSON, and name only earlier trials and configurations of the space',
    check(sampler) {
      const study = run(studyOf(sampler), 60);
      for (const { number, why } of study.trials) {
        assert.ok([sampler.name, ...(sampler.members ?? [])].includes(why.sampler), why.sampler);
        assert.match(why.words, /^[A-Z].{8,}\.$/);
        assert.doesNotMatch(why.words, /undefined|NaN|Infinity|\[object/);
        assert.deepEqual(JSON.parse(JSON.stringify(why)), why);
        for (const other of [...(why.spokeFor ?? []), ...(why.spokeAgainst ?? [])])
          assert.ok(other >= 0 && other < number);
        for (const { params, acquisition } of why.rejected ?? []) {
          assert.ok(containsConfiguration(study.space, params));
          assert.ok(why.acquisition !== undefined && Number.isFinite(acquisition));
        }
        if (why.acquisition !== undefined) assert.ok(Number.isFinite(why.acquisition));
        if (why.prediction) {
          const { low, value, high } = why.prediction;
          assert.ok(low <= value && value <= high, JSON.stringify(why.prediction));
        }
        for (const parameter of why.parameters ?? []) assert.ok(parameter.name in study.trials[number].params);
        for (const parent of why.parents ?? []) assert.ok(parent >= 0 && parent < number);
      }
    },
  },
  {
    name: 'trials from an older space are passed over',
    check(sampler) {
      const old = run(studyOf(sampler, { space: { x: { float: [50, 60] }, gone: { choice: ['a', 'b'] } } }), 12);
      const study = studyOf(sampler, { space: { x: { float: [0, 1] }, fresh: { int: [1, 4] } }, trials: old.trials });
      run(study, 15);
      const added = study.trials.slice(12);
      assert.ok(
        added.every(({ params }) =>
          containsConfiguration(describeSpace({ x: { float: [0, 1] }, fresh: { int: [1, 4] } }), params),
        ),
      );
    },
  },
  {
    name: 'several objectives do not stop it',
    check(sampler) {
      const study = studyOf(sampler, { directions: ['minimize', 'maximize', 'minimize'] });
      run(study, 40, ({ number, params }) => ({ values: [Number(params.x), number % 3, Number(params.count)] }));
      assert.ok(study.paretoFront.length > 0);
    },
  },
  {
    name: 'what it shares out stays within the resource, and a trial that goes on has the configuration of the one before',
    check(sampler) {
      const study = run(studyOf(sampler), 60);
      for (const { fidelity, continues, params } of study.trials) {
        if (!sampler.sharesResource) assert.equal(fidelity, undefined);
        if (fidelity !== undefined) assert.ok(fidelity >= resource.min && fidelity <= resource.max, `${fidelity}`);
        if (continues === undefined) continue;
        const before = study.trials[continues];
        assert.deepEqual(before.params, params);
        assert.ok(Number(before.fidelity) < (fidelity ?? resource.max));
      }
      if (sampler.sharesResource) assert.ok(study.trials.some(({ fidelity }) => fidelity === resource.min));
    },
  },
  {
    name: 'a space without parameters has one configuration',
    check(sampler) {
      const study = run(studyOf(sampler, { space: {} }), 1);
      assert.deepEqual(study.trials[0].params, {});
      run(studyOf(sampler, { space: {}, duplicates: 'allow' }), 20);
    },
  },
];
