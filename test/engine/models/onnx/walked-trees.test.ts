import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Table } from '../../../../src/engine/data/table.ts';
import { OutsideModel, type Signature } from '../../../../src/engine/models/onnx/outside-model.ts';
import { outsideTrees } from '../../../../src/engine/models/onnx/outside-trees.ts';
import { walkedTrees } from '../../../../src/engine/models/onnx/walked-trees.ts';
import { scoresOf } from '../../../../src/engine/models/tree-ensemble.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { numeric, tableOf } from '../../learners/toy-data.ts';

const fixture = (path: string) => readFileSync(join(import.meta.dirname, path));
const json = (path: string) => JSON.parse(fixture(path).toString());
const expected: { a: number[]; b: number[]; predictions: Record<string, number[]> } = json('fixtures/expected.json');
const rows = tableOf([numeric('a', expected.a), numeric('b', expected.b)]);
/** Made by make-binary-forest.py. */
const binaryForest: number[] = json('fixtures/sklearn-binary-forest.json').predictions;

/** Rows of which a third of the numbers are missing. */
function gappy(columns: readonly string[]): Table {
  const random = createRandom(5);
  return tableOf(
    columns.map((name) =>
      numeric(
        name,
        Array.from({ length: 200 }, () => (random.uniform() < 0.3 ? Number.NaN : 2 * random.normal())),
      ),
    ),
  );
}

async function opened(path: string, table: Table, classes?: readonly string[]) {
  const bytes = Uint8Array.from(fixture(path));
  const model = await OutsideModel.open(bytes);
  const signature: Signature = await model.match(table, classes);
  const trees = outsideTrees(bytes, signature);
  assert.ok(trees, `${path} has no trees`);
  return { model, signature, trees };
}

const near = (own: ArrayLike<number>, theirs: ArrayLike<number>, within: number) => {
  assert.equal(own.length, theirs.length);
  for (let i = 0; i < own.length; i++)
    assert.ok(Math.abs(own[i] - theirs[i]) <= within, `${i}: ${own[i]}, not ${theirs[i]}`);
};

describe('trees of other libraries, walked down here', () => {
  const lightgbm = '../../explain/golden/tree-shap/';
  const cases = [
    ['fixtures/sklearn-regression.onnx', undefined, 2],
    ['fixtures/sklearn-binary-forest.onnx', ['0', '1'], 2],
    [`${lightgbm}regression.onnx`, undefined, 0],
    [`${lightgbm}binary.onnx`, ['0', '1'], 0],
    [`${lightgbm}multiclass.onnx`, ['0', '1', '2'], 0],
  ] as const;
  for (const [path, classes, width] of cases)
    it(`predict as onnxruntime does, missing numbers too: ${path.split('/').slice(-1)}`, async () => {
      const names = Array.from(
        { length: width || json('../../explain/golden/tree-shap.golden.json').x[0].length },
        (_, j) => `f${j}`,
      );
      const table = gappy(names);
      const { model, signature, trees } = await opened(path, table, classes);
      const walked = await walkedTrees(trees, signature, model);
      assert.ok(walked, 'they disagree');
      near(walked(table), await model.predict(signature, table), 1e-6);
    });

  it("give the library's own probabilities of two classes, and a score of each", async () => {
    const { model, signature, trees } = await opened('fixtures/sklearn-binary-forest.onnx', rows, ['0', '1']);
    const walked = await walkedTrees(trees, signature, model);
    near(walked!(rows), binaryForest, 1e-6);
    const numbers = trees.treeNumbers(rows);
    const sums = Array.from({ length: rows.rowCount }, (_, row) => scoresOf(trees.trees(), numbers, 2 * row));
    near(sums.flat(), binaryForest, 1e-6);
  });

  it('are left to onnxruntime where they give anything else', async () => {
    const { model, signature, trees } = await opened('fixtures/sklearn-regression.onnx', rows);
    const known = trees.trees();
    const off = { ...trees, trees: () => ({ ...known, value: known.value.map((value) => value * (1 + 1e-4)) }) };
    assert.equal(await walkedTrees(off, signature, model), undefined);
    const shifted = { ...known.nodes, threshold: known.nodes.threshold.map((cut) => cut * (1 + 1e-5)) };
    const moved = { ...trees, trees: () => ({ ...known, nodes: shifted }) };
    assert.equal(await walkedTrees(moved, signature, model), undefined);
  });
});
