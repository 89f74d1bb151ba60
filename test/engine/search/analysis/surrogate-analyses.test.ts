import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { type AnalysisRequest, analyseSearch } from '../../../../src/engine/search/analysis/analyses.ts';
import { dependenceOf } from '../../../../src/engine/search/analysis/dependence.ts';
import { distanceOver } from '../../../../src/engine/search/analysis/distance.ts';
import { embed } from '../../../../src/engine/search/analysis/embedding.ts';
import { studyAfter } from '../../../../src/engine/search/analysis/ends.ts';
import { footprintOf } from '../../../../src/engine/search/analysis/footprint.ts';
import { withValue } from '../../../../src/engine/search/analysis/variation.ts';
import { containsConfiguration } from '../../../../src/engine/space/configuration.ts';
import { describeSpace, type SpaceDescription } from '../../../../src/engine/space/description.ts';
import { encode } from '../../../../src/engine/space/encoding.ts';
import { searchDependenceWords } from '../../../../src/shared/results/search-dependence.ts';
import { searchFootprintWords } from '../../../../src/shared/results/search-footprint.ts';
import type { Params } from '../../../../src/shared/space.ts';
import { judgedStudy, studyOf } from '../judged-study.ts';

const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not within ${within} of ${expected}`);
const random = () => createRandom(6);
const space: SpaceDescription = {
  x: { float: [0, 1] },
  rate: { float: [1e-3, 1], log: true },
  kind: { choice: ['a', 'b'] },
  inner: { int: [1, 3], when: { kind: 'a' } },
  other: { float: [0, 1], when: { kind: 'b' } },
};
const value = ({ x, rate, kind, inner }: Params) =>
  (Number(x) - 0.5) ** 2 * 4 + 0.5 * Math.log10(Number(rate)) + (kind === 'a' ? Number(inner) : 0);
const study = judgedStudy({ space, trials: 400, value });

describe('partial dependence', () => {
  test('along one parameter is the mean over the others, where they are as the space has them', () => {
    const { mean, axes, low, high, background } = dependenceOf(study, ['x'], {}, random());
    assert.equal(axes[0].values.length, 40);
    assert.equal(background, 200);
    const at = (x: number) => mean[axes[0].values.findIndex((of) => Number(of) >= x)];
    near(at(0) - at(0.5), 1, 0.4);
    near(at(0.99) - at(0.5), 1, 0.4);
    for (const [i, middle] of mean.entries()) assert.ok(low[i] <= middle && middle <= high[i]);
  });

  test('of a choice, and of what exists only with it, in their own configurations', () => {
    const kinds = dependenceOf(study, ['kind'], {}, random());
    assert.deepEqual(kinds.axes[0], { name: 'kind', scale: 'choice', values: ['a', 'b'] });
    near(kinds.mean[0] - kinds.mean[1], 2, 0.3);
    const inner = dependenceOf(study, ['inner'], {}, random());
    assert.deepEqual(inner.axes[0].values, [1, 2, 3]);
    near(inner.mean[2] - inner.mean[0], 2, 0.3);
    assert.ok(inner.points.every(({ trial }) => study.trials[trial].params.kind === 'a'));
  });

  test('along two runs over the first axis, within it over the second', () => {
    const { mean, axes, curves } = dependenceOf(study, ['rate', 'inner'], {}, random());
    assert.equal(axes[0].scale, 'log');
    assert.equal(mean.length, 20 * 3);
    near(mean[2] - mean[0], 2, 0.4);
    near(mean[19 * 3] - mean[0], 1.5, 0.4);
    assert.deepEqual(curves, []);
  });

  test('what is maximised is told in its own unit', () => {
    const turned = study.trials.map((trial) => ({ ...trial, values: [-(trial.values?.[0] ?? 0)] }));
    const up = dependenceOf(studyOf(study.space, ['maximize'], turned), ['kind'], {}, random());
    const down = dependenceOf(study, ['kind'], {}, random());
    for (const i of up.mean.keys()) {
      near(up.mean[i], -down.mean[i], 1e-9);
      near(up.low[i], -down.high[i], 1e-9);
    }
    assert.match(searchDependenceWords(up), /is best, .* at kind b, and worst, .* at kind a/);
    assert.match(searchDependenceWords(down), /is best, .* at kind b, and worst, .* at kind a/);
  });

  test('around single trials: their own curves, the best first', () => {
    const { curves } = dependenceOf(study, ['inner'], {}, random());
    assert.equal(curves.length, 10);
    const best = study.trials
      .filter(({ params }) => params.kind === 'a')
      .reduce((a, b) => ((a.values?.[0] ?? 0) < (b.values?.[0] ?? 0) ? a : b));
    assert.equal(curves[0].trial, best.number);
    assert.ok(curves[0].values[0] < curves[0].values[2]);
  });

  test('refuses what is not there, and what is never there together', () => {
    assert.throws(() => dependenceOf(study, ['z'], {}, random()), {
      code: 'parameter-unknown',
      advice: /x, rate, kind/,
    });
    assert.throws(() => dependenceOf(study, ['inner', 'other'], {}, random()), { code: 'parameters-never-together' });
  });
});

describe('a value changed', () => {
  const checked = describeSpace(space);

  test('closes and opens what hangs on it', () => {
    const params = { x: 0.1, rate: 0.1, kind: 'a', inner: 3 };
    assert.deepEqual(withValue(checked, params, 'kind', 'b'), { x: 0.1, rate: 0.1, kind: 'b', other: 0.5 });
    const example = { x: 0.9, rate: 1, kind: 'b', other: 0.125 };
    assert.equal(withValue(checked, params, 'kind', 'b', [example]).other, 0.125);
    assert.deepEqual(withValue(checked, params, 'x', 0.7), { ...params, x: 0.7 });
  });
});

describe('the map', () => {
  test('finds places for distances that the plane can hold', () => {
    const corners = [
      [0, 0],
      [3, 0],
      [3, 4],
      [0, 4],
      [1, 1],
    ];
    const distances = Float64Array.from(
      corners.flatMap(([ax, ay]) => corners.map(([bx, by]) => Math.hypot(ax - bx, ay - by))),
    );
    const { x, y } = embed(distances, 5, random());
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) near(Math.hypot(x[i] - x[j], y[i] - y[j]), distances[5 * i + j], 0.25);
    }
  });

  test('equal points and one point stay numbers', () => {
    for (const count of [1, 4]) {
      const { x, y } = embed(new Float64Array(count * count), count, random());
      assert.ok([...x, ...y].every(Number.isFinite));
    }
  });

  test('distances: numbers along their axes, choices and absent parameters whole', () => {
    const checked = describeSpace(space);
    const distance = distanceOver(checked);
    const point = (params: Params) => encode(checked, params);
    const a = point({ x: 0, rate: 1e-3, kind: 'a', inner: 1 });
    assert.equal(distance(a, a), 0);
    near(distance(a, point({ x: 1, rate: 1e-3, kind: 'a', inner: 1 })), Math.sqrt(1 / 4), 1e-12);
    near(distance(a, point({ x: 0, rate: 1e-3, kind: 'b', other: 0.3 })), Math.sqrt(3 / 5), 1e-12);
  });
});

describe('the footprint', () => {
  const slope = judgedStudy({
    space: { x: { float: [0, 1] }, y: { float: [0, 1] } },
    trials: 60,
    value: ({ x }) => Number(x),
  });
  const left = studyOf(
    slope.space,
    ['minimize'],
    slope.trials.filter(({ params }) => Number(params.x) > 0.5),
  );
  const footprint = footprintOf(left, { names: ['loss'] }, random());

  test('parts the space into covered, promising and dead', () => {
    const { covered, promising, dead } = footprint.shares;
    near(covered + promising + dead, 1, 1e-12);
    assert.ok(covered > 0.3 && covered < 0.7, `${covered}`);
    const whole = footprintOf(slope, {}, random());
    assert.ok(whole.shares.covered > footprint.shares.covered + 0.1);
    for (const { kind, region, chance, params } of footprint.points) {
      if (kind === 'tried') assert.equal(region, 'covered');
      if (region === 'promising') assert.ok(chance >= footprint.least);
      if (region === 'dead') assert.ok(chance < footprint.least);
      if (Number(params.x) < 0.3) assert.notEqual(region, 'covered');
    }
  });

  test('maps tried, border and random configurations of the space, faithfully where the plane can', () => {
    const kinds = Map.groupBy(footprint.points, ({ kind }) => kind);
    assert.equal(kinds.get('tried')?.length, left.trials.length);
    assert.equal(kinds.get('random')?.length, 140);
    assert.deepEqual(
      new Set(kinds.get('border')?.map(({ params }) => `${params.x} ${params.y}`)),
      new Set(['0 0', '0 1', '1 0', '1 1']),
    );
    for (const { x, y, params } of footprint.points) {
      assert.ok(Math.abs(x) <= 1 && Math.abs(y) <= 1);
      assert.ok(containsConfiguration(left.space, params));
    }
    assert.ok(footprint.faithfulness > 0.98, `${footprint.faithfulness}`);
    assert.match(searchFootprintWords(footprint), /% of the space is covered/);
  });
});

describe('an analysis as it is sent', () => {
  const sent = {
    space: study.space,
    directions: study.directions,
    objectives: ['loss'],
    seed: 3,
    trials: study.trials,
  };
  const requests: readonly AnalysisRequest[] = [
    { analysis: 'importance', asked: { method: 'local', objective: 0 } },
    { analysis: 'dependence', asked: { parameters: ['x'], objective: 0 } },
    { analysis: 'footprint', asked: { objective: 0 } },
    { analysis: 'outlook', asked: { trials: 5, epsilon: 0 } },
  ];
  for (const request of requests) {
    test(`${request.analysis} is the same again, goes through JSON whole, and knows nothing of later trials`, () => {
      const told = analyseSearch(sent, request);
      assert.deepEqual(analyseSearch(JSON.parse(JSON.stringify(sent)), JSON.parse(JSON.stringify(request))), told);
      assert.deepEqual(JSON.parse(JSON.stringify(told)), told);
      const early = analyseSearch(sent, { ...request, until: 40 });
      assert.equal((early as { trials: number }).trials, 40);
      assert.deepEqual(early, analyseSearch({ ...sent, trials: studyAfter(study, 40).trials }, request));
    });
  }
});
