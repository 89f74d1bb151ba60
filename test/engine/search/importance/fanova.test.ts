import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { branchesOf } from '../../../../src/engine/search/importance/fanova/branches.ts';
import { TreeDecomposition } from '../../../../src/engine/search/importance/fanova/decomposition.ts';
import { fanova } from '../../../../src/engine/search/importance/fanova.ts';
import { leafOf, type RegressionTree } from '../../../../src/engine/search/surrogates/random-forest/regression-tree.ts';
import { fitForest } from '../../../../src/engine/search/surrogates/random-forest.ts';
import { sampleConfiguration } from '../../../../src/engine/space/configuration.ts';
import { describeSpace, type SpaceDescription } from '../../../../src/engine/space/description.ts';
import { encode } from '../../../../src/engine/space/encoding.ts';
import type { Params, Space } from '../../../../src/shared/space.ts';
import { judgedStudy } from '../judged-study.ts';

const shareOf = (space: SpaceDescription, value: (params: Params) => number, trials = 400) => {
  const result = fanova().compute(judgedStudy({ space, trials, value }), {}, createRandom(2));
  const single = (name: string) => result.parameters.find((parameter) => parameter.name === name)?.importance ?? 0;
  const pair = (...names: string[]) =>
    result.pairs?.find((of) => names.every((name) => of.names.includes(name)))?.importance ?? 0;
  return { single, pair, result };
};
const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not within ${within} of ${expected}`);

describe('functional ANOVA against variances known in closed form', () => {
  test('a sum of two: shares as their variances', () => {
    const { single, pair } = shareOf(
      { x: { float: [0, 1] }, y: { float: [0, 1] } },
      ({ x, y }) => Number(x) + 2 * Number(y),
    );
    near(single('x'), 0.2, 0.03);
    near(single('y'), 0.8, 0.03);
    near(pair('x', 'y'), 0, 0.02);
  });

  test('a product of two centred ones: all of it is the pair', () => {
    const { single, pair } = shareOf(
      { x: { float: [-1, 1] }, y: { float: [-1, 1] } },
      ({ x, y }) => Number(x) * Number(y),
    );
    near(pair('x', 'y'), 1, 0.15);
    assert.ok(single('x') + single('y') < 0.1);
  });

  test('a condition: the parent by its means, the child where it exists', () => {
    // Means 1.5, 0 and 1: variance 0.3889; the child 1/12 in a third of the space.
    const space: SpaceDescription = {
      kind: { choice: ['a', 'b', 'c'] },
      inner: { float: [0, 1], when: { kind: 'a' } },
    };
    const { single } = shareOf(space, ({ kind, inner }) => (kind === 'b' ? 0 : kind === 'c' ? 1 : 1 + Number(inner)));
    near(single('kind'), 14 / 15, 0.02);
    near(single('inner'), 1 / 15, 0.02);
  });

  test('logarithmic and whole-number axes weigh as they are drawn', () => {
    // log10 uniform on [-3, 0] has variance 9/12; a die 35/12.
    const space: SpaceDescription = { rate: { float: [1e-3, 1], log: true }, die: { int: [1, 6] } };
    const { single } = shareOf(space, ({ rate, die }) => Math.log10(Number(rate)) + Number(die));
    near(single('rate'), 9 / 44, 0.04);
    near(single('die'), 35 / 44, 0.04);
  });
});

describe('the decomposition of one tree', () => {
  const space = describeSpace({
    x: { float: [0, 1] },
    n: { int: [1, 5] },
    kind: { choice: ['a', 'b', 'c'] },
    inner: { float: [0, 1], when: { kind: ['a', 'b'] } },
    many: { int: [1, 3], when: { kind: 'a' } },
    late: { float: [0, 1], when: { many: 2 } },
  });
  const value = ({ x, n, kind, inner, late }: Params) =>
    Number(x) * Number(n) + (kind === 'a' ? 3 * Number(inner) : 0) + 2 * Number(late ?? 0);
  const [tree] = treesOver(space, value, 150);
  const decomposition = new TreeDecomposition(tree, branchesOf(space), (mean) => mean);
  const random = createRandom(9);
  const sample = Array.from({ length: 60_000 }, () => sampleConfiguration(space, random));
  const predicted = sample.map((params) => leafOf(tree, encode(space, params)).mean);

  test('its branches are all there are, and their chances add up to 1', () => {
    const branches = branchesOf(space);
    // kind b, kind c, and kind a with many 2 or another.
    assert.equal(branches.length, 4);
    near(
      branches.reduce((sum, { probability }) => sum + probability, 0),
      1,
      1e-12,
    );
    assert.deepEqual(
      branches.map(({ sides }) => sides.filter((side) => side !== undefined).length).sort(),
      [3, 4, 5, 6],
    );
  });

  test('the total variance is that of its predictions over the space', () => {
    near(decomposition.total / varianceOf(predicted), 1, 0.03);
  });

  test("a parameter's variance is that of the mean at each of its values, where it exists", () => {
    for (const [feature, bins] of [
      [0, 200],
      [1, 5],
      [2, 3],
      [3, 200],
      [5, 200],
    ] as const) {
      const sampled = binnedVariance(space, sample, predicted, feature, bins);
      near(decomposition.single(feature) / decomposition.total, sampled / decomposition.total, 0.02);
    }
  });

  test('a tree of one leaf tells nothing apart', () => {
    const [flat] = treesOver(space, () => 4, 10);
    const nothing = new TreeDecomposition(flat, branchesOf(space), (mean) => mean);
    assert.equal(nothing.total, 0);
    assert.equal(nothing.single(0), 0);
    assert.equal(nothing.pair(0, 1), 0);
  });
});

test('more branches than can be looked at are refused, with a way out', () => {
  const space: Record<string, SpaceDescription[string]> = {};
  for (let i = 0; i < 13; i++) {
    space[`switch${i}`] = { choice: ['on', 'off'] };
    space[`own${i}`] = { float: [0, 1], when: { [`switch${i}`]: 'on' } };
  }
  assert.throws(() => branchesOf(describeSpace(space)), { code: 'importance-branches', advice: /ped-anova/ });
});

function treesOver(over: Space, of: (params: Params) => number, count: number): readonly RegressionTree[] {
  const random = createRandom(4);
  const params = Array.from({ length: count }, () => sampleConfiguration(over, random));
  const points = params.map((configuration) => encode(over, configuration));
  return fitForest(over, points, Float64Array.from(params, of), random, { trees: 1 }).trees;
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
}

/** Variance of the mean prediction over bins of a parameter's coordinate, among the configurations that have it, times their share. */
function binnedVariance(
  over: Space,
  sample: readonly Params[],
  predicted: readonly number[],
  feature: number,
  bins: number,
) {
  const groups = new Map<number, number[]>();
  for (const [i, params] of sample.entries()) {
    const at = encode(over, params)[feature];
    if (Number.isNaN(at)) continue;
    const bin = Math.min(bins - 1, Math.floor(at * bins));
    const group = groups.get(bin) ?? [];
    group.push(predicted[i]);
    groups.set(bin, group);
  }
  const having = [...groups.values()].reduce((sum, group) => sum + group.length, 0);
  const means = [...groups.values()].map((group) => ({ share: group.length / having, mean: meanOf(group) }));
  const whole = means.reduce((sum, { share, mean }) => sum + share * mean, 0);
  return (having / sample.length) * means.reduce((sum, { share, mean }) => sum + share * (mean - whole) ** 2, 0);
}

const meanOf = (group: readonly number[]): number => group.reduce((sum, value) => sum + value / group.length, 0);
