import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitMatrixEncoder } from '../../../src/engine/data/encoders/matrix-encoder.ts';
import { NeighbourTree } from '../../../src/engine/learners/knn/neighbour-tree.ts';
import { knn } from '../../../src/engine/learners/knn.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { fitted } from './conformance.ts';
import { parted, toy } from './toy-data.ts';

test('the neighbours are those of plain Euclidean distance over the encoded matrix', async () => {
  const [train, test] = parted(toy('regression', { rows: 150, missing: 0.1 }), 120);
  const k = 4;
  const model = await fitted(knn, train, {}, { k, weights: 'uniform' });
  const { values } = await model.predict(test.features);
  const encoder = fitMatrixEncoder(train.features, { scaling: 'standard', squash: true });
  const [stored, asked] = [encoder.encode(train.features), encoder.encode(test.features)];
  const truth = train.target.kind === 'values' ? train.target.values : new Float64Array();
  const prior = truth.reduce((a, b) => a + b) / 120;
  for (let row = 0; row < 30; row++) {
    const distance = (i: number) => {
      let sum = 0;
      for (let j = 0; j < stored.columns; j++) {
        sum += (stored.values[i * stored.columns + j] - asked.values[row * stored.columns + j]) ** 2;
      }
      return sum;
    };
    const nearest = [...truth.keys()].sort((a, b) => distance(a) - distance(b)).slice(0, k);
    const expected = (nearest.reduce((sum, i) => sum + truth[i], 0) + prior) / (k + 1);
    assert.ok(Math.abs(values[row] - expected) < 1e-5, `${values[row]}, not ${expected}`);
  }
});

test('nearer neighbours weigh more', async () => {
  const data = toy('regression', { rows: 100 });
  const error = async (weights: string) => {
    const { values } = await (await fitted(knn, data, {}, { k: 20, weights })).predict(data.features);
    const truth = data.target.kind === 'values' ? data.target.values : new Float64Array();
    return values.reduce((sum, value, i) => sum + (value - truth[i]) ** 2, 0);
  };
  // A training row is its own nearest neighbour.
  assert.ok((await error('distance')) < 0.5 * (await error('uniform')));
});

test('the tree finds what comparing all rows finds, of equals the earlier', () => {
  const random = createRandom(6);
  const drawn = (rows: number) => ({
    rows,
    numbers: 5,
    coded: 2,
    values: Float32Array.from({ length: rows * 5 }, () => random.integer(4)),
    codes: Uint32Array.from({ length: rows * 2 }, () => random.integer(3)),
  });
  const [stored, asked] = [drawn(700), drawn(40)];
  const tree = new NeighbourTree(stored);
  const found = { places: new Int32Array(9), distances: new Float64Array(9) };
  const levels = (a: number, b: number) => (a === b ? 0 : a === 0 || b === 0 ? 1 : 2);
  for (let row = 0; row < asked.rows; row++) {
    tree.find(asked, row, found);
    const distances = Array.from({ length: stored.rows }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < 5; j++) sum += (stored.values[i * 5 + j] - asked.values[row * 5 + j]) ** 2;
      for (let j = 0; j < 2; j++) sum += levels(stored.codes[i * 2 + j], asked.codes[row * 2 + j]);
      return sum;
    });
    const nearest = [...distances.keys()].sort((a, b) => distances[a] - distances[b] || a - b).slice(0, 9);
    assert.deepEqual([...found.places], nearest);
    assert.deepEqual(
      [...found.distances],
      nearest.map((i) => distances[i]),
    );
  }
  assert.ok(tree.compared < 0.9 * 40 * 700, `${tree.compared} rows were compared`);
});
