import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import {
  isLeaf,
  leavesOf,
  type TreeNode,
} from '../../../../src/engine/search/surrogates/random-forest/regression-tree.ts';
import { fitForest } from '../../../../src/engine/search/surrogates/random-forest.ts';
import { sampleConfiguration } from '../../../../src/engine/space/configuration.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import { encode } from '../../../../src/engine/space/encoding.ts';
import type { Params } from '../../../../src/shared/space.ts';

const space = describeSpace({
  kind: { choice: ['a', 'b', 'c', 'd'] },
  x: { float: [0, 1] },
  depth: { int: [1, 9], when: { kind: ['a', 'b'] } },
});
const truth = ({ kind, x, depth }: Params): number =>
  kind === 'a' || kind === 'b' ? Number(depth) + 2 * Number(x) : kind === 'c' ? 20 : 15 - Number(x);

function observed(count: number, seed: number, f = truth) {
  const random = createRandom(seed);
  const configurations = Array.from({ length: count }, () => sampleConfiguration(space, random));
  return {
    points: configurations.map((params) => encode(space, params)),
    losses: Float64Array.from(configurations, f),
  };
}

const rSquared = (predicted: Float64Array, losses: Float64Array): number => {
  const mean = losses.reduce((a, b) => a + b) / losses.length;
  const squares = (of: (i: number) => number) => losses.reduce((sum, loss, i) => sum + (loss - of(i)) ** 2, 0);
  return 1 - squares((i) => predicted[i]) / squares(() => mean);
};

test('foretells unseen configurations of a conditional space, and its out-of-bag figure says how well', () => {
  const [seen, unseen] = [observed(300, 1), observed(200, 2)];
  const forest = fitForest(space, seen.points, seen.losses, createRandom(3), { trees: 30 });
  const real = rSquared(forest.predict(unseen.points).mean, unseen.losses);
  assert.ok(real > 0.97, `R2 ${real}`);
  assert.ok(Math.abs(real - forest.fit!) < 0.02, `out of bag ${forest.fit} against ${real}`);
});

test('on losses without any pattern the out-of-bag figure is not above nought', () => {
  const random = createRandom(5);
  const { points, losses } = observed(200, 4, () => random.normal());
  assert.ok(fitForest(space, points, losses, createRandom(6), { trees: 30 }).fit! < 0.1);
});

test('the shares of the observations add up to 1 and give the mean', () => {
  const { points, losses } = observed(80, 1);
  const forest = fitForest(space, points, losses, createRandom(2), { minimumLeaf: 4 });
  const asked = observed(20, 9).points;
  const { mean } = forest.predict(asked);
  for (const [i, point] of asked.entries()) {
    const shares = forest.weights(point);
    assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-12);
    assert.ok(Math.abs(shares.reduce((sum, share, row) => sum + share * losses[row], 0) - mean[i]) < 1e-9);
  }
});

test('the variance is that of the trees plus the mean of the leaves', () => {
  const { points, losses } = observed(60, 1);
  const forest = fitForest(space, points, losses, createRandom(2), { minimumLeaf: 5 });
  const point = encode(space, { kind: 'a', x: 0.4, depth: 5 });
  const leaves = forest.trees.map(({ root }) => leafByHand(root, point));
  const mean = leaves.reduce((sum, leaf) => sum + leaf.mean, 0) / 10;
  const variance = leaves.reduce((sum, leaf) => sum + leaf.deviation ** 2 + leaf.mean ** 2, 0) / 10 - mean ** 2;
  const predicted = forest.predict([point]);
  assert.ok(Math.abs(predicted.mean[0] - mean) < 1e-9);
  assert.ok(Math.abs(predicted.deviation[0] ** 2 - variance) < 1e-9);
  assert.ok(variance > 0.01, 'a point that says nothing');
});

/** The rules of the three kinds of splits, written a second time. */
function leafByHand(node: TreeNode, point: Float64Array) {
  while (!isLeaf(node)) {
    const { split } = node;
    const at = point[split.feature];
    const inactive = Number.isNaN(at);
    if (split.kind === 'activity') node = inactive ? node.left : node.right;
    else if (inactive) node = split.inactiveLeft ? node.left : node.right;
    else if (split.kind === 'threshold') node = at <= split.threshold ? node.left : node.right;
    else node = split.left[Math.round(at * split.left.length - 0.5)] ? node.left : node.right;
  }
  return node;
}

test('without a bootstrap a tree knows every observation, and each observation lies in the leaf that it was put in', () => {
  const { points, losses } = observed(100, 1);
  const forest = fitForest(space, points, losses, createRandom(2), { trees: 2, bootstrap: false });
  const { mean, deviation } = forest.predict(points);
  for (const [i, loss] of losses.entries()) assert.ok(Math.abs(mean[i] - loss) < 1e-9);
  assert.ok(deviation.every((one) => one < 1e-9));
  assert.equal(forest.fit, undefined);
  for (const { root } of forest.trees) {
    const rows = [...leavesOf(root)].flatMap((leaf) => [...leaf.rows]);
    assert.deepEqual(
      rows.sort((a, b) => a - b),
      [...losses.keys()],
    );
    for (const leaf of leavesOf(root)) for (const row of leaf.rows) assert.equal(leafByHand(root, points[row]), leaf);
  }
});

test('the first split parts good choices from bad ones, whatever their order', () => {
  const { points, losses } = observed(100, 1, ({ kind }) => (kind === 'a' || kind === 'c' ? 1 : 5));
  const { root } = fitForest(space, points, losses, createRandom(2), { trees: 1 }).trees[0];
  assert.ok(!isLeaf(root) && root.split.kind === 'subset');
  assert.deepEqual(root.split.left, [true, false, true, false]);
});

test('a parameter that only some have parts those from the others; its value counts only among them', () => {
  const { points, losses } = observed(100, 1);
  const noneInactive = (node: TreeNode) =>
    [...leavesOf(node)].every(({ rows }) => [...rows].every((row) => !Number.isNaN(points[row][2])));
  for (const { root } of fitForest(space, points, losses, createRandom(2)).trees) check(root, false);
  function check(node: TreeNode, depthKnown: boolean): void {
    if (isLeaf(node)) return;
    const { split } = node;
    if (split.feature === 2 && split.kind === 'threshold') assert.ok(depthKnown || noneInactive(node));
    check(node.left, depthKnown);
    check(node.right, depthKnown || (split.kind === 'activity' && split.feature === 2));
  }
});

test('thresholds are drawn between neighbours: many trees rise linearly in the gap, and disagree most in it', () => {
  const line = describeSpace({ x: { float: [0, 1] } });
  const points = [0, 0.1, 0.9, 1].map((x) => Float64Array.of(x));
  const losses = Float64Array.of(0, 0, 1, 1);
  const forest = fitForest(line, points, losses, createRandom(1), { trees: 2000, bootstrap: false });
  const { mean, deviation } = forest.predict([0.1, 0.3, 0.5, 0.7, 0.9].map((x) => Float64Array.of(x)));
  for (const [i, wanted] of [0, 0.25, 0.5, 0.75, 1].entries()) assert.ok(Math.abs(mean[i] - wanted) < 0.04);
  assert.ok(deviation[2] > deviation[1] && deviation[1] > deviation[0] && deviation[0] === 0);
});

test('a tree keeps its limits of depth and of the size of leaves', () => {
  const { points, losses } = observed(200, 1);
  const depthOf = (node: TreeNode): number =>
    isLeaf(node) ? 0 : 1 + Math.max(depthOf(node.left), depthOf(node.right));
  const shallow = fitForest(space, points, losses, createRandom(2), { depth: 3 });
  for (const { root } of shallow.trees) assert.equal(depthOf(root), 3);
  const blunt = fitForest(space, points, losses, createRandom(2), { minimumLeaf: 20 });
  for (const { root } of blunt.trees)
    for (const { weights } of leavesOf(root)) assert.ok(weights.reduce((a, b) => a + b) >= 20);
});

test('equal losses, a single one, and the largest and smallest numbers there are give finite predictions', () => {
  const { points } = observed(6, 1);
  for (const losses of [
    [0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
    [1e308, -1e308, 0, 1, 5e-324, 1.7e308],
    [5e-324, 0, 5e-324, 0, 0, 0],
  ]) {
    const forest = fitForest(space, points, Float64Array.from(losses), createRandom(1));
    const { mean, deviation } = forest.predict(points);
    for (const value of [...mean, ...deviation]) assert.ok(Number.isFinite(value));
    if (losses[5] === 0.1) assert.deepEqual([...mean, ...deviation], [...losses, 0, 0, 0, 0, 0, 0]);
  }
  const { mean } = fitForest(space, points.slice(0, 1), Float64Array.of(3), createRandom(1)).predict(points);
  assert.deepEqual([...mean], [3, 3, 3, 3, 3, 3]);
});

test('the same random stream gives the same forest, another one another', () => {
  const { points, losses } = observed(40, 1);
  const [one, same, other] = [1, 1, 2].map((seed) => fitForest(space, points, losses, createRandom(seed)).trees);
  assert.deepEqual(one, same);
  assert.notDeepEqual(one, other);
});
