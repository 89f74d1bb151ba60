import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fairWeights, reweighted } from '../../../src/engine/fairness/reweighting.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { coded, dataset, numeric } from '../learners/toy-data.ts';

/** Ten applicants, 4 men and 2 women of whom are taken: the example of Kamiran and Calders 2012, table 1. */
const sex = ['m', 'm', 'm', 'm', 'm', 'f', 'f', 'f', 'f', 'f'];
const taken = [1, 1, 1, 1, 0, 1, 1, 0, 0, 0];
const rows = sex.map((_, row) => row);
const applicants = dataset('binary', [numeric('row', rows), coded('sex', sex)], taken, 2);

describe('reweighting', () => {
  it('gives the weights of the paper', () => {
    const weights = fairWeights(applicants, ['sex'])!;
    const wanted = { m1: 0.75, m0: 2, f1: 1.5, f0: 2 / 3 };
    for (const [row, weight] of weights.entries())
      assert.ok(Math.abs(weight - wanted[`${sex[row]}${taken[row]}` as keyof typeof wanted]) < 1e-12);
  });

  it('makes groups and classes independent, by weights or by rows drawn', () => {
    const random = createRandom(3);
    const groups = Array.from({ length: 3000 }, () => ['a', 'b', 'c'][random.integer(3)]);
    const truth = groups.map((group) => (random.uniform() < { a: 0.7, b: 0.4, c: 0.1 }[group]! ? 1 : 0));
    const data = dataset('binary', [coded('group', groups)], truth, 2);
    const share = (names: readonly string[], codes: ArrayLike<number>, weights: ArrayLike<number>, group: string) => {
      const own = names.flatMap((name, row) => (name === group ? [row] : []));
      const sum = (among: readonly number[]) => among.reduce((total, row) => total + weights[row], 0);
      return sum(own.filter((row) => codes[row] === 1)) / sum(own);
    };
    const all = truth.filter((one) => one === 1).length / truth.length;
    const { weights } = reweighted(data, ['group'], true, createRandom(1))!;
    for (const group of ['a', 'b', 'c']) assert.ok(Math.abs(share(groups, truth, weights!, group) - all) < 1e-9);
    assert.ok(Math.abs(weights!.reduce((a, b) => a + b) / weights!.length - 1) < 1e-12);

    const drawn = reweighted(data, ['group'], false, createRandom(1))!;
    assert.equal(drawn.weights, undefined);
    assert.equal(drawn.train.features.rowCount, 3000);
    const [column] = drawn.train.features.columns;
    assert.ok(column.kind === 'coded' && drawn.train.target.kind === 'classes');
    const names = Array.from(column.codes, (code) => column.levels[code]);
    const each = names.map(() => 1);
    for (const group of ['a', 'b', 'c'])
      assert.ok(Math.abs(share(names, drawn.train.target.codes, each, group) - all) < 0.02);
  });

  it('parts rows by several columns together, leaves numbers alone, and says what is missing', () => {
    const two = dataset(
      'binary',
      [
        coded('sex', sex),
        coded(
          'home',
          sex.map((_, row) => (row % 2 ? 'x' : 'y')),
        ),
      ],
      taken,
      2,
    );
    assert.equal(fairWeights(two, ['sex', 'home'])!.length, 10);
    const numbers = dataset('regression', [coded('sex', sex)], rows);
    assert.equal(reweighted(numbers, ['sex'], true, createRandom(1)), undefined);
    assert.throws(() => fairWeights(applicants, ['age']), /compared by "age", which is not in the data/);
  });
});
