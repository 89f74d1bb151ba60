import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linearScores, type SparseRows, sparseRows } from '../../../../src/engine/data/encoders/sparse-rows.ts';
import { solveRidge } from '../../../../src/engine/learners/linear/ridge-solve.ts';
import { Pace } from '../../../../src/engine/learners/pace.ts';
import { createRandom } from '../../../../src/engine/random.ts';

const pace = () => new Pace(new AbortController().signal);

/** Rows of which one in `sparsity` values is not 0, and a target that follows the first column. */
function problem(rows: number, columns: number, sparsity: number) {
  const random = createRandom(rows + columns);
  const values = Float32Array.from({ length: rows * columns }, () =>
    random.integer(sparsity) === 0 ? random.normal() : 0,
  );
  const x = sparseRows({ rows, columns, values });
  const rowWeights = Float64Array.from({ length: rows }, () => 0.5 + random.uniform());
  const total = rowWeights.reduce((a, b) => a + b, 0);
  const means = new Float64Array(columns);
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < columns; j++) means[j] += (rowWeights[row] * values[row * columns + j]) / total;
  const raw = Float64Array.from({ length: rows }, (_, row) => values[row * columns] + 0.1 * random.normal());
  const mean = raw.reduce((sum, value, row) => sum + (rowWeights[row] * value) / total, 0);
  const penalties = Float64Array.from({ length: columns }, (_, j) => 1 + (j % 3));
  return { x, means, y: raw.map((value) => value - mean), rowWeights, penalties };
}

/** The largest slope of the objective at these weights: 0 at the minimum. */
function slopeAt({ x, means, y, rowWeights, penalties }: ReturnType<typeof problem>, weights: Float64Array): number {
  const offset = -means.reduce((sum, mean, j) => sum + mean * weights[j], 0);
  const residual = linearScores(x, Float64Array.of(...weights, offset), 1).map(
    (score, row) => rowWeights[row] * (score - y[row]),
  );
  const slopes = penalties.map((penalty, j) => penalty * weights[j]);
  addColumns(x, residual, slopes);
  const total = residual.reduce((a, b) => a + b, 0);
  return Math.max(...slopes.map((slope, j) => Math.abs(slope - means[j] * total)));
}

function addColumns(x: SparseRows, v: Float64Array, sums: Float64Array): void {
  for (let row = 0; row < x.rows; row++) {
    for (let i = x.starts[row]; i < x.starts[row + 1]; i++) sums[x.indices[i]] += x.values[i] * v[row];
  }
}

for (const [rows, columns, way] of [
  [200, 30, 'normal equations'],
  [30, 200, 'their dual'],
] as const) {
  test(`the solution by ${way} is a minimum`, async () => {
    const given = problem(rows, columns, 2);
    const { weights, words } = await solveRidge(given, pace());
    assert.equal(words, '');
    assert.ok(slopeAt(given, weights) < 1e-8);
  });
}

test('many rows of 10,000 sparse columns are solved step by step', async () => {
  const rows = 2500;
  const random = createRandom(1);
  const columns = 10_000;
  const given = problem(10, 3, 2);
  const starts = Uint32Array.from({ length: rows + 1 }, (_, row) => row * 5);
  const indices = Uint32Array.from({ length: rows * 5 }, (_, i) => (i % 5) * 2000 + random.integer(2000));
  const x: SparseRows = { rows, columns, starts, indices, values: new Float32Array(rows * 5).fill(1) };
  const means = new Float64Array(columns);
  for (const j of indices) means[j] += 1 / rows;
  const y = Float64Array.from({ length: rows }, (_, row) => ((indices[row * 5] % 7) - 3) / 3);
  const mean = y.reduce((a, b) => a + b) / rows;
  const large = {
    ...given,
    x,
    means,
    y: y.map((value) => value - mean),
    rowWeights: new Float64Array(rows).fill(1),
    penalties: new Float64Array(columns).fill(1),
  };
  const { weights, words } = await solveRidge(large, pace());
  assert.match(words, /^found in \d+ steps$/);
  assert.ok(slopeAt(large, weights) < 1e-4);
});
