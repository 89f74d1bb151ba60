import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { takeRows } from '../../../src/engine/data/table.ts';
import { examples } from '../../../src/engine/explain/examples.ts';
import { gower } from '../../../src/engine/explain/gower.ts';
import { type Kernel, nearestPrototypes, prototypes, rbfKernel } from '../../../src/engine/explain/mmd-critic.ts';
import { forest } from '../../../src/engine/learners/forest.ts';
import { isTreeEnsemble, numberGoesLeft } from '../../../src/engine/models/tree-ensemble.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { categories, fixtures, islands, numbers, tableOf } from './fixtures.ts';

const signal = new AbortController().signal;

describe('Gower distance', () => {
  const train = tableOf([numbers('x', [0, 10, 5, Number.NaN]), categories('island', [0, 1, 0, 2], islands)]);
  const { distance } = gower(train, train, train);

  it('is the mean of range-scaled differences and mismatches', () => {
    assert.equal(distance(0, 1), (1 + 1) / 2);
    assert.equal(distance(0, 2), (0.5 + 0) / 2);
    assert.equal(distance(2, 2), 0);
  });

  it('leaves out what either row does not know, and is 1 where nothing is known in common', () => {
    assert.equal(distance(0, 3), 1);
    const holes = tableOf([numbers('x', [Number.NaN, 1]), categories('island', [0, -1], islands)]);
    assert.equal(gower(holes, holes, train).distance(0, 1), 1);
    assert.equal(gower(holes, holes, train).distance(0, 0), 0);
  });

  it('compares levels by name and counts values beyond the training range as the whole range', () => {
    const other = tableOf([numbers('x', [1000]), categories('island', [1], ['Torgersen', 'Biscoe'])]);
    assert.equal(gower(train, other, train).distance(0, 0), (1 + 0) / 2);
  });

  it('refuses tables of other columns', () => {
    const other = tableOf([numbers('y', [1]), categories('island', [1], islands)]);
    assert.throws(() => gower(train, other, train), /"x" \(numeric\) cannot be compared with "y"/);
  });
});

describe('MMD-critic', () => {
  /** Squared distances of points on a line. */
  function lineKernel(points: readonly number[]): Kernel {
    const distances = Float64Array.from(points.flatMap((a) => points.map((b) => (a - b) ** 2)));
    return rbfKernel(distances, points.length);
  }

  /** Squared maximum mean discrepancy between all points and the chosen (Kim et al. 2016, equation 2), without its constant. */
  function discrepancy({ count, values }: Kernel, chosen: readonly number[]): number {
    const all = [...Array(count).keys()];
    const cross = chosen.reduce((sum, s) => sum + all.reduce((inner, j) => inner + values[j * count + s], 0), 0);
    const own = chosen.reduce((sum, s) => sum + chosen.reduce((inner, t) => inner + values[s * count + t], 0), 0);
    return own / chosen.length ** 2 - (2 / (count * chosen.length)) * cross;
  }

  it('finds the middle of each of three clusters', () => {
    const points = [0, 0.1, 0.2, 0.3, 0.4, 10, 10.1, 10.2, 10.3, 10.4, 20, 20.1, 20.2, 20.3, 20.4];
    const chosen = prototypes(lineKernel(points), 3);
    assert.deepEqual(chosen.map((i) => Math.floor(i / 5)).sort(), [0, 1, 2]);
    assert.ok(
      nearestPrototypes(lineKernel(points), chosen).every((p, i) => Math.floor(chosen[p] / 5) === Math.floor(i / 5)),
    );
  });

  it('adds at each step the row that lowers the discrepancy most, and ends below nearly any random choice', () => {
    const random = createRandom(3);
    const kernel = lineKernel(Array.from({ length: 40 }, () => random.normal() + (random.uniform() < 0.3 ? 5 : 0)));
    const chosen = prototypes(kernel, 5);
    for (let step = 0; step < chosen.length; step++) {
      const before = chosen.slice(0, step);
      const rest = [...Array(40).keys()].filter((row) => !before.includes(row));
      const best = Math.min(...rest.map((row) => discrepancy(kernel, [...before, row])));
      assert.ok(Math.abs(discrepancy(kernel, chosen.slice(0, step + 1)) - best) < 1e-12, `step ${step}`);
    }
    const choices = Array.from({ length: 200 }, () => [...random.permutation(40).slice(0, 5)]);
    const better = choices.filter((choice) => discrepancy(kernel, choice) < discrepancy(kernel, chosen));
    assert.ok(better.length <= 30, `${better.length} of 200 random choices are better`);
  });

  it('takes the median distance as its bandwidth, and copes with twins', () => {
    const kernel = rbfKernel(Float64Array.of(0, 1, 4, 1, 0, 9, 4, 9, 0), 3);
    assert.equal(kernel.bandwidth, 4);
    assert.equal(kernel.values[1], Math.exp(-1 / 8));
    const twins = rbfKernel(new Float64Array(9), 3);
    assert.ok(twins.values.every((value) => value === 1));
    assert.equal(prototypes(twins, 5).length, 3);
  });
});

describe('examples', () => {
  const { predictor, data } = fixtures[0];

  it('finds the row itself first where it was trained on', async () => {
    const known = { train: data.evaluation, evaluation: data.evaluation, part: 'test' } as const;
    const result = await examples.explain(predictor, known, { seed: 1, row: 17 }, () => {}, signal);
    assert.equal(result.nearest[0].rowIndex, 17);
    assert.equal(result.nearest[0].distance, 0);
    assert.deepEqual(result.nearest[0].row, result.row);
  });

  it('orders neighbours by distance and agrees with a search of all', async () => {
    const result = await examples.explain(predictor, data, { seed: 1, row: 2, neighbours: 400 }, () => {}, signal);
    const distances = result.nearest.map(({ distance }) => distance!);
    assert.equal(distances.length, 400);
    assert.ok(distances.every((distance, i) => distance >= (distances[i - 1] ?? 0) && distance <= 1));
    const { distance } = gower(data.evaluation.features, data.train.features, data.train.features);
    assert.ok(result.nearest.every((near) => near.distance === distance(2, near.rowIndex)));
  });

  it('says truth and prediction of each, and how many of the nearest agree', async () => {
    const {
      nearest,
      prediction,
      quality,
      prototypes: typical,
    } = await examples.explain(predictor, data, { seed: 1, row: 2 }, () => {}, signal);
    const { target } = data.train;
    assert.ok(
      target.kind === 'classes' &&
        nearest.every(({ truth, rowIndex }) => truth === target.classes[target.codes[rowIndex]]),
    );
    assert.equal(quality.value, nearest.filter(({ truth }) => truth === prediction).length / 5);
    assert.ok(Math.abs(typical.reduce((sum, { share }) => sum + share!, 0) - 1) < 1e-9);
    assert.equal(new Set(typical.map(({ rowIndex }) => rowIndex)).size, 6);
  });

  it("is near by the share of trees in which rows end in other leaves, in a forest's own space", async () => {
    const { data: known } = fixtures[2];
    const context = { train: known.train, seed: 1, signal, report: async () => 'continue' as const };
    const model = await forest.fit(context, { trees: 8 });
    assert.ok(isTreeEnsemble(model));
    const both = { train: known.train, evaluation: known.train, part: 'test' } as const;
    const options = { seed: 1, row: 7, space: 'model', neighbours: 12 } as const;
    const { nearest, space } = await examples.explain(model, both, options, () => {}, signal);
    assert.deepEqual(space, { kind: 'leaves', rows: 400, available: 400 });
    assert.ok(nearest.some(({ rowIndex, distance }) => rowIndex === 7 && distance === 0));
    assert.ok(nearest.every(({ distance }) => Number.isInteger(8 * distance!)));
    const one = (row: number) => model.treeNumbers(takeRows(known.train.features, [row]));
    const { nodes, roots } = model.trees();
    const ends = (numbers: Float64Array) =>
      Array.from(roots, (root) => {
        let node = root;
        while (nodes.input[node] >= 0)
          node = numberGoesLeft(nodes, node, numbers[nodes.input[node]]) ? nodes.left[node] : nodes.right[node];
        return node;
      });
    const own = ends(one(7));
    for (const { rowIndex, distance } of nearest)
      assert.equal(distance, ends(one(rowIndex)).filter((leaf, tree) => leaf !== own[tree]).length / 8);
  });

  it("is near by its predictions in another model's own space", async () => {
    const options = { seed: 1, row: 2, space: 'model' } as const;
    const { nearest, space } = await examples.explain(predictor, data, options, () => {}, signal);
    assert.equal(space!.kind, 'predictions');
    const prediction = await predictor.predict(data.train.features);
    const [own] = (await predictor.predict(takeRows(data.evaluation.features, [2]))).values;
    const gaps = Array.from({ length: 400 }, (_, row) => Math.abs(prediction.values[2 * row] - own));
    const worst = Math.max(...nearest.map(({ rowIndex }) => gaps[rowIndex]));
    assert.ok(gaps.filter((gap) => gap < worst).length <= 8, `${worst}`);
    const values = await examples.explain(fixtures[2].predictor, fixtures[2].data, options, () => {}, signal);
    assert.ok(values.nearest.every(({ distance }) => distance! < 0.05));
  });

  it('refuses rows that are not there', async () => {
    await assert.rejects(
      examples.explain(predictor, data, { seed: 1, row: -1 }, () => {}, signal),
      /no row -1/,
    );
    await assert.rejects(
      examples.explain(predictor, data, { seed: 1, row: 150 }, () => {}, signal),
      /no row 150/,
    );
  });
});
