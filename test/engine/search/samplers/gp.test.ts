import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GpOptions, gpSampler } from '../../../../src/engine/search/samplers/gp.ts';
import { createStudy, type Study } from '../../../../src/engine/search/study.ts';
import type { TrialResult } from '../../../../src/engine/search/trial-result.ts';
import type { SpaceDescription } from '../../../../src/engine/space/description.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Trial } from '../../../../src/shared/trial.ts';

const box: SpaceDescription = { x: { float: [0, 1] }, y: { float: [0, 1] }, kind: { choice: ['a', 'b', 'c'] } };
const bowl = ({ x, y, kind }: Params) => (Number(x) - 0.37) ** 2 + (Number(y) - 0.81) ** 2 + (kind === 'b' ? 0 : 0.4);

function searched(
  count: number,
  objective: (params: Params) => number | readonly number[] | TrialResult,
  { acquisition, ...options }: GpOptions & Partial<Parameters<typeof createStudy>[0]> = {},
): Study {
  const study = createStudy({ space: box, seed: 3, sampler: gpSampler({ acquisition }), clock: () => 0, ...options });
  for (let i = 0; i < count; i++) {
    const trial = study.ask();
    study.tell(trial, objective(trial.params));
  }
  return study;
}

for (const acquisition of ['log-ei', 'ei', 'pi', 'ucb', 'thompson'] as const) {
  test(`with ${acquisition} it closes in on the bottom of a bowl`, () => {
    const { best } = searched(30, bowl, { acquisition });
    // 30 random trials reach 0.02 on average.
    assert.ok(Number(best?.values?.[0]) < (acquisition === 'thompson' ? 0.01 : 1e-4), JSON.stringify(best));
  });
}

test('it turns a direction', () => {
  const study = searched(25, (params) => -bowl(params), { direction: 'maximize' });
  assert.ok(Number(study.best?.values?.[0]) > -1e-3);
  const { why, values } = study.trials[24];
  assert.ok(why.prediction && why.prediction.low <= why.prediction.value);
  assert.ok(Math.abs(why.prediction.value - Number(values?.[0])) < 0.2);
});

test('the reason holds the prediction, its voices, each parameter and the model, as they were at the time', () => {
  const study = searched(24, bowl);
  const startUp = study.trials.filter(({ why }) => why.phase === 'start-up');
  assert.equal(startUp.length, 10);
  const modelled = study.trials.slice(14);
  for (const { why, number, params } of modelled) {
    assert.equal(why.acquisitionName, 'log expected improvement');
    assert.deepEqual(
      why.parameters?.map(({ name }) => name),
      Object.keys(params),
    );
    assert.equal(why.surrogate?.trials, number);
    assert.equal(why.surrogate?.name, 'Gaussian process');
    assert.equal(why.surrogate?.fitName, 'leave-one-out R2');
    assert.ok((why.spokeFor?.length ?? 0) + (why.spokeAgainst?.length ?? 0) > 0);
    for (const { acquisition } of why.rejected ?? []) assert.ok(acquisition <= Number(why.acquisition));
  }
  // A smooth bowl is foretold well: nine in ten of the 90 % intervals should hold, and the model says that it fits.
  const held = modelled.filter(({ why, values }) => {
    const { low = 0, high = 0 } = why.prediction ?? {};
    return Number(values?.[0]) >= low - 1e-6 && Number(values?.[0]) <= high + 1e-6;
  });
  assert.ok(held.length >= 7, `${held.length} of ${modelled.length}`);
  assert.ok(Number(study.trials[23].why.surrogate?.fit) > 0.7);
});

test('a constraint is learnt: later trials keep it, and the best lies at its edge', () => {
  const constrained = (params: Params) => ({ values: [bowl(params)], constraints: [Number(params.x) - 0.2] });
  const study = searched(40, constrained);
  assert.ok(study.trials.slice(20).filter(({ constraints = [] }) => constraints[0] <= 0.01).length >= 12);
  const { x, y, kind } = (study.best as Trial).params;
  assert.ok(
    kind === 'b' && Math.abs(Number(x) - 0.2) < 0.03 && Math.abs(Number(y) - 0.81) < 0.1,
    JSON.stringify([x, y]),
  );
});

test('while nothing is feasible it looks for what is', () => {
  const study = searched(25, ({ x, y }) => ({
    values: [1],
    constraints: [Math.hypot(Number(x) - 0.9, Number(y) - 0.1) - 0.05],
  }));
  assert.ok(study.best, 'no feasible trial found');
  const blind = study.trials[10].why;
  assert.equal(blind.acquisitionName, 'log probability of being feasible');
});

test('two objectives spread along the front', () => {
  const study = searched(35, ({ x, y }) => [Number(x) ** 2 + Number(y), (Number(x) - 1) ** 2 + Number(y)], {
    directions: ['minimize', 'minimize'],
  });
  const front = study.paretoFront.filter(({ params }) => Number(params.y) < 0.01);
  const places = front.map(({ params }) => Number(params.x)).sort((a, b) => a - b);
  assert.ok(places.length >= 10, `${places.length} on the front`);
  assert.ok(places[0] < 0.15 && (places.at(-1) as number) > 0.85, String(places));
  assert.equal(study.trials[30].why.acquisitionName, 'log expected hypervolume improvement');
});

test('trials that run are not suggested again, nor crowded', () => {
  const study = searched(15, bowl);
  const running = Array.from({ length: 5 }, () => study.ask().params);
  for (const [i, a] of running.entries()) {
    for (const b of running.slice(0, i)) {
      const apart = Math.hypot(Number(a.x) - Number(b.x), Number(a.y) - Number(b.y));
      assert.ok(apart > 1e-4 || a.kind !== b.kind, JSON.stringify([a, b]));
    }
  }
});

test('of very many trials the best and the newest are modelled, and the reason says how many', () => {
  const trials = Array.from({ length: 450 }, (_, number): Trial => {
    const [x, y] = [(number * 0.618) % 1, (number * 0.755) % 1];
    const params = { x, y, kind: ['a', 'b', 'c'][number % 3] };
    const why = { sampler: 'random', phase: 'explore', words: 'Drawn at random.' } as const;
    return { number, state: 'complete', params, values: [bowl(params)], why, intermediate: [], attributes: {} };
  });
  const study = createStudy({ space: box, sampler: gpSampler(), trials });
  const trial = study.ask();
  assert.equal(trial.why.surrogate?.trials, 400);
  assert.ok(bowl(trial.params) < 1e-3, JSON.stringify(trial.params));
});
