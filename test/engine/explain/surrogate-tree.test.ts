import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed } from '../../../src/engine/data/table.ts';
import { surrogateTree } from '../../../src/engine/explain/surrogate-tree.ts';
import { pruningSequence } from '../../../src/engine/imitation/pruning-sequence.ts';
import { TreeNodesBuilder } from '../../../src/engine/learners/trees/tree-nodes.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { type SurrogateTree, subtreeShape, surrogateTreeWords } from '../../../src/shared/results/surrogate-tree.ts';
import { fixtures } from './fixtures.ts';

const { signal } = new AbortController();
const { data } = fixtures[0];

/** A model of the fixture's income alone. */
const ofIncome = (value: (income: number, row: number) => number): Predictor => ({
  task: 'regression',
  async predict(rows) {
    const income = columnNamed(rows, 'income');
    return {
      kind: 'values',
      values: Float64Array.from({ length: rows.rowCount }, (_, row) =>
        value(income.kind === 'numeric' ? income.values[row] : Number.NaN, row),
      ),
    };
  },
});

const explained = (predictor: Predictor, more = {}): Promise<SurrogateTree> =>
  surrogateTree.explain(predictor, data, { seed: 1, ...more }, () => {}, signal);

describe('pruning sequence', () => {
  it('collapses the weakest link first, links of one strength at once', () => {
    const nodes = new TreeNodesBuilder();
    const rule = { feature: 0, threshold: 1, missingLeft: true };
    nodes.addLeaf(8);
    nodes.split(0, rule, 4, 4);
    nodes.split(1, rule, 2, 2);
    nodes.split(2, rule, 2, 2);
    // The root saves 10, its children 3 each: three sizes, since the children go together.
    const sequence = pruningSequence(nodes.finish(), [10, 3, 3, 0, 0, 0, 0], 32);
    assert.deepEqual(sequence.leaves, [1, 2, 4]);
    assert.deepEqual(sequence.splitFrom, [2, 4, 4, 0, 0, 0, 0]);
  });

  it('leaves out what is too large', () => {
    const nodes = new TreeNodesBuilder();
    nodes.addLeaf(8);
    nodes.split(0, { feature: 0, threshold: 1, missingLeft: true }, 4, 4);
    assert.deepEqual(pruningSequence(nodes.finish(), [10, 0, 0], 1).leaves, [1]);
  });
});

describe('surrogate tree', () => {
  it('finds a model that is a tree: its questions, values and leaves', async () => {
    const steps = ofIncome((income) => (income <= 900 ? 1 : income <= 1200 ? 5 : 2));
    const result = await explained(steps);
    const { leaves, r2 } = result.subtrees[result.chosen];
    assert.equal(leaves, 3);
    assert.ok(r2! > 0.97, `${r2}`);
    const shape = subtreeShape(result, result.subtrees[result.chosen]);
    const values = shape.nodes.filter(({ split }) => !split).map(({ prediction }) => Math.round(prediction[0]));
    assert.deepEqual(values.sort(), [1, 2, 5]);
    assert.ok(shape.nodes.every(({ split }) => !split || /^income <= (900|899|8|1199|120|119)/.test(split.words)));
    assert.match(surrogateTreeWords(result), /imitated by a tree of 3 leaves/);
  });

  it('has a path of nested trees whose nodes hold all rows, fewest leaves first', async () => {
    const result = await explained(fixtures[1].predictor, { leaves: 12 });
    const sizes = result.subtrees.map(({ leaves }) => leaves);
    assert.ok(sizes.every((size, i) => size <= 12 && size > (sizes[i - 1] ?? 0)));
    for (const subtree of result.subtrees) {
      const { nodes, endOfRow } = subtreeShape(result, subtree);
      const ends = nodes.filter(({ split }) => !split);
      assert.equal(ends.length, subtree.leaves);
      const rows = ends.reduce((sum, node) => sum + node.rows, 0);
      assert.ok(Math.abs(rows - result.rows) <= subtree.leaves, `${rows}`);
      assert.ok(endOfRow.every((end) => !nodes[end].split));
      assert.ok(ends.every(({ prediction }) => Math.abs(prediction.reduce((a, b) => a + b) - 1) < 1e-3));
    }
  });

  it('measures its fidelity on rows it did not see: the R2 of what it predicts', async () => {
    const { predictor } = fixtures[2];
    const result = await explained(predictor);
    const subtree = result.subtrees[result.subtrees.length - 1];
    const { nodes } = subtreeShape(result, subtree);
    const { features } = data.evaluation;
    assert.equal(result.heldOutRows, features.rowCount);
    assert.ok(subtree.r2! > 0.8 && subtree.r2! < 1, `${subtree.r2}`);
    assert.ok(subtree.interval!.low < subtree.r2! && subtree.r2! < subtree.interval!.high);
    assert.ok(nodes.length === 2 * subtree.leaves - 1);
  });

  it('refuses to be read where the model is noise, and has nothing to say where it is constant', async () => {
    const random = createRandom(5);
    const noise = await explained(ofIncome(() => random.normal()));
    assert.ok(noise.subtrees.every(({ r2 }) => r2! < 0.2));
    assert.match(surrogateTreeWords(noise), /Do not read this tree as the model/);
    const constant = await explained(ofIncome(() => 3));
    assert.deepEqual(
      constant.subtrees.map(({ leaves, r2 }) => [leaves, r2]),
      [[1, null]],
    );
    assert.match(surrogateTreeWords(constant), /do not vary/);
  });

  it('agrees with the model on the classes of more rows than the commonest class does', async () => {
    const result = await explained(fixtures[1].predictor);
    const { agreement } = result.subtrees[result.chosen];
    assert.ok(agreement! > result.commonest! + 0.2, `${agreement} beside ${result.commonest}`);
  });

  it('keeps what it has where it is ended early, and says so', async () => {
    const result = await surrogateTree.explain(
      fixtures[0].predictor,
      data,
      { seed: 1 },
      () => {},
      signal,
      () => true,
    );
    assert.match(result.partial!, /64 rows of 400/);
    assert.ok(result.subtrees[result.chosen].r2! > 0.3);
  });

  it('hears of a model that answers with no number, and of options out of range', async () => {
    await assert.rejects(explained(ofIncome(() => Number.NaN)), { name: 'UserError' });
    await assert.rejects(explained(fixtures[0].predictor, { leaves: 0 }), { name: 'UserError' });
  });
});
