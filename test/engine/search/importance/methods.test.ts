import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { ablation } from '../../../../src/engine/search/importance/ablation.ts';
import { importanceAlongFront } from '../../../../src/engine/search/importance/along-front.ts';
import { local } from '../../../../src/engine/search/importance/local.ts';
import { cellsOf } from '../../../../src/engine/search/importance/ped-anova/cells.ts';
import { divergence, kernelOf } from '../../../../src/engine/search/importance/ped-anova/divergence.ts';
import { tunability } from '../../../../src/engine/search/importance/tunability.ts';
import type { SpaceDescription } from '../../../../src/engine/space/description.ts';
import type { Params } from '../../../../src/shared/space.ts';
import { judgedStudy, withTrials } from '../judged-study.ts';

const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not within ${within} of ${expected}`);
const space: SpaceDescription = {
  x: { float: [0, 1] },
  y: { float: [0, 1] },
  kind: { choice: ['a', 'b'] },
  inner: { float: [0, 1], when: { kind: 'b' } },
};
/** From the first configuration: x is worth 0.8, y 0.2, kind 1 with the inner value in the middle and 0.5 more with the best. */
const value = ({ x, y, kind, inner }: Params) =>
  Number(x) + 0.25 * Number(y) + (kind === 'a' ? 2 : 0.5 + Math.abs(Number(inner)));
const first = { x: 0.8, y: 0.8, kind: 'a' };
const study = judgedStudy({ space, trials: 500, value, first });
const random = () => createRandom(3);

describe('PED-ANOVA', () => {
  const cells = cellsOf({ type: 'categorical', choices: ['a', 'b', 'c', 'd'] });

  test('the divergence of choices is the variance of the share of the best, less what a lot would give', () => {
    const counts = (all: number[], top: number[]) => ({
      all: Float64Array.from(all),
      top: Float64Array.from(top),
      squares: Float64Array.from(all),
    });
    // Shares of the best 0.4, 0, 0, 0 around 0.1: variance 0.03; a lot gives 0.09 x 100/99 x (4/100 - 1/100).
    const expected = 0.03 - ((0.09 * 100) / 99) * 0.03;
    near(divergence(counts([25, 25, 25, 25], [10, 0, 0, 0]), kernelOf(cells, 1)), expected, 1e-12);
    assert.equal(divergence(counts([25, 25, 25, 25], [2.5, 2.5, 2.5, 2.5]), kernelOf(cells, 1)), 0);
    assert.equal(divergence(counts([25, 25, 25, 25], [0, 0, 0, 0]), kernelOf(cells, 1)), 0);
  });

  test('what a lot gives is taken away on average', () => {
    const draw = createRandom(8);
    const kernel = kernelOf(cellsOf({ type: 'float', low: 0, high: 1 }), 0.1);
    const found = Array.from({ length: 300 }, () => {
      const all = new Float64Array(64);
      const top = new Float64Array(64);
      for (let i = 0; i < 100; i++) {
        const cell = draw.integer(64);
        all[cell]++;
        if (i < 10) top[cell]++;
      }
      return divergence({ all, top, squares: all }, kernel);
    });
    const mean = found.reduce((sum, of) => sum + of / found.length, 0);
    // Cut off at 0, so a little is left of a standard deviation; a parameter that decides everything has 0.09.
    assert.ok(mean < 0.004, `${mean}`);
    assert.ok(found.some((of) => of === 0) && found.some((of) => of > 0));
  });

  test('cells: one a value where there are few, 64 where there are many', () => {
    assert.equal(cellsOf({ type: 'int', low: 1, high: 5 }).middles.length, 5);
    assert.equal(cellsOf({ type: 'int', low: 1, high: 500 }).middles.length, 64);
    const steps = cellsOf({ type: 'float', low: 0, high: 1, step: 0.5 });
    assert.deepEqual([0, 0.2, 0.5, 0.8, 1].map(steps.cellOf), [0, 0, 1, 2, 2]);
  });
});

describe('local importance', () => {
  test('around another trial other things matter', () => {
    const bowl = ({ x, y }: Params) => (Number(y) > 0.5 ? Number(x) : 0.01 * Number(x) + 2);
    const plane = judgedStudy({ space: { x: { float: [0, 1] }, y: { float: [0, 1] } }, trials: 300, value: bowl });
    const low = plane.trials.find(({ params }) => Number(params.y) < 0.4 && Number(params.x) > 0.9);
    const shares = (trial?: number) => {
      const result = local().compute(plane, { trial }, random());
      return result.parameters.find(({ name }) => name === 'x')?.importance ?? 0;
    };
    assert.ok(shares() - shares(low?.number) > 0.05, `${shares()} ${shares(low?.number)}`);
    assert.equal(local().compute(plane, { trial: low?.number }, random()).from?.trial, low?.number);
  });

  test('speaks only of trials that were judged', () => {
    assert.throws(() => local().compute(study, { trial: 5000 }, random()), { code: 'importance-trial' });
  });
});

describe('tunability', () => {
  test('is what tuning one parameter gains over the default, in the unit of the objective', () => {
    const { parameters, from, unit } = tunability().compute(study, {}, random());
    assert.equal(unit, 'gain');
    assert.equal(from?.trial, 0);
    const gain = (name: string) => parameters.find((parameter) => parameter.name === name)?.importance ?? 0;
    near(gain('x'), 0.8, 0.15);
    near(gain('y'), 0.2, 0.12);
    near(gain('kind'), 1, 0.2);
    assert.equal(gain('inner'), 0);
  });

  test('begins from another trial where it is told to', () => {
    const good = study.trials.reduce((a, b) => ((a.values?.[0] ?? 0) < (b.values?.[0] ?? 0) ? a : b));
    const { parameters } = tunability().compute(study, { trial: good.number }, random());
    assert.ok(parameters.every(({ importance }) => importance < 0.2));
  });
});

describe('ablation', () => {
  test('goes from the default to the best, the greatest gain first, a parameter that a step opens by itself', () => {
    const { path = [], from, to, parameters } = ablation.compute(study, {}, random());
    assert.deepEqual(path.map(({ name }) => name).toSorted(), ['inner', 'kind', 'x', 'y']);
    assert.equal(path[0].name, 'kind');
    assert.ok(path.findIndex(({ name }) => name === 'inner') > path.findIndex(({ name }) => name === 'kind'));
    assert.equal(from?.trial, 0);
    const best = study.trials.find(({ number }) => number === to?.trial);
    for (const { name, to: end } of path) assert.equal(end, best?.params[name]);
    const gain = (name: string) => parameters.find((parameter) => parameter.name === name)?.importance ?? 0;
    near(gain('kind'), 1, 0.2);
    near(gain('x'), 0.8, 0.15);
    near(gain('inner'), 0.4, 0.2);
    const gained = parameters.reduce((sum, { importance }) => sum + importance, 0);
    near((from?.predicted ?? 0) - path[path.length - 1].predicted, gained, 1e-9);
  });

  test('a parameter that a step opens begins where the default of what was chosen has it', () => {
    const other = study.trials.find(({ params }) => params.kind === 'b' && Number(params.inner) > 0.9);
    const trials = study.trials.map((trial) =>
      trial === other ? { ...trial, why: { ...trial.why, phase: 'default' as const } } : trial,
    );
    const { path = [] } = ablation.compute(withTrials(study, trials), { trial: 0 }, random());
    assert.equal(path.find(({ name }) => name === 'inner')?.from, other?.params.inner);
  });

  test('has no steps where the default is the best', () => {
    const better = judgedStudy({
      space,
      trials: 40,
      value: (params) => value(params) + (params.x === 0.8 ? -9 : 0),
      first,
    });
    const { path, parameters, from, to } = ablation.compute(better, {}, random());
    assert.deepEqual(path, []);
    assert.deepEqual(parameters, []);
    assert.equal(from?.trial, to?.trial);
  });
});

describe('importance along the Pareto front', () => {
  const two = judgedStudy({
    space: { x: { float: [0, 1] }, y: { float: [0, 1] } },
    trials: 120,
    directions: ['minimize', 'maximize'],
    value: ({ x, y }) => [Number(x), 100 * Number(y) + 5 * Number(x)],
  });
  const along = importanceAlongFront(
    two,
    { method: 'fanova', objectives: [0, 1], points: 3, names: ['loss', 'speed'] },
    random(),
  );

  test('passes from what matters to one to what matters to the other', () => {
    assert.deepEqual(
      along.points.map(({ weight }) => weight),
      [0, 0.5, 1],
    );
    const top = along.points.map(({ importance }) => importance.parameters[0]);
    assert.equal(top[0].name, 'x');
    assert.equal(top[2].name, 'y');
    assert.ok(top[0].importance > 0.9 && top[2].importance > 0.9);
    assert.deepEqual(along.objectives, ['loss', 'speed']);
  });

  test('tells the front by the first objective, and the best at each weight', () => {
    const values = along.front.map(({ values: [loss] }) => loss);
    assert.deepEqual(
      values,
      values.toSorted((a, b) => a - b),
    );
    for (const [i, { values: pair }] of along.front.entries()) {
      if (i > 0) assert.ok(pair[1] > along.front[i - 1].values[1]);
    }
    assert.equal(along.points[0].best, along.front[0].trial);
  });

  test('needs two objectives', () => {
    const wrong = (objectives: [number, number]) => () =>
      importanceAlongFront(two, { method: 'fanova', objectives, points: 2 }, random());
    assert.throws(wrong([0, 0]), { code: 'objective-unknown' });
    assert.throws(wrong([0, 2]), { code: 'objective-unknown' });
  });
});
