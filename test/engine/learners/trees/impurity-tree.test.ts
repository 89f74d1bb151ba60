import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BinnedColumn, BinnedRows } from '../../../../src/engine/data/encoders/bin-encoder.ts';
import { BinSums, sumOver, type TreeTarget } from '../../../../src/engine/learners/trees/bin-sums.ts';
import { impuritySplit } from '../../../../src/engine/learners/trees/impurity-split.ts';
import { ImpurityTreeGrower, shrinkMeans } from '../../../../src/engine/learners/trees/impurity-tree.ts';
import { leafOf, TreeNodesBuilder } from '../../../../src/engine/learners/trees/tree-nodes.ts';
import { createRandom } from '../../../../src/engine/random.ts';

const column: BinnedColumn = { kind: 'numeric', name: 'a', edges: [1, 2, 3, 4, 5, 6, 7, 8] };

/** Rows of one column; class or value depends on the bin. */
function problem(seed: number, rows: number, classes: number) {
  const random = createRandom(seed);
  const data: BinnedRows = { rows, columns: 1, bins: Uint8Array.from({ length: rows }, () => random.integer(10)) };
  const target: TreeTarget =
    classes > 1
      ? {
          outputs: classes,
          codes: Int32Array.from(data.bins, (b) =>
            random.uniform() < 0.6 ? (b >> 1) % classes : random.integer(classes),
          ),
          mean: 0,
          deviation: 1,
        }
      : {
          outputs: 1,
          values: Float64Array.from(data.bins, (b) => Math.sin(b) + random.normal()),
          mean: 0,
          deviation: 1,
        };
  return { data, target, order: Uint32Array.from({ length: rows }, (_, row) => row) };
}

/** Rows times Gini impurity (as 1 - sum of squares) or variance, straight from its definition. */
function impurity({ target, data }: ReturnType<typeof problem>, isIn: (bin: number) => boolean): number {
  const rows = [...data.bins.keys()].filter((row) => isIn(data.bins[row]));
  if (rows.length === 0) return Number.POSITIVE_INFINITY;
  const { codes, values } = target;
  if (codes) {
    const shares = Array.from(
      { length: target.outputs },
      (_, k) => rows.filter((row) => codes[row] === k).length / rows.length,
    );
    return rows.length * (1 - shares.reduce((sum, share) => sum + share ** 2, 0));
  }
  const mean = rows.reduce((sum, row) => sum + values![row], 0) / rows.length;
  return rows.reduce((sum, row) => sum + (values![row] - mean) ** 2, 0);
}

for (const classes of [1, 2, 4]) {
  // Below 48 rows bins are sorted, above they are counted.
  for (const rows of [30, 200]) {
    test(`the best split lowers impurity most: ${classes === 1 ? 'values' : `${classes} classes`}, ${rows} rows`, () => {
      for (let seed = 0; seed < 20; seed++) {
        const p = problem(seed, rows, classes);
        const bins = new BinSums(p.data, p.target);
        bins.fill(column, 0, p.order, 0, rows);
        const split = impuritySplit(column, 0, bins, sumOver(p.target, p.order, 0, rows), 1)!;
        const gain = (isLeft: (bin: number) => boolean) =>
          impurity(p, () => true) - impurity(p, isLeft) - impurity(p, (bin) => !isLeft(bin));
        const gains = Array.from({ length: 10 }, (_, t) => [
          gain((bin) => bin > 0 && bin <= t),
          gain((bin) => bin <= t),
        ]).flat();
        const best = Math.max(...gains);
        assert.ok(Math.abs(split.gain - best) < 1e-9 * Math.max(1, best), `${split.gain}, not ${best}`);
        const chosen = gain((bin) => (bin === 0 ? split.missingLeft : bin <= split.threshold));
        assert.ok(
          Math.abs(chosen - split.gain) < 1e-9 * Math.max(1, best),
          `the rule gains ${chosen}, not ${split.gain}`,
        );
      }
    });
  }
}

test('a full tree has the mean of every leaf, and limits hold', () => {
  const p = problem(1, 300, 1);
  const limits = { maxDepth: 3, maxLeaves: 6, minLeafRows: 20, columnsPerNode: 1, randomCuts: false };
  const builder = new TreeNodesBuilder();
  const means: number[] = [];
  new ImpurityTreeGrower(p.data, [column], p.target, limits).grow(builder, means, p.order.slice(), createRandom(1));
  const nodes = builder.finish();
  const leaves = nodes.feature.filter((feature) => feature < 0).length;
  assert.ok(leaves > 2 && leaves <= 6);
  const byLeaf = new Map<number, number[]>();
  for (let row = 0; row < 300; row++) {
    const leaf = leafOf(nodes, 0, p.data.bins, row);
    byLeaf.set(leaf, [...(byLeaf.get(leaf) ?? []), p.target.values![row]]);
  }
  for (const [leaf, values] of byLeaf) {
    assert.equal(nodes.rows[leaf], values.length);
    assert.ok(values.length >= 20);
    assert.ok(Math.abs(means[leaf] - values.reduce((a, b) => a + b) / values.length) < 1e-12);
  }
});

test('shrinkage follows its equation, and 0 changes nothing', () => {
  const builder = new TreeNodesBuilder();
  const root = builder.addLeaf(10);
  const rule = { feature: 0, threshold: 1, missingLeft: false };
  const [left] = builder.split(root, rule, 6, 4);
  builder.split(left, rule, 3, 3);
  const nodes = builder.finish();
  const means = Float64Array.of(1, 2, -0.5, 3, 1);
  const same = means.slice();
  shrinkMeans(nodes, same, 1, 0);
  assert.deepEqual(same, means);
  shrinkMeans(nodes, means, 1, 5);
  const expected = [1, 1 + 1 / 1.5, 1 - 1.5 / 1.5, 1 + 1 / 1.5 + 1 / (1 + 5 / 6), 1 + 1 / 1.5 - 1 / (1 + 5 / 6)];
  expected.forEach((value, i) => {
    assert.ok(Math.abs(means[i] - value) < 1e-12);
  });
});
