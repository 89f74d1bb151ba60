import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  criticisms,
  type Kernel,
  prototypes,
  rbfKernel,
  squaredDiscrepancy,
  witness,
} from '../../../src/engine/explain/mmd-critic.ts';
import { prototypeRows } from '../../../src/engine/explain/prototypes.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { prototypesWords } from '../../../src/shared/results/prototypes.ts';
import { datasetOf, fixtures, numbers, tableOf } from './fixtures.ts';

interface Golden {
  readonly cases: readonly {
    readonly points: readonly (readonly number[])[];
    readonly bandwidth: number;
    readonly prototypes: readonly number[];
    readonly criticisms: readonly number[];
    readonly witness: readonly number[];
    readonly discrepancy: number;
  }[];
}

/** Made by golden/mmd-critic.py, which asks for the whole objective of each set. */
const golden: Golden = JSON.parse(readFileSync(new URL('./golden/mmd-critic.golden.json', import.meta.url), 'utf8'));

const { signal } = new AbortController();

function lineKernel(points: readonly number[]): Kernel {
  const distances = Float64Array.from(points.flatMap((a) => points.map((b) => (a - b) ** 2)));
  return rbfKernel(distances, points.length);
}

/** By elimination with pivots. */
function determinant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let product = 1;
  rows.forEach((_, k) => {
    const pivot = rows.findIndex((row, i) => i >= k && row[k] !== 0);
    if (pivot < 0) {
      product = 0;
      return;
    }
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      product = -product;
    }
    product *= rows[k][k];
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < rows.length; j++) rows[i][j] -= factor * rows[k][j];
    }
  });
  return product;
}

describe('MMD-critic', () => {
  for (const wanted of golden.cases)
    it(`has the reference's prototypes and criticisms of ${wanted.points.length} points`, () => {
      const { points } = wanted;
      const squared = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, value, j) => sum + (value - b[j]) ** 2, 0);
      const kernel = rbfKernel(
        Float64Array.from(points.flatMap((a) => points.map((b) => squared(a, b)))),
        points.length,
      );
      assert.ok(Math.abs(kernel.bandwidth - wanted.bandwidth) < 1e-9);
      const chosen = prototypes(kernel, wanted.prototypes.length);
      assert.deepEqual(chosen, wanted.prototypes);
      assert.deepEqual(criticisms(kernel, chosen, wanted.criticisms.length), wanted.criticisms);
      for (const [row, gap] of witness(kernel, chosen).entries())
        assert.ok(Math.abs(gap - wanted.witness[row]) < 1e-12, `row ${row}`);
      assert.ok(Math.abs(squaredDiscrepancy(kernel, chosen) - wanted.discrepancy) < 1e-12);
    });
});

describe('criticisms of MMD-critic', () => {
  const random = createRandom(4);
  const kernel = lineKernel(Array.from({ length: 30 }, () => 3 * random.normal()));
  const typical = prototypes(kernel, 3);

  it('are at each step the row that adds most to witness and log determinant, both written out', () => {
    const gaps = witness(kernel, typical);
    const at = (i: number, j: number) => kernel.values[i * kernel.count + j];
    const value = (rows: readonly number[]) =>
      rows.reduce((sum, i) => sum + Math.abs(gaps[i]), 0) +
      Math.log(Math.abs(determinant(rows.map((i) => rows.map((j) => at(i, j))))));
    const chosen = criticisms(kernel, typical, 4);
    assert.equal(chosen.length, 4);
    chosen.forEach((_, step) => {
      const before = chosen.slice(0, step);
      const free = [...Array(30).keys()].filter((i) => !before.includes(i) && !typical.includes(i));
      const best = Math.max(...free.map((i) => value([...before, i])));
      assert.ok(Math.abs(value(chosen.slice(0, step + 1)) - best) < 1e-9, `step ${step}`);
    });
  });

  it('the witness and the discrepancy are their definitions', () => {
    const { count, values } = kernel;
    const gaps = witness(kernel, typical);
    const row = [...values.subarray(5 * count, 6 * count)];
    const all = row.reduce((a, b) => a + b) / count;
    const own = typical.reduce((sum, s) => sum + row[s], 0) / 3;
    assert.ok(Math.abs(gaps[5] - (all - own)) < 1e-12);
    assert.ok(squaredDiscrepancy(kernel, [...Array(count).keys()]) < 1e-12);
    assert.ok(squaredDiscrepancy(kernel, typical) > 0);
  });

  it('find the small cluster that one prototype of the large one leaves out', () => {
    const points = [...Array.from({ length: 20 }, (_, i) => i / 100), 9, 9.1, 9.2];
    const near = rbfKernel(
      Float64Array.from(points.flatMap((a) => points.map((b) => (a - b) ** 2 + (a === b ? 0 : 1)))),
      23,
    );
    const [first] = criticisms(near, prototypes(near, 1), 1);
    assert.ok(first >= 20);
  });

  it('are no twins of each other', () => {
    const twins = lineKernel([0, 0, 0, 0, 5, 5, 9]);
    const chosen = criticisms(twins, [0], 6);
    assert.equal(new Set(chosen.map((i) => [0, 0, 0, 0, 5, 5, 9][i])).size, chosen.length);
  });
});

describe('prototypes', () => {
  it('stand for the clusters of the data and for what the model says of them', async () => {
    const random = createRandom(2);
    const part = (count: number) => {
      const codes = Int32Array.from({ length: count }, () => random.integer(3));
      const features = tableOf(
        ['x', 'y'].map((name, c) =>
          numbers(
            name,
            Array.from(codes, (code) => [0, 10, 20][c === 0 ? code : 2 - code] + random.normal()),
          ),
        ),
      );
      return datasetOf(features, { kind: 'classes', codes, classes: ['low', 'middle', 'high'] }, 'multiclass');
    };
    const predictor: Predictor = {
      task: 'multiclass',
      classes: ['low', 'middle', 'high'],
      async predict({ rowCount, columns: [x] }) {
        const values = new Float64Array(3 * rowCount);
        for (let row = 0; row < rowCount; row++)
          values[3 * row + Math.max(0, Math.min(2, Math.round((x.kind === 'numeric' ? x.values[row] : 0) / 10)))] = 1;
        return { kind: 'probabilities', classCount: 3, values };
      },
    };
    const data = { train: part(150), evaluation: part(100), part: 'validation' } as const;
    const result = await prototypeRows.explain(predictor, data, { seed: 1, prototypes: 3 }, () => {}, signal);
    assert.deepEqual(result.prototypes.map(({ truth }) => truth).sort(), ['high', 'low', 'middle']);
    assert.ok(result.agreement > 0.97 && result.commonest < 0.5);
    assert.ok(result.quality.value! < 0.3 && result.asGood < 0.05, `${result.quality.value} ${result.asGood}`);
    assert.match(prototypesWords(result), /nearest prototype is predicted as they are/);
  });

  it('say that rows are all alike', async () => {
    const same = datasetOf(
      tableOf([numbers('x', Array(20).fill(3))]),
      { kind: 'values', values: new Float64Array(20) },
      'regression',
    );
    const constant: Predictor = {
      task: 'regression',
      predict: async ({ rowCount }) => ({ kind: 'values', values: new Float64Array(rowCount) }),
    };
    const data = { train: same, evaluation: same, part: 'test' } as const;
    const result = await prototypeRows.explain(constant, data, { seed: 1 }, () => {}, signal);
    assert.equal(result.quality.value, null);
    assert.equal(result.criticisms.length, 1);
  });

  it('refuses options out of range', async () => {
    const { predictor, data } = fixtures[0];
    await assert.rejects(
      prototypeRows.explain(predictor, data, { seed: 1, prototypes: 0 }, () => {}, signal),
      { name: 'UserError' },
    );
  });
});
