import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { takeDataset } from '../../../src/engine/data/dataset.ts';
import { treeShap } from '../../../src/engine/explain/tree-shap.ts';
import { onnx } from '../../../src/engine/learners/onnx.ts';
import { outsideTrees } from '../../../src/engine/models/onnx/outside-trees.ts';
import { isTreeEnsemble } from '../../../src/engine/models/tree-ensemble.ts';
import type { Task } from '../../../src/shared/task.ts';
import { dataset, numeric } from '../learners/toy-data.ts';

/** Made by golden/tree-shap.py: rows, and shap's values of the first ones by score, row and column. */
interface Golden {
  readonly x: readonly (readonly number[])[];
  readonly explained: number;
  readonly background: number;
  readonly models: Readonly<
    Record<Task, { readonly target: readonly number[] } & Record<'path-dependent' | 'interventional', number[][][]>>
  >;
}
const folder = join(import.meta.dirname, 'golden');
const golden: Golden = JSON.parse(readFileSync(join(folder, 'tree-shap.golden.json'), 'utf8'));
const columns = golden.x[0].map((_, j) =>
  numeric(
    `f${j}`,
    golden.x.map((row) => row[j]),
  ),
);
const { signal } = new AbortController();

describe("TreeSHAP of other libraries' ensembles", () => {
  const classCounts = { regression: 0, binary: 2, multiclass: 3 };
  for (const task of ['regression', 'binary', 'multiclass'] as const)
    it(`equals shap's values of an imported model: ${task}`, async () => {
      const { target, ...wanted } = golden.models[task];
      const made = dataset(task, columns, target, classCounts[task]);
      // The model calls its classes by their numbers.
      const classes = made.info.classes?.map((_, k) => String(k));
      const data = {
        ...made,
        info: { ...made.info, classes },
        target: made.target.kind === 'classes' ? { ...made.target, classes: classes! } : made.target,
      };
      const context = { train: data, seed: 1, signal, report: async () => 'continue' as const };
      const model = await onnx.fit(context, { model: join(folder, 'tree-shap', `${task}.onnx`) });
      assert.ok(isTreeEnsemble(model));
      assert.equal(model.facts.trees, 'of raw columns');
      const first = takeDataset(data, [...Array(golden.background).keys()]);
      for (const variant of ['path-dependent', 'interventional'] as const) {
        // shap gives LightGBM's one score, of the second class.
        const scores = wanted[variant].map((_, k) => (task === 'binary' ? '1' : classes?.[k]));
        for (const [k, name] of scores.entries())
          for (let row = 0; row < golden.explained; row++) {
            const found = await treeShap.explain(
              model,
              { train: variant === 'interventional' ? first : data, evaluation: data, part: 'test' },
              { seed: 1, row, variant, ...(name !== undefined && { class: name }) },
              () => {},
              signal,
            );
            for (const { columns: named, contribution } of found.terms) {
              const value = wanted[variant][k][row][Number(named[0].slice(1))];
              const words = `${variant} row ${row} score ${k} ${named[0]}: ${contribution}, not ${value}`;
              assert.ok(Math.abs(contribution - value) < 1e-5, words);
            }
            assert.ok(found.quality.value! < 1e-5, found.quality.words);
          }
      }
    });

  it('finds no trees where there are none, or not over one matrix', () => {
    const file = (path: string) => readFileSync(join(import.meta.dirname, path));
    const inputs = { kind: 'matrix', name: 'X', type: 'float32', columns: ['a', 'b'], batch: null } as const;
    const output = { kind: 'values', name: 'variable' } as const;
    const forest = file('../models/onnx/fixtures/sklearn-regression.onnx');
    assert.ok(outsideTrees(forest, { inputs, output }));
    assert.equal(outsideTrees(forest, { inputs, output: { ...output, name: 'other' } }), undefined);
    assert.equal(outsideTrees(forest, { inputs: { kind: 'columns', columns: [], batch: null }, output }), undefined);
    assert.equal(outsideTrees(file('../models/onnx/fixtures/logits.onnx'), { inputs, output }), undefined);
    assert.equal(outsideTrees(Buffer.from('no model'), { inputs, output }), undefined);
  });
});
