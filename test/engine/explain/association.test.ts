import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { association, associationsOf, correlationRatio, cramersV } from '../../../src/engine/explain/association.ts';
import { correlatedGroups } from '../../../src/engine/explain/correlated-groups.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { ranks } from '../../../src/engine/statistics/rank-correlation.ts';
import { categories, numbers, tableOf } from './fixtures.ts';

const random = createRandom(11);
const draws = Array.from({ length: 300 }, () => random.normal());
const levels = Array.from({ length: 300 }, (_, i) => `level ${i}`);

describe('association', () => {
  it('ranks equal values by their mean rank', () => {
    assert.deepEqual([...ranks([10, 20, 10, 30])], [1.5, 3, 1.5, 4]);
  });

  it('is 1 for any monotone relation of numbers', () => {
    const cubes = numbers(
      'cubes',
      draws.map((value) => -(value ** 3)),
    );
    assert.ok(Math.abs(association(numbers('x', draws), cubes) - 1) < 1e-12);
  });

  it('is 1 for two names of one category and near 0 for unrelated ones', () => {
    const codes = draws.map((_, i) => i % 3);
    const same = association(
      categories('a', codes, levels),
      categories(
        'b',
        codes.map((c) => 2 - c),
        levels,
      ),
    );
    assert.ok(Math.abs(same - 1) < 0.01, `${same}`);
    assert.ok(
      cramersV(
        Int32Array.from(codes),
        Int32Array.from(draws, () => random.integer(4)),
      ) < 0.2,
    );
  });

  it('finds a category that decides a number', () => {
    const codes = draws.map((_, i) => i % 3);
    const decided = numbers(
      'decided',
      codes.map((code, i) => code * 10 + draws[i]),
    );
    assert.ok(association(decided, categories('a', codes, levels)) > 0.9);
  });

  it('is not taken in by a column with as many levels as rows', () => {
    const ids = categories(
      'id',
      draws.map((_, i) => i),
      levels,
    );
    assert.equal(association(ids, numbers('x', draws)), 0);
    assert.ok(
      association(
        ids,
        categories(
          'a',
          draws.map((_, i) => i % 3),
          levels,
        ),
      ) < 0.1,
    );
    const pairs = Int32Array.from(draws, (_, i) => Math.floor(i / 2));
    assert.ok(correlationRatio(ranks(draws), pairs) < 0.5);
  });

  it('looks only at rows where both are known, and needs ten', () => {
    const holes = draws.map((value, i) => (i < 291 ? Number.NaN : value));
    assert.equal(association(numbers('x', draws), numbers('holes', holes)), 0);
  });

  it('is the same by position, with and without missing values', () => {
    const columns = [
      numbers('x', draws),
      numbers(
        'y',
        draws.map((value) => value + random.normal()),
      ),
      numbers(
        'holes',
        draws.map((value, i) => (i % 7 === 0 ? Number.NaN : value ** 2)),
      ),
      categories(
        'a',
        draws.map((_, i) => i % 3),
        levels,
      ),
    ];
    const between = associationsOf(columns);
    for (const i of columns.keys())
      for (const j of columns.keys()) if (i !== j) assert.equal(between(i, j), association(columns[i], columns[j]));
  });

  it('groups columns that say the same, and leaves the others alone', () => {
    const table = tableOf([
      numbers('a', draws),
      numbers(
        'lonely',
        draws.map(() => random.normal()),
      ),
      numbers(
        'b',
        draws.map((value) => value + 0.1 * random.normal()),
      ),
      categories(
        'sign',
        draws.map((value) => (value > 0 ? 1 : 0)),
        ['-', '+'],
      ),
    ]);
    assert.deepEqual(correlatedGroups(table, 0.7), [['a', 'b', 'sign']]);
    assert.deepEqual(correlatedGroups(table, 0.95), [['a', 'b']]);
  });
});
