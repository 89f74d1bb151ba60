import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { acquisitions } from '../../../../src/engine/search/acquisition/acquisition.ts';
import { keyOf, scatter } from '../../../../src/engine/search/acquisition/candidate-search.ts';
import {
  type Criterion,
  feasibilityCriterion,
  modelCriterion,
  summed,
} from '../../../../src/engine/search/acquisition/criterion.ts';
import { Cube } from '../../../../src/engine/search/acquisition/cube.ts';
import { hypervolumeCriterion } from '../../../../src/engine/search/acquisition/hypervolume-improvement.ts';
import { maximize } from '../../../../src/engine/search/acquisition/maximize.ts';
import { scalarised } from '../../../../src/engine/search/acquisition/scalarisation.ts';
import { thompsonDraw } from '../../../../src/engine/search/acquisition/thompson.ts';
import { fitGaussianProcess } from '../../../../src/engine/search/surrogates/gaussian-process/fit.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';

const space = describeSpace({ x: { float: [0, 1] }, y: { float: [0, 1] } });
const cube = new Cube(space);
const points = scatter(cube, 12, createRandom(1));
const process = (f: (x: number, y: number) => number, roughness = 0.3) =>
  fitGaussianProcess(
    space,
    points,
    Float64Array.from(points, ([x, y]) => f(x, y) + roughness * Math.sin(40 * x + 60 * y)),
    { warps: ['linear'] },
  );
const one = process((x, y) => (x - 0.3) ** 2 + y);
const other = process((x, y) => (x - 0.8) ** 2 + 0.5 * (1 - y));
const limit = process((x) => 0.55 - x);

const calm = process((_x, y) => y, 0.05);

const losses = points.map((point) => [one, other].map((model) => model.latent([point]).mean[0]));
const criteria: Record<string, Criterion> = {
  'expected improvement': modelCriterion(one, acquisitions['log-ei'], -1),
  feasibility: feasibilityCriterion([limit, other]),
  'their sum': summed([modelCriterion(one, acquisitions['log-ei'], -1), feasibilityCriterion([limit])]),
  'hypervolume improvement': hypervolumeCriterion([one, other], losses),
};

for (const [name, criterion] of Object.entries(criteria)) {
  describe(name, () => {
    const slope = new Float64Array(2);
    const unused = new Float64Array(2);
    test('has the slopes of its values, one by one and together', () => {
      for (const point of [Float64Array.of(0.41, 0.27), Float64Array.of(0.7, 0.6)]) {
        const value = criterion.sloped(point, slope);
        assert.ok(Math.abs(value - criterion.values([point])[0]) < 1e-5 * Math.max(1, Math.abs(value)));
        for (const d of [0, 1]) {
          const at = (by: number) =>
            criterion.sloped(
              point.map((x, i) => (i === d ? x + by : x)),
              unused,
            );
          const rise = (at(1e-5) - at(-1e-5)) / 2e-5;
          assert.ok(Math.abs(rise - slope[d]) < 1e-3 * Math.max(1, Math.abs(rise)), `${rise} ${slope[d]}`);
        }
      }
    });
  });
}

test('the expected hypervolume improvement is the mean of what draws add to the dominated area', () => {
  const front = [
    [0, 2],
    [1, 1],
    [2, 0],
  ];
  const criterion = hypervolumeCriterion([one, other], front);
  const point = Float64Array.of(0.95, 0.05);
  const [first, second] = [one, other].map((model) => model.latent([point]));
  const random = createRandom(5);
  // The corner lies a tenth of the range of 2 beyond: 2.2.
  const area = (points: readonly (readonly number[])[]) => {
    let [sum, roof] = [0, 2.2];
    for (const [x, y] of points.toSorted((a, b) => a[0] - b[0])) {
      if (x < 2.2 && y < roof) {
        sum += (2.2 - x) * (roof - y);
        roof = y;
      }
    }
    return sum;
  };
  const draws = 40_000;
  let gained = 0;
  for (let i = 0; i < draws; i++) {
    const draw = [first, second].map(({ mean, deviation }) => mean[0] + deviation[0] * random.normal());
    gained += (area([...front, draw]) - area(front)) / draws;
  }
  const expected = Math.exp(criterion.values([point])[0]);
  assert.ok(Math.abs(gained - expected) < 0.03 * expected, `${gained} ${expected}`);
});

test('a climb ends on the top, at least as high as a fine grid', () => {
  const criterion = criteria['expected improvement'];
  const [top] = maximize(cube, criterion, [points[0]], new Set(), createRandom(2));
  const grid = Array.from({ length: 10_201 }, (_, i) => Float64Array.of((i % 101) / 100, Math.floor(i / 101) / 100));
  assert.ok(top.score >= Math.max(...criterion.values(grid)) - 1e-6);
});

test('of few configurations all are looked at', () => {
  const small = new Cube(describeSpace({ n: { int: [0, 30] }, kind: { choice: ['a', 'b'] } }));
  const criterion: Criterion = {
    name: 'a needle',
    values: (all) => Float64Array.from(all, (point) => (small.params(point).n === 17 ? point[1] : 0)),
    sloped: () => 0,
  };
  const found = maximize(small, criterion, [], new Set(), createRandom(1));
  assert.equal(found.length, 62);
  const [next] = maximize(small, criterion, [], new Set([keyOf(found[0].point)]), createRandom(1));
  assert.deepEqual(small.params(next.point), { n: 17, kind: 'a' });
  assert.deepEqual(small.params(found[0].point), { n: 17, kind: 'b' });
});

test('Thompson draws differ, and the more so where less is known', () => {
  const tops = Array.from({ length: 12 }, (_, i) => thompsonDraw(cube, calm, [points[0]], createRandom(i))[0]);
  assert.ok(new Set(tops.map(({ point }) => String(point))).size > 3);
  for (const { point } of tops) assert.ok(point[1] < 0.5, String(point));
});

test('joined objectives: a dominated trial is worse whatever the weights', () => {
  const objectives = [Float64Array.of(0, 1e308, 0.5e308), Float64Array.of(0, 10, 5), Float64Array.of(-1e308, 1e308, 0)];
  for (let seed = 0; seed < 20; seed++) {
    const [best, worst, middle] = scalarised(objectives, createRandom(seed));
    assert.ok(best < middle && middle < worst && Number.isFinite(worst));
  }
});
