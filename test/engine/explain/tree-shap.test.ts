import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { type Table, takeRows } from '../../../src/engine/data/table.ts';
import { kernelShap } from '../../../src/engine/explain/kernel-shap.ts';
import { sampleRows } from '../../../src/engine/explain/sample-rows.ts';
import { type TreeShapOptions, treeShap } from '../../../src/engine/explain/tree-shap.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import {
  isTreeEnsemble,
  numberGoesLeft,
  scoresOf,
  type TreeEnsemble,
} from '../../../src/engine/models/tree-ensemble.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { TreeShap } from '../../../src/shared/results/tree-shap.ts';
import type { Params } from '../../../src/shared/space.ts';
import { tasks } from '../../../src/shared/task.ts';
import { dataset, numeric, parted, toy } from '../learners/toy-data.ts';
import { bruteShapley } from './brute-shapley.ts';

const { signal } = new AbortController();

const small: Readonly<Record<string, Params>> = {
  tree: {},
  forest: { trees: 5 },
  extra_trees: { trees: 5 },
  boosting: {},
};

function fitted(name: string, train: Dataset, params: Params = {}): Promise<Model> {
  const learner = learners.find((one) => one.name === name)!;
  const context = { train, seed: 1, signal, report: async () => 'continue' as const };
  return learner.fit(name === 'boosting' ? { ...context, resource: 8 } : context, { ...small[name], ...params });
}

const explained = (model: Model, [train, evaluation]: [Dataset, Dataset], options: Partial<TreeShapOptions>) =>
  treeShap.explain(model, { train, evaluation, part: 'validation' }, { seed: 5, row: 3, ...options }, () => {}, signal);

/** [players] contributions in the order of the columns. */
const contributionsOf = ({ terms }: TreeShap, { columns }: Table) =>
  columns.map(({ name }) => terms.find((term) => term.columns[0] === name)!.contribution);

/** What the score of a class is expected to be where only the columns of a mask are known. */
type Pays = (mask: number) => number;

/** By walking down every tree, both ways where the column is not known. */
function pathDependentPays(model: Model & TreeEnsemble, row: Table, columns: readonly string[], score: number): Pays {
  const { nodes, roots, scoreOf, start, value } = model.trees();
  const numbers = model.treeNumbers(row);
  const inputs = model.treeInputs();
  const width = scoreOf ? 1 : start.length;
  return (mask) => {
    const walk = (node: number): number => {
      const input = nodes.input[node];
      if (input < 0) return value[node * width + (scoreOf ? 0 : score)];
      const [left, right] = [nodes.left[node], nodes.right[node]];
      if ((mask >> columns.indexOf(inputs[input].column)) & 1)
        return walk(numberGoesLeft(nodes, node, numbers[input]) ? left : right);
      const [low, high] = [nodes.cover![left], nodes.cover![right]];
      return (low * walk(left) + high * walk(right)) / (low + high);
    };
    let sum = start[score];
    roots.forEach((root, tree) => {
      if (!scoreOf || scoreOf[tree] === score) sum += walk(root);
    });
    return sum;
  };
}

/** [masks] by mixing the row with each background row and scoring the mixtures. */
function interventionalPays(model: Model & TreeEnsemble, row: Table, background: Table, score: number): Pays {
  const trees = model.trees();
  const inputs = model.treeInputs().length;
  const repeated = takeRows(row, new Uint32Array(background.rowCount));
  return (mask) => {
    const mixed = {
      rowCount: background.rowCount,
      columns: background.columns.map((column, j) => ((mask >> j) & 1 ? repeated.columns[j] : column)),
    };
    const numbers = model.treeNumbers(mixed);
    let sum = 0;
    for (let i = 0; i < mixed.rowCount; i++) sum += scoresOf(trees, numbers, i * inputs)[score];
    return sum / mixed.rowCount;
  };
}

const brute = (players: number, pays: Pays) =>
  bruteShapley(
    players,
    Array.from({ length: 2 ** players }, (_, mask) => pays(mask)),
  );

function assertClose(found: ArrayLike<number>, wanted: ArrayLike<number>, words: string): void {
  const scale = Math.max(1, ...Array.from(wanted, Math.abs));
  for (let i = 0; i < wanted.length; i++)
    assert.ok(Math.abs(found[i] - wanted[i]) <= 1e-9 * scale, `${words}, column ${i}: ${found[i]}, not ${wanted[i]}`);
}

describe('TreeSHAP', () => {
  for (const name of Object.keys(small))
    for (const task of tasks)
      it(`equals Shapley values by definition, both variants: ${name}, ${task}`, async () => {
        const parts = parted(toy(task, { rows: 160, missing: 0.15 }), 120);
        const model = await fitted(name, parts[0]);
        assert.ok(isTreeEnsemble(model));
        const columns = parts[0].features.columns.map((column) => column.name);
        const row = takeRows(parts[1].features, [3]);
        const wanted = task === 'regression' ? undefined : parts[0].info.classes!.at(-1);
        const score = model.trees().start.length - 1;
        const found = await explained(model, parts, { class: wanted });
        const pays = pathDependentPays(model, row, columns, score);
        assertClose(contributionsOf(found, row), brute(columns.length, pays), 'path-dependent');
        assert.ok(Math.abs(found.base - pays(0)) < 1e-9 * Math.max(1, Math.abs(found.base)));
        assert.ok(found.quality.value! < 1e-6, found.quality.words);

        const other = await explained(model, parts, { class: wanted, variant: 'interventional', background: 6 });
        const picked = sampleRows(120, 6, createRandom(5).fork('background'));
        const background = takeRows(parts[0].features, picked);
        const mixed = interventionalPays(model, row, background, score);
        assertClose(contributionsOf(other, row), brute(columns.length, mixed), 'interventional');
        assert.deepEqual(other.background, { rows: 6, available: 120 });
      });

  it("explains the model's own prediction in probabilities, values or log odds", async () => {
    for (const task of tasks) {
      const parts = parted(toy(task, { rows: 160 }), 120);
      const model = await fitted('forest', parts[0]);
      const found = await explained(model, parts, {});
      const { values } = await model.predict(takeRows(parts[1].features, [3]));
      const place = found.class === undefined ? 0 : parts[0].info.classes!.indexOf(found.class);
      assert.ok(Math.abs(found.explained - values[place]) < 1e-6 * Math.max(1, Math.abs(values[place])));
      assert.equal(found.unit, task === 'regression' ? 'y' : `probability of ${found.class}`);
    }
    const parts = parted(toy('binary', { rows: 160 }), 120);
    const model = await fitted('boosting', parts[0]);
    const [second, first] = await Promise.all(
      ['class 1', 'class 0'].map((name) => explained(model, parts, { class: name })),
    );
    const { values } = await model.predict(takeRows(parts[1].features, [3]));
    assert.ok(Math.abs(second.explained - Math.log(values[1] / values[0])) < 1e-9);
    assert.equal(second.unit, 'log odds of class 1');
    assertClose(
      contributionsOf(first, parts[1].features),
      contributionsOf(second, parts[1].features).map((value) => -value),
      'the other class',
    );
  });

  it('has nothing to say of sums of columns, and says what would', async () => {
    const random = createRandom(2);
    const [a, b] = [0, 1].map(() => Float64Array.from({ length: 80 }, () => 1 + random.uniform()));
    const data = dataset(
      'regression',
      [numeric('a', a), numeric('b', b)],
      a.map((value, i) => value / b[i]),
    );
    const model = await fitted('boosting', data, { combinations: 4 });
    assert.equal(model.facts.trees, 'of combined columns');
    assert.ok(!isTreeEnsemble(model));
    const words = treeShap.unsuited!({ learner: 'boosting', facts: model.facts, info: data.info });
    assert.match(words!, /several columns at once: kernel-shap/);
    await assert.rejects(explained(model, [data, data], {}), { code: 'no-trees' });
  });

  it('speaks of raw columns through a preparation, as the whole model predicts them', async () => {
    const parts = parted(toy('regression', { rows: 160, missing: 0.15 }), 120);
    const model = await fitted('extra_trees', parts[0], { level_rows: 40, imputation: 'median' });
    assert.match(model.facts.words, /dates taken apart.*levels of fewer than 40 rows joined/);
    const found = await explained(model, parts, { variant: 'interventional', background: 6 });
    const row = takeRows(parts[1].features, [3]);
    const background = takeRows(parts[0].features, sampleRows(120, 6, createRandom(5).fork('background')));
    const repeated = takeRows(row, new Uint32Array(6));
    const pays: number[] = [];
    for (let mask = 0; mask < 2 ** row.columns.length; mask++) {
      const columns = background.columns.map((column, j) => ((mask >> j) & 1 ? repeated.columns[j] : column));
      const { values } = await model.predict({ rowCount: 6, columns });
      pays.push(values.reduce((a, b) => a + b) / 6);
    }
    assertClose(contributionsOf(found, row), bruteShapley(row.columns.length, pays), 'predicted');
  });

  it('explains a row of missing values only, as KernelSHAP does', async () => {
    const [train, evaluation] = parted(toy('binary', { rows: 160, missing: 0.2 }), 120);
    const model = await fitted('forest', train);
    const columns = evaluation.features.columns.map((column) =>
      column.kind === 'numeric'
        ? { ...column, values: column.values.map(() => Number.NaN) }
        : { ...column, codes: column.codes.map(() => -1) },
    );
    const blank = { ...evaluation, features: { ...evaluation.features, columns } };
    const exact = await explained(model, [train, blank], { variant: 'interventional', background: 120 });
    const sampled = await kernelShap.explain(
      model,
      { train, evaluation: blank, part: 'test' },
      { seed: 5, row: 3, background: 120 },
      () => {},
      signal,
    );
    assert.ok(exact.terms.every(({ value }) => value === null));
    for (const { columns: named, contribution } of sampled.terms) {
      const other = exact.terms.find((term) => term.columns[0] === named[0])!;
      assert.ok(
        Math.abs(contribution - other.contribution) < 1e-6,
        `${named}: ${contribution}, not ${other.contribution}`,
      );
    }
  });

  it('explains logarithms of counts', async () => {
    const data = toy('regression', { rows: 120 });
    const counts = { kind: 'values', values: Float64Array.from({ length: 120 }, (_, i) => i % 7) } as const;
    const model = await fitted('boosting', { ...data, target: counts }, { loss: 'poisson' });
    const found = await explained(model, [data, data], {});
    const { values } = await model.predict(takeRows(data.features, [3]));
    assert.equal(found.unit, 'logarithm of y');
    assert.ok(Math.abs(Math.exp(found.explained) - values[0]) < 1e-9);
    assert.ok(found.quality.value! < 1e-9);
  });

  it('says nothing of a tree that never asks', async () => {
    const data = dataset(
      'regression',
      [numeric('same', new Float64Array(30).fill(2))],
      Float64Array.from({ length: 30 }, (_, i) => i),
    );
    for (const variant of ['path-dependent', 'interventional'] as const) {
      const {
        terms,
        base,
        explained: reached,
      } = await explained(await fitted('tree', data), [data, data], { variant });
      assert.deepEqual(
        terms.map(({ contribution }) => contribution),
        [0],
      );
      assert.equal(base, reached);
      assert.ok(Math.abs(base - 14.5) < 1e-6, `${base}`);
    }
  });

  it('gives what is known when time is up', async () => {
    const parts = parted(toy('binary', { rows: 160 }), 120);
    const model = await fitted('forest', parts[0], { trees: 300 });
    const result = await treeShap.explain(
      model,
      { train: parts[0], evaluation: parts[1], part: 'validation' },
      { seed: 1, variant: 'interventional' },
      () => {},
      signal,
      () => true,
    );
    assert.match(result.partial!, /^Only the first \d+ of 300 trees/);
  });

  it('refuses bad options', async () => {
    const parts = parted(toy('binary', { rows: 60 }), 40);
    const model = await fitted('tree', parts[0]);
    for (const options of [{ row: 99 }, { background: 0 }, { class: 'none' }, { variant: 'other' as 'interventional' }])
      await assert.rejects(explained(model, parts, options), { name: /^(RangeError|UserError)$/ });
  });
});
