import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Pace } from '../../../src/engine/learners/pace.ts';
import { coupled } from '../../../src/engine/learners/svm/coupling.ts';
import { isometric } from '../../../src/engine/learners/svm/isometry.ts';
import { decisionOf, type Kernel, kernelRow } from '../../../src/engine/learners/svm/kernel.ts';
import { trainSvm } from '../../../src/engine/learners/svm/library.ts';
import { sampledRows } from '../../../src/engine/learners/svm/sampled-rows.ts';
import { fitSigmoid } from '../../../src/engine/learners/svm/sigmoid.ts';
import { svm } from '../../../src/engine/learners/svm/svm.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { fitted } from './conformance.ts';
import { dataset, numeric } from './toy-data.ts';

interface Golden {
  readonly name: string;
  readonly kernel: 'linear' | 'rbf';
  readonly cost: number;
  readonly gamma: number | null;
  readonly epsilon?: number;
  /** [rows x 3] */
  readonly values: number[];
  readonly labels: number[];
  readonly decisions: number[];
  readonly sigmoid?: readonly [number, number];
}

const goldens: Golden[] = JSON.parse(readFileSync(new URL('svm.golden.json', import.meta.url), 'utf8'));

for (const { name, kernel: kind, cost, gamma, epsilon, values, labels, decisions, sigmoid } of goldens) {
  test(`decides as scikit-learn does: ${name}`, async () => {
    const x = { rows: labels.length, columns: 3, values: Float32Array.from(values) };
    const kernel: Kernel = kind === 'rbf' ? { kind, gamma: gamma ?? 1 } : { kind };
    const all = Int32Array.from(labels, (_, row) => row);
    const machine = await trainSvm(x, all, Float64Array.from(labels), { kernel, cost, epsilon });
    for (const row of all) {
      const decision = decisionOf(machine, kernelRow(kernel, x, x, row));
      assert.ok(Math.abs(decision - decisions[row]) < 5e-3, `${decision}, not ${decisions[row]}`);
    }
    if (!sigmoid) return;
    const { slope, offset } = fitSigmoid(Float64Array.from(decisions), (row) => labels[row] === 1);
    assert.ok(Math.abs(slope - sigmoid[0]) < 1e-3 && Math.abs(offset - sigmoid[1]) < 1e-3, `${slope} ${offset}`);
  });
}

test('loading the library leaves it to others what an unhandled rejection does', async () => {
  const before = process.listeners('unhandledRejection');
  const x = { rows: 2, columns: 1, values: Float32Array.of(-1, 1) };
  await trainSvm(x, Int32Array.of(0, 1), Float64Array.of(-1, 1), { kernel: { kind: 'linear' }, cost: 1 });
  assert.deepEqual(process.listeners('unhandledRejection'), before);
});

test('probabilities of pairs that agree give those of the classes', () => {
  const p = [0.5, 0.3, 0.15, 0.05];
  const pairwise = Float64Array.from({ length: 16 }, (_, at) => {
    const [i, j] = [Math.floor(at / 4), at % 4];
    return p[i] / (p[i] + p[j]);
  });
  coupled(pairwise, 4).forEach((value, k) => {
    assert.ok(Math.abs(value - p[k]) < 5e-3, `${value}, not ${p[k]}`);
  });
});

test('a sample of rows keeps the shares of the classes, the rarest too', () => {
  const codes = Int32Array.from({ length: 1000 }, (_, row) => (row === 700 ? 2 : row % 4 === 0 ? 1 : 0));
  const rows = sampledRows({ kind: 'classes', codes, classes: ['a', 'b', 'c'] }, 1000, 100, createRandom(1));
  const counts = [0, 1, 2].map((code) => rows.filter((row) => codes[row] === code).length);
  assert.equal(rows.length, 100);
  assert.equal(counts[2], 1);
  assert.ok(Math.abs(counts[1] - 25) <= 1, counts.join());
  assert.deepEqual(
    [...rows],
    [...new Set(rows)].sort((a, b) => a - b),
  );
});

test('of more rows than it can take it says how many it took', async () => {
  const random = createRandom(8);
  const x = Float64Array.from({ length: 2100 }, () => random.normal());
  const data = dataset(
    'binary',
    [numeric('x', x)],
    x.map((value) => (value > 0 ? 1 : 0)),
    2,
  );
  const model = await fitted(svm, data, {}, { kernel: 'linear', C: 1 });
  assert.match(model.facts.words, /support vectors among 2000 of 2100 rows of 1 inputs/);
});

test('too many classes are refused in words', async () => {
  const truth = Array.from({ length: 42 }, (_, row) => row % 21);
  const data = dataset('multiclass', [numeric('x', truth)], truth, 21);
  await assert.rejects(fitted(svm, data), /at most 20 classes; here are 21/);
});

test('rows of many columns keep their products and distances in few', async () => {
  const random = createRandom(9);
  const values = Float32Array.from({ length: 8 * 50 }, () => random.normal());
  values.copyWithin(50, 0, 50);
  const x = { rows: 8, columns: 50, values };
  const few = await isometric(x, new Pace(new AbortController().signal));
  assert.equal(few.columns, 8);
  for (const kernel of [{ kind: 'linear' }, { kind: 'rbf', gamma: 0.02 }] as const) {
    for (let row = 0; row < 8; row++) {
      const [expected, products] = [kernelRow(kernel, x, x, row), kernelRow(kernel, few, few, row)];
      expected.forEach((value, i) => {
        assert.ok(Math.abs(products[i] - value) < 1e-4, `${products[i]}, not ${value}`);
      });
    }
  }
});
