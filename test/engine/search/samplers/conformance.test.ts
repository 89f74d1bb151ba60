import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Sampler } from '../../../../src/engine/search/sampler.ts';
import { autoSampler } from '../../../../src/engine/search/samplers/auto.ts';
import { randomSampler } from '../../../../src/engine/search/samplers/random.ts';
import { samplers } from '../../../../src/engine/search/samplers/registry.ts';
import type { Params, Value } from '../../../../src/shared/space.ts';
import { type SamplerCheck, samplerChecks } from './conformance.ts';

for (const [name, sampler] of Object.entries({ ...samplers, auto: autoSampler }) as [string, Sampler][]) {
  describe(`the ${name} sampler`, () => {
    test('has the name that the registry knows it by', () => assert.equal(sampler.name, name));
    for (const { name: contract, check } of samplerChecks) test(contract, () => check(sampler));
  });
}

const why = { sampler: 'bad', phase: 'explore', words: 'Drawn at random, badly.' } as const;
/** Random search with a fault. */
const bad = (fault: Partial<Sampler>): Sampler => ({
  ...randomSampler,
  name: 'bad',
  sampleRelative: () => ({ params: {}, why }),
  ...fault,
});
const relative = (params: Params): Partial<Sampler> => ({
  relativeSpace: (study) => study.space,
  sampleRelative: () => ({ params, why }),
});
const seen = (count: number, sampler: Sampler): Sampler =>
  bad({
    sampleRelative(study, ...rest) {
      if (study.trials.length > count) throw new Error('lost');
      return sampler.sampleRelative(study, ...rest);
    },
  });
let calls = 0;

/** For each contract a sampler that breaks it, so that a check which cannot fail is found. */
const breakers: Readonly<Record<string, Sampler>> = {
  'every suggestion is inside': bad(relative({ x: 6 })),
  'what is sampled jointly': bad(relative({ root: 'b', first: 1 })),
  'the first trials reach': bad({
    sampleIndependent: (_s, _n, _name, distribution, random): Value =>
      distribution.type === 'categorical' || distribution.type === 'ordinal'
        ? distribution.choices[0]
        : distribution.type === 'int'
          ? distribution.low + random.integer(Math.max(1, distribution.high - distribution.low))
          : distribution.low + random.uniform() * (distribution.high - distribution.low),
  }),
  'forbidden combinations': bad({
    sampleRelative(study) {
      if (study.space.forbidden) throw new Error('cannot do without them');
      return { params: {}, why };
    },
  }),
  'failed, pruned and infeasible': bad({
    sampleRelative(study) {
      if (study.trials.some(({ state }) => state === 'failed')) throw new TypeError('no values');
      return { params: {}, why };
    },
  }),
  'pruned trials with': bad({
    sampleRelative(study) {
      for (const { state, values } of study.trials) if (state !== 'running') void values!.length;
      return { params: {}, why };
    },
  }),
  'NaN, infinite': bad({
    sampleRelative: (study) => ({
      params: {},
      why: { ...why, acquisition: study.trials.reduce((sum, { values }) => sum * (values?.[0] ?? 1) ** 2, 1) / 0 },
    }),
  }),
  'trials that run side by side': bad({
    sampleIndependent(study, number, name, distribution, random) {
      if (study.trials.some(({ state }) => state === 'running')) throw new Error('cannot run side by side');
      return randomSampler.sampleIndependent(study, number, name, distribution, random);
    },
  }),
  'a finite space': seen(10, randomSampler),
  'the same seed': bad({
    sampleIndependent: (study, number, name, distribution, random) =>
      randomSampler.sampleIndependent(study, number, name, distribution, { ...random, uniform: Math.random }),
  }),
  'a study that is resumed': bad({
    sampleIndependent(study, number, name, distribution, random) {
      calls = study.trials.length === 0 ? 0 : calls + 1;
      return randomSampler.sampleIndependent(study, number, name, distribution, random.fork(`${calls}`));
    },
  }),
  'it changes nothing': bad({ after: (study) => void (study.trials as unknown[]).pop() }),
  'reasons are sentences': bad({
    sampleRelative: () => ({ params: {}, why: { ...why, words: 'because', spokeFor: [99] } }),
  }),
  'trials from an older space': bad({
    ...relative({}),
    sampleRelative: (study) => ({ params: { x: study.trials.at(-1)?.params.x ?? 0.5 }, why }),
  }),
  'several objectives': bad({
    sampleRelative(study) {
      assert.equal(study.directions.length, 1);
      return { params: {}, why };
    },
  }),
  'what it shares out': bad({ sampleRelative: () => ({ params: {}, why, fidelity: 5 }) }),
  'a space without parameters': bad({
    sampleRelative(study) {
      void study.space.parameters[0].name;
      return { params: {}, why };
    },
  }),
};

describe('each check of samplers', () => {
  for (const check of samplerChecks) {
    test(`finds a sampler that breaks: ${check.name}`, () => {
      assert.throws(() => check.check(breakerOf(check)));
    });
  }
  test('lets plain random search pass', () => {
    for (const { check } of samplerChecks) check(bad({}));
  });
});

function breakerOf({ name }: SamplerCheck): Sampler {
  const found = Object.entries(breakers).find(([start]) => name.startsWith(start));
  assert.ok(found, `no sampler breaks: ${name}`);
  return found[1];
}
