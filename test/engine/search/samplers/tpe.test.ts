import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hypervolume } from '../../../../src/engine/search/hypervolume.ts';
import type { Sampler } from '../../../../src/engine/search/sampler.ts';
import { tpeSampler } from '../../../../src/engine/search/samplers/tpe.ts';
import { goodCount } from '../../../../src/engine/search/samplers/tpe-split.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { trialOf } from '../pruners/conformance.ts';

async function bestOf(sampler: 'random' | Sampler, seed: number): Promise<number> {
  const space = {
    x: { float: [-5, 5] },
    rate: { float: [1e-4, 1], log: true },
    n: { int: [1, 20] },
    kind: { choice: ['a', 'b', 'c'] },
    extra: { float: [0, 1], when: { kind: 'b' } },
  } as const;
  const study = createStudy({ space, directions: ['maximize'], sampler, seed });
  await study.optimize(
    ({ params: { x, rate, n, kind, extra = 0 } }) =>
      -((Number(x) - 2) ** 2) -
      Math.log10(Number(rate) / 0.01) ** 2 -
      (Number(n) - 7) ** 2 / 10 -
      (kind === 'b' ? Math.abs(Number(extra) - 0.3) : 1),
    { trials: 60 },
  );
  return study.best?.values?.[0] ?? Number.NEGATIVE_INFINITY;
}

/** Median over 15 seeds of how far the best of 60 trials stays below the maximum, which is 0. */
async function medianShortfall(sampler: 'random' | Sampler): Promise<number> {
  const best: number[] = [];
  for (let seed = 1; seed <= 15; seed++) best.push(await bestOf(sampler, seed));
  return -best.toSorted((a, b) => a - b)[7];
}

/** Takes the worst trials for the good ones. */
const reversed = (sampler: Sampler): Sampler => ({
  ...sampler,
  sampleRelative(study, number, asked, random) {
    const { space, seed, trials } = study;
    const view = {
      space,
      seed,
      trials,
      directions: ['minimize' as const],
      expected: {},
      tried: (params: Params) => study.tried(params),
    };
    return sampler.sampleRelative(view, number, asked, random);
  },
});

test('half the seeds come five times closer to the maximum than random search; broken samplers do not', async () => {
  // Over six sets of 15 seeds the ratio of the medians was 0.14 to 0.28.
  const limit = (await medianShortfall('random')) / 5;
  const found = await medianShortfall(tpeSampler());
  assert.ok(found < limit, `${found} is not below ${limit}`);
  const broken = { 'the worst for the good': reversed(tpeSampler()), 'no ratio l / g': tpeSampler({ candidates: 1 }) };
  for (const [fault, sampler] of Object.entries(broken)) {
    const shortfall = await medianShortfall(sampler);
    assert.ok(shortfall > limit, `${fault} goes unseen: ${shortfall} is below ${limit}`);
  }
});

test('its reason names the good trials nearby and what it rejected', async () => {
  const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'tpe', seed: 3 });
  await study.optimize(({ params }) => (Number(params.x) - 0.3) ** 2, { trials: 40 });
  assert.ok(study.trials.slice(0, 10).every(({ why }) => why.phase === 'start-up'));
  const exploit = study.trials.filter(({ why }) => why.phase === 'exploit');
  assert.ok(exploit.length > 10);
  for (const { number, params, why } of exploit) {
    const before = study.trials.slice(0, number).map(({ values }) => values?.[0] ?? 0);
    const limit = before.toSorted((a, b) => a - b)[goodCount(number) - 1];
    assert.ok(
      why.spokeFor?.every((other) => before[other] <= limit),
      `trial ${number}`,
    );
    assert.equal(why.rejected?.length, 3);
    assert.ok(why.rejected?.every(({ acquisition }) => acquisition <= (why.acquisition ?? 0)));
    const distances = study.trials.slice(0, number).map((other) => Math.abs(Number(other.params.x) - Number(params.x)));
    const heard = Math.min(...(why.spokeFor ?? []).map((other) => distances[other]));
    const good = distances.filter((_, other) => before[other] <= limit);
    assert.ok(heard <= Math.min(...good) + 0.05, `trial ${number} was not near what spoke for it`);
  }
});

test('running trials keep it from suggesting their neighbourhood again', () => {
  const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'tpe', seed: 8 });
  for (let i = 0; i < 20; i++) {
    const { number, params } = study.ask();
    study.tell(number, { values: [(Number(params.x) - 0.5) ** 2] });
  }
  const running = Array.from({ length: 12 }, () => study.ask());
  const spoken = running.slice(1).filter(({ why }) => why.spokeAgainst?.some((number) => number >= 20));
  assert.ok(spoken.length > 5, 'running trials speak against');
});

test('what each parameter adds is zero where the best trial has the same value, and sums up along one parameter', async () => {
  const space = { x: { float: [0, 1] }, kind: { choice: ['a', 'b'] } } as const;
  for (const sampler of ['tpe', 'tpe-univariate'] as const) {
    const study = createStudy({ space, sampler, seed: 2 });
    await study.optimize(({ params }) => (Number(params.x) - 0.3) ** 2 + (params.kind === 'a' ? 0 : 1), { trials: 40 });
    const learned = study.trials.slice(10);
    for (const { number, params, why } of learned) {
      assert.equal(why.acquisitionName, 'log l - log g');
      assert.deepEqual(why.surrogate, { name: 'Parzen estimators', trials: number });
      assert.deepEqual(
        why.parameters?.map(({ name }) => name),
        ['x', 'kind'],
      );
      const before = study.trials.slice(0, number);
      const best = before.reduce((a, b) => ((b.values?.[0] ?? 0) < (a.values?.[0] ?? 0) ? b : a));
      if (best.params.kind === params.kind) {
        const kind = why.parameters?.[1];
        assert.deepEqual([kind?.exploit, kind?.explore], [0, 0]);
      }
    }
    assert.ok(learned.some(({ why }) => why.parameters?.some(({ exploit }) => exploit !== 0)));
  }
});

test('univariate: each parameter is chosen by itself, and does not see that two belong together', () => {
  // Good where x and y are both low or both high: a model of each alone sees no difference.
  const trials = Array.from({ length: 90 }, (_, number): Trial => {
    const good = number % 10 === 0;
    const x = good ? (number % 20 ? 0.9 : 0.1) : (number * 0.377) % 1;
    const y = good ? x : (number * 0.719) % 1;
    return { ...trialOf(number, []), params: { x, y }, values: [good ? number / 1000 : 1] };
  });
  const space = { x: { float: [0, 1] }, y: { float: [0, 1] } } as const;
  const apart = (sampler: 'tpe' | 'tpe-univariate') => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const asked = seeds.map((seed) => createStudy({ space, sampler, seed, trials }).ask().params);
    return asked.filter(({ x, y }) => Math.abs(Number(x) - Number(y)) > 0.5).length;
  };
  const [joint, alone] = [apart('tpe'), apart('tpe-univariate')];
  assert.ok(joint < 6 && alone > 15, `${joint} and ${alone} of 60`);
});

test('an ordinal parameter is known by its order: neighbours of the good places are tried more than the far ones', async () => {
  const choices = Array.from({ length: 21 }, (_, i) => `s${i}`);
  const study = createStudy({ space: { size: { ordinal: choices } }, sampler: 'tpe', seed: 4, duplicates: 'allow' });
  const place = ({ size }: Params) => choices.indexOf(String(size));
  await study.optimize(({ params }) => Math.abs(place(params) - 15), { trials: 60 });
  const near = study.trials.slice(20).filter(({ params }) => Math.abs(place(params) - 15) <= 3);
  assert.ok(near.length > 20, `${near.length} of 40 within 3 of 20 places`);
});

test('choices that grew between runs: the old trials still teach, and the new choice is tried', async () => {
  const answer = ({ params }: { params: Params }) => (params.kind === 'c' ? 0 : 1) + (Number(params.x) - 0.7) ** 2;
  const x = { float: [0, 1] } as const;
  const old = createStudy({ space: { kind: { choice: ['a', 'b'] }, x }, sampler: 'tpe', seed: 1 });
  await old.optimize(answer, { trials: 30 });
  const study = createStudy({ space: { kind: { choice: ['a', 'b', 'c'] }, x }, sampler: 'tpe', trials: old.trials });
  await study.optimize(answer, { trials: 40 });
  assert.deepEqual(study.outside, []);
  assert.equal(study.trials[30].why.phase === 'start-up', false);
  assert.equal(study.best?.params.kind, 'c');
});

test('several objectives: more of the front is found than by chance', async () => {
  const space = { x: { float: [0, 1] }, y: { float: [0, 1] }, z: { float: [0, 1] } } as const;
  // ZDT1 with three variables.
  const zdt1 = ({ params }: { params: Params }) => {
    const x = Number(params.x);
    const g = 1 + (9 * (Number(params.y) + Number(params.z))) / 2;
    return [x, g * (1 - Math.sqrt(x / g))];
  };
  const volume = async (sampler: 'tpe' | 'random') => {
    let sum = 0;
    for (let seed = 0; seed < 5; seed++) {
      const study = createStudy({ space, directions: ['minimize', 'minimize'], sampler, seed });
      await study.optimize(zdt1, { trials: 80 });
      sum += hypervolume(
        study.paretoFront.map(({ values }) => values ?? []),
        [1.1, 10],
      );
    }
    return sum / 5;
  };
  const [found, chance] = [await volume('tpe'), await volume('random')];
  // The best possible is 10.77; what is left of it shrinks to less than a half.
  assert.ok(10.77 - found < 0.5 * (10.77 - chance), `${found} against ${chance}`);
});

test('infeasible trials teach it to keep the constraint', async () => {
  const share = async (sampler: 'tpe' | 'random') => {
    let feasible = 0;
    for (let seed = 0; seed < 6; seed++) {
      const study = createStudy({ space: { x: { float: [0, 1] }, y: { float: [0, 1] } }, sampler, seed });
      await study.optimize(
        ({ params: { x, y } }) => ({ values: [-Number(x) - Number(y)], constraints: [Number(x) + Number(y) - 0.5] }),
        { trials: 50 },
      );
      feasible += study.trials.slice(10).filter(({ constraints }) => Number(constraints?.[0]) <= 0).length;
    }
    return feasible / 240;
  };
  const [learned, chance] = [await share('tpe'), await share('random')];
  assert.ok(learned > 2.5 * chance, `${learned} against ${chance}`);
});

test('a configuration of ten thousand trials is suggested from few kernels, running trials among them', () => {
  const trials = Array.from({ length: 12_000 }, (_, number): Trial => {
    const x = ((number * 7919) % 12_000) / 12_000;
    return { ...trialOf(number, []), params: { x }, values: [(x - 0.25) ** 2] };
  });
  const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'tpe', trials, seed: 1 });
  const asked = Array.from({ length: 10 }, () => study.ask());
  assert.ok(asked.every(({ params }) => Math.abs(Number(params.x) - 0.25) < 0.02));
  assert.ok(asked.every(({ why }) => why.surrogate?.trials !== undefined && why.surrogate.trials >= 12_000));
});
