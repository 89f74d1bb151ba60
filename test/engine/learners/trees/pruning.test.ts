import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fitBinEncoder } from '../../../../src/engine/data/encoders/bin-encoder.ts';
import { Pace } from '../../../../src/engine/learners/pace.ts';
import { columnBins } from '../../../../src/engine/learners/trees/column-bins.ts';
import { ImpurityTreeGrower } from '../../../../src/engine/learners/trees/impurity-tree.ts';
import { NodeValues } from '../../../../src/engine/learners/trees/node-values.ts';
import { collapsedNodes, prunedTree, pruningPath } from '../../../../src/engine/learners/trees/pruning.ts';
import { leafOf, type TreeNodes, TreeNodesBuilder } from '../../../../src/engine/learners/trees/tree-nodes.ts';
import { treeTarget } from '../../../../src/engine/learners/trees/tree-target.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { dataset, numeric } from '../toy-data.ts';

interface Golden {
  readonly name: string;
  /** 0 for values. */
  readonly classes: number;
  readonly columns: readonly number[][];
  readonly truth: readonly number[];
  readonly weights: readonly number[];
  readonly minLeafRows: number;
  readonly strengths: readonly number[];
  readonly leaves: readonly number[];
}

const goldens: Golden[] = JSON.parse(readFileSync(new URL('pruning-path.golden.json', import.meta.url), 'utf8'));
const leavesOf = ({ feature }: TreeNodes) => feature.filter((f) => f < 0).length;

async function grown({ classes, columns, truth, weights, minLeafRows }: Golden) {
  const task = (['regression', '', 'binary', 'multiclass'] as const)[classes] as Task;
  const data = dataset(
    task,
    columns.map((values, i) => numeric(`c${i}`, values)),
    truth,
    classes,
  );
  const encoder = fitBinEncoder(data.features, { minBinRows: 1 });
  const rows = encoder.encode(data.features);
  const target = treeTarget(data.target);
  const options = { maxDepth: 64, minLeafRows, columnsPerNode: columns.length, randomCuts: false };
  const grower = new ImpurityTreeGrower(columnBins(rows), encoder.columns, target, options);
  const builder = new TreeNodesBuilder();
  const values = new NodeValues(target.outputs);
  await grower.grow(builder, values, weights, createRandom(1), new Pace(new AbortController().signal));
  // In the target's own unit; the impurity of two classes is grown by its half.
  const unit = classes === 2 ? 2 : target.deviation ** 2;
  return { rows, nodes: builder.finish(), values, outputs: target.outputs, unit };
}

for (const golden of goldens) {
  test(`the pruning path is that of scikit-learn: ${golden.name}`, async () => {
    const { nodes, values, unit } = await grown(golden);
    const { steps } = pruningPath(nodes, values.gains);
    // Splits that gain nothing but rounding errors are made by the one and not by the other.
    const own = steps.filter(({ strength }) => strength * unit > 1e-6);
    const expected = golden.strengths.map((strength, i) => ({ strength, leaves: golden.leaves[i] }));
    const theirs = expected.filter(({ strength }) => strength > 1e-6);
    assert.deepEqual(
      own.map(({ leaves }) => leaves),
      theirs.map(({ leaves }) => leaves),
    );
    theirs.forEach(({ strength }, i) => {
      assert.ok(
        Math.abs(own[i].strength * unit - strength) < 1e-9 * strength,
        `${own[i].strength * unit}, not ${strength}`,
      );
    });
  });
}

test('a pruned tree has the leaves that its path says, with the means they had as nodes', async () => {
  const { rows, nodes, values, outputs } = await grown(goldens[0]);
  const path = pruningPath(nodes, values.gains);
  for (const { strength, leaves } of path.steps) {
    const pruned = prunedTree(nodes, values, outputs, collapsedNodes(path, strength, Number.POSITIVE_INFINITY));
    assert.equal(leavesOf(pruned.nodes), leaves);
    for (let row = 0; row < rows.rows; row++) {
      const leaf = leafOf(pruned.nodes, 0, rows.bins, row * rows.columns);
      assert.ok(
        values.means.subarray(0, nodes.feature.length).includes(pruned.means[leaf]),
        'a mean that no node of the whole tree has',
      );
    }
  }
  const few = prunedTree(nodes, values, outputs, collapsedNodes(path, 0, 5));
  assert.ok(leavesOf(few.nodes) <= 5 && leavesOf(few.nodes) > 1);
  assert.deepEqual(prunedTree(nodes, values, outputs, new Set()).nodes.rows.length, nodes.rows.length);
});
