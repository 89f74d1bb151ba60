import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BinnedColumn, BinnedRows } from '../../../../src/engine/data/encoders/bin-encoder.ts';
import { Pace } from '../../../../src/engine/learners/pace.ts';
import { columnBins } from '../../../../src/engine/learners/trees/column-bins.ts';
import { SplitSearch } from '../../../../src/engine/learners/trees/impurity-split.ts';
import { type ImpurityOptions, ImpurityTreeGrower } from '../../../../src/engine/learners/trees/impurity-tree.ts';
import { NodeValues } from '../../../../src/engine/learners/trees/node-values.ts';
import { SampleRows } from '../../../../src/engine/learners/trees/sample-rows.ts';
import { shrunkMeans } from '../../../../src/engine/learners/trees/shrinkage.ts';
import { leafOf, TreeNodesBuilder } from '../../../../src/engine/learners/trees/tree-nodes.ts';
import { sumsOf, type TreeTarget } from '../../../../src/engine/learners/trees/tree-target.ts';
import { createRandom } from '../../../../src/engine/random.ts';

const column: BinnedColumn = { kind: 'numeric', name: 'a', edges: [1, 2, 3, 4, 5, 6, 7, 8] };

/** Rows of one column with weights of 1 to 3; class or value depends on the bin. */
function problem(seed: number, rows: number, classes: number) {
  const random = createRandom(seed);
  const data: BinnedRows = { rows, columns: 1, bins: Uint8Array.from({ length: rows }, () => random.integer(10)) };
  const codes = Int32Array.from(data.bins, (b) =>
    random.uniform() < 0.6 ? (b >> 1) % Math.max(1, classes) : random.integer(Math.max(1, classes)),
  );
  const values = Float64Array.from(data.bins, (b, row) => (classes === 1 ? Math.sin(b) + random.normal() : codes[row]));
  const target: TreeTarget = { outputs: classes, mean: 0, deviation: 1, ...(classes > 2 ? { codes } : { values }) };
  return { data, target, weights: Float64Array.from({ length: rows }, () => 1 + random.integer(3)) };
}
type Problem = ReturnType<typeof problem>;

/** Weight times Gini impurity (as 1 - sum of squares, halved for two classes) or variance, straight from its definition. */
function impurity({ target, data, weights }: Problem, isIn: (bin: number) => boolean): number {
  const rows = [...data.bins.keys()].filter((row) => isIn(data.bins[row]));
  const sum = (of: (row: number) => number) => rows.reduce((all, row) => all + weights[row] * of(row), 0);
  const weight = sum(() => 1);
  if (weight === 0) return Number.POSITIVE_INFINITY;
  const { codes, values } = target;
  if (codes) {
    const shares = Array.from({ length: target.outputs }, (_, k) => sum((row) => Number(codes[row] === k)) / weight);
    return weight * (1 - shares.reduce((all, share) => all + share ** 2, 0));
  }
  const mean = sum((row) => values![row]) / weight;
  return sum((row) => (values![row] - mean) ** 2);
}

/** Best split of all rows, and its gain. */
function searched({ data, target, weights }: Problem, randomCuts = false) {
  const bins = columnBins(data);
  const rows = new SampleRows(bins, target);
  rows.take(weights);
  const search = new SplitSearch(bins, [column], rows, target, 1, randomCuts);
  const sums = new Float64Array(sumsOf(target));
  search.start(0, rows.length, rows.sum(0, rows.length, sums).weight, sums);
  search.look(0, createRandom(1));
  return search;
}

for (const classes of [1, 2, 4]) {
  const what = classes === 1 ? 'values' : `${classes} classes`;

  test(`the best split lowers impurity most: ${what}`, () => {
    for (let seed = 0; seed < 20; seed++) {
      const p = problem(seed, seed < 10 ? 12 : 200, classes);
      const search = searched(p);
      const gain = (isLeft: (bin: number) => boolean) =>
        impurity(p, () => true) - impurity(p, isLeft) - impurity(p, (bin) => !isLeft(bin));
      const gains = Array.from({ length: 10 }, (_, t) => [
        gain((bin) => bin > 0 && bin <= t),
        gain((bin) => bin <= t),
      ]).flat();
      const best = Math.max(...gains);
      assert.ok(Math.abs(search.gain - best) < 1e-9 * Math.max(1, best), `${search.gain}, not ${best}`);
      const { threshold, missingLeft } = search.rule();
      const chosen = gain((bin) => (bin === 0 ? missingLeft : bin <= threshold));
      assert.ok(Math.abs(chosen - best) < 1e-9 * Math.max(1, best), `the rule gains ${chosen}, not ${best}`);
    }
  });

  test(`a random cut gains what it says: ${what}`, () => {
    const p = problem(3, 200, classes);
    const search = searched(p, true);
    const { threshold, missingLeft } = search.rule();
    const isLeft = (bin: number) => (bin === 0 ? missingLeft : bin <= threshold);
    const gain = impurity(p, () => true) - impurity(p, isLeft) - impurity(p, (bin) => !isLeft(bin));
    assert.ok(Math.abs(gain - search.gain) < 1e-9 * gain, `${search.gain}, not ${gain}`);
  });
}

async function grown({ data, target, weights }: Problem, options: Partial<ImpurityOptions> = {}) {
  const grower = new ImpurityTreeGrower(columnBins(data), [column], target, {
    maxDepth: 3,
    minLeafRows: 20,
    columnsPerNode: 1,
    randomCuts: false,
    ...options,
  });
  const builder = new TreeNodesBuilder();
  const values = new NodeValues(target.outputs);
  await grower.grow(builder, values, weights, createRandom(1), new Pace(new AbortController().signal));
  return { nodes: builder.finish(), values };
}

test('a tree has the mean of every leaf, and limits hold', async () => {
  const p = problem(1, 300, 1);
  const { nodes, values } = await grown(p);
  const leaves = nodes.feature.filter((feature) => feature < 0).length;
  assert.ok(leaves > 2 && leaves <= 8);
  const byLeaf = new Map<number, number[]>();
  for (let row = 0; row < 300; row++) {
    const leaf = leafOf(nodes, 0, p.data.bins, row);
    const repeated = new Array(p.weights[row]).fill(p.target.values![row]);
    byLeaf.set(leaf, [...(byLeaf.get(leaf) ?? []), ...repeated]);
  }
  for (const [leaf, own] of byLeaf) {
    assert.equal(nodes.rows[leaf], own.length);
    assert.ok(own.length >= 20);
    assert.ok(Math.abs(values.means[leaf] - own.reduce((a, b) => a + b) / own.length) < 1e-12);
  }
});

test('a row of weight two is a row that stands there twice', async () => {
  const p = problem(2, 120, 3);
  const rows = [...p.weights.keys()].flatMap((row) => new Array(p.weights[row]).fill(row));
  const repeated: Problem = {
    data: { rows: rows.length, columns: 1, bins: Uint8Array.from(rows, (row) => p.data.bins[row]) },
    target: { ...p.target, codes: Int32Array.from(rows, (row) => p.target.codes![row]) },
    weights: new Float64Array(rows.length).fill(1),
  };
  const [a, b] = [await grown(p), await grown(repeated)];
  assert.deepEqual(a.nodes, b.nodes);
  assert.deepEqual(a.values.means, b.values.means);
});

test('shrinkage follows its equation, and 0 changes nothing', () => {
  const builder = new TreeNodesBuilder();
  const root = builder.addLeaf(10);
  const rule = { feature: 0, threshold: 1, missingLeft: false };
  const [left] = builder.split(root, rule, 6, 4);
  builder.split(left, rule, 3, 3);
  const nodes = builder.finish();
  const means = Float64Array.of(1, 2, -0.5, 3, 1);
  assert.deepEqual(shrunkMeans(nodes, means, 1, 0), means);
  const shrunk = shrunkMeans(nodes, means, 1, 5);
  const expected = [1, 1 + 1 / 1.5, 1 - 1.5 / 1.5, 1 + 1 / 1.5 + 1 / (1 + 5 / 6), 1 + 1 / 1.5 - 1 / (1 + 5 / 6)];
  expected.forEach((value, i) => {
    assert.ok(Math.abs(shrunk[i] - value) < 1e-12);
  });
});
