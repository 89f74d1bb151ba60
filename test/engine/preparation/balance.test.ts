import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { knn } from '../../../src/engine/learners/knn.ts';
import { balance, balanceParameters } from '../../../src/engine/preparation/balance.ts';
import { prepared } from '../../../src/engine/preparation/prepared-learner.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { DatasetInfo } from '../../../src/shared/dataset.ts';
import { fitted } from '../learners/conformance.ts';
import { dataset, numeric } from '../learners/toy-data.ts';

const codes = Int32Array.from([0, 0, 0, 0, 0, 0, 0, 0, 2, 2]);
const target = { kind: 'classes', codes, classes: ['a', 'b', 'c'] } as const;
const balanced = (way: string, weighs = false, weights?: Float64Array) =>
  balance(way, target, weights, weighs, createRandom(1));
const countsOf = (rows: Uint32Array) => [0, 2].map((code) => rows.filter((row) => codes[row] === code).length);

describe('balanced classes', () => {
  it('weights count every class that has rows alike, and have mean 1', () => {
    const { weights, rows } = balanced('weights', true)!;
    assert.equal(rows, undefined);
    assert.deepEqual([...weights!], [...new Array(8).fill(0.625), 2.5, 2.5]);
    const own = balanced(
      'weights',
      true,
      Float64Array.from(codes, (_, row) => (row === 8 ? 5.5 : 0.5)),
    )!.weights!;
    assert.ok(Math.abs(own.reduce((sum, weight) => sum + weight, 0) - 10) < 1e-12);
    assert.ok(Math.abs(own[8] / own[9] - 11) < 1e-12);
  });

  it('rows are drawn alike: repeated, left out, or as many as there are in all', () => {
    assert.deepEqual(countsOf(balanced('oversample')!.rows!), [8, 8]);
    assert.deepEqual(countsOf(balanced('undersample')!.rows!), [2, 2]);
    assert.deepEqual(countsOf(balanced('weights')!.rows!), [5, 5]);
    // Each of the two rows is repeated as often as the other.
    assert.equal(balanced('oversample')!.rows!.filter((row) => row === 8).length, 4);
    assert.deepEqual(balanced('undersample'), balanced('undersample'));
  });

  it('does nothing where nothing is asked for, for values, and for one class', () => {
    assert.equal(balanced('none'), null);
    assert.equal(
      balance('weights', { kind: 'values', values: new Float64Array(3) }, undefined, true, createRandom(1)),
      null,
    );
    const one = { kind: 'classes', codes: new Int32Array(4), classes: ['a', 'b'] } as const;
    assert.equal(balance('oversample', one, undefined, false, createRandom(1)), null);
  });

  it('is offered where classes are out of balance', () => {
    const info = dataset('binary', [numeric('x', [1, 2])], [0, 1], 2).info;
    const withCounts = (...counts: number[]): DatasetInfo => ({
      ...info,
      columns: [{ ...info.columns[0], role: 'target', levels: counts.map((count, i) => ({ level: `${i}`, count })) }],
    });
    assert.deepEqual(balanceParameters(withCounts(50, 40)), []);
    assert.equal(balanceParameters(withCounts(90, 10))[0].initial, 'none');
    assert.deepEqual(balanceParameters({ ...info, classes: undefined, task: 'regression' }), []);
  });

  it('makes a learner that sees few of a class foretell it as often as the others', async () => {
    const truth = Array.from({ length: 200 }, (_, row) => (row % 20 === 0 ? 1 : 0));
    const data = dataset(
      'binary',
      [
        numeric(
          'x',
          truth.map((_, row) => (row * 37) % 11),
        ),
      ],
      truth,
      2,
    );
    const learner = prepared(knn);
    const mean = async (way: string) => {
      const model = await fitted(learner, data, {}, { k: 100, weights: 'uniform', balance: way });
      const { values } = await model.predict(data.features);
      assert.match(model.facts.words, way === 'none' ? /./ : /as many of each class/);
      return values.filter((_, i) => i % 2 === 1).reduce((sum, p) => sum + p / 200, 0);
    };
    assert.ok((await mean('none')) < 0.1);
    for (const way of ['weights', 'oversample']) assert.ok((await mean(way)) > 0.4);
  });
});
