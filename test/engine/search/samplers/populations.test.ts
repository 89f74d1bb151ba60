import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SamplerName } from '../../../../src/engine/search/samplers/registry.ts';
import { createStudy, type Study } from '../../../../src/engine/search/study.ts';
import type { SpaceDescription } from '../../../../src/engine/space/description.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Trial } from '../../../../src/shared/trial.ts';

const names: readonly SamplerName[] = [
  'genetic',
  'evolution-strategy',
  'cma-es',
  'particle-swarm',
  'differential-evolution',
  'nsga2',
];

/** A bowl in numbers, a grid and a choice: 0 at x = y = 0.7, n = 6, kind b. */
const space: SpaceDescription = {
  x: { float: [0, 1] },
  y: { float: [0, 1] },
  n: { int: [0, 9] },
  kind: { choice: ['a', 'b', 'c'] },
};
const bowl = ({ x, y, n, kind }: Params): number =>
  (Number(x) - 0.7) ** 2 + (Number(y) - 0.7) ** 2 + ((Number(n) - 6) / 9) ** 2 + (kind === 'b' ? 0 : 0.1);

function search(sampler: SamplerName, seed: number, workers: number, trials = 160): Study {
  const study = createStudy({ space, sampler, seed, expected: { trials, workers } });
  const running: Trial[] = [];
  while (study.trials.length < trials) {
    running.push(study.ask());
    if (running.length < workers) continue;
    // The oldest but one is told first, so that trials overtake one another.
    const [trial] = running.splice(Math.min(1, workers - 1), 1);
    study.tell(trial, bowl(trial.params));
  }
  return study;
}

const bestOf = (study: Study) => study.best?.values?.[0] ?? Number.POSITIVE_INFINITY;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
const seeds = [1, 2, 3, 4, 5];
const byChance = median(seeds.map((seed) => bestOf(search('random', seed, 1))));

for (const name of names) {
  describe(`the ${name} sampler`, () => {
    test('closes in on the bottom of a bowl, alone and with eight workers that overtake one another', () => {
      for (const workers of [1, 8]) {
        const found = median(seeds.map((seed) => bestOf(search(name, seed, workers))));
        assert.ok(found < byChance / 2, `${workers} workers: ${found} against ${byChance} by chance`);
      }
    });

    test('names the parents and the generation of what it made after the first', () => {
      const later = search(name, 1, 4).trials.slice(100);
      for (const { why } of later) assert.ok((why.parents?.length ?? 0) > 0 && (why.generation ?? 0) > 0, why.words);
    });

    test('uses what others found: a good configuration given by a person becomes a parent', () => {
      const study = createStudy({ space, sampler: name, seed: 3, expected: { trials: 64 } });
      study.enqueue({ x: 0.7, y: 0.7, n: 6, kind: 'b' }, 'Given by a person.');
      for (let i = 0; i < 64; i++) {
        const trial = study.ask();
        study.tell(trial, bowl(trial.params));
      }
      assert.ok(study.trials.some(({ why }) => why.parents?.includes(0)));
    });
  });
}

test('NSGA-II spreads along a front of two objectives, among feasible trials', () => {
  const study = createStudy({
    space: { x: { float: [0, 2] }, y: { float: [0, 1] } },
    directions: ['minimize', 'minimize'],
    sampler: 'nsga2',
    expected: { trials: 200 },
  });
  for (let i = 0; i < 200; i++) {
    const trial = study.ask();
    const [x, y] = [Number(trial.params.x), Number(trial.params.y)];
    study.tell(trial, { values: [x * x + y, (x - 2) ** 2 + y], constraints: [0.5 - x] });
  }
  const places = study.paretoFront.map(({ params }) => Number(params.x));
  assert.ok(places.every((x) => x >= 0.5));
  for (const edge of [0.5, 0.8, 1.1, 1.4, 1.7]) {
    assert.ok(
      places.some((x) => x >= edge && x < edge + 0.3),
      `no trial of the front between ${edge} and ${edge + 0.3}`,
    );
  }
  assert.ok(median(study.paretoFront.map(({ params }) => Number(params.y))) < 0.1);
});

test('CMA-ES follows a valley that no parameter alone shows', () => {
  const valley = ({ x, y }: Params) => 100 * (Number(x) - Number(y)) ** 2 + (Number(x) - 2) ** 2;
  const found = seeds.map((seed) => {
    const study = createStudy({ space: { x: { float: [-5, 5] }, y: { float: [-5, 5] } }, sampler: 'cma-es', seed });
    for (let i = 0; i < 250; i++) {
      const trial = study.ask();
      study.tell(trial, valley(trial.params));
    }
    return bestOf(study);
  });
  assert.ok(median(found) < 1e-4, `${found}`);
});

test('CMA-ES starts at the best trial of others', () => {
  const study = createStudy({ space: { x: { float: [0, 1] }, y: { float: [0, 1] } }, sampler: 'cma-es' });
  study.enqueue({ x: 0.95, y: 0.05 }, 'Given by a person.');
  study.tell(study.ask(), 0);
  const trials = Array.from({ length: 30 }, () => study.ask());
  const mean = (name: string) => trials.reduce((sum, { params }) => sum + Number(params[name]), 0) / trials.length;
  assert.ok(mean('x') > 0.7 && mean('y') < 0.3, `${mean('x')}, ${mean('y')}`);
});
