import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed } from '../../../src/engine/data/table.ts';
import { distinctPairs, nearPairs } from '../../../src/engine/explain/near-misses/near-pairs.ts';
import { nearMisses } from '../../../src/engine/explain/near-misses.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { nearMissesWords, tellsRows } from '../../../src/shared/results/near-misses.ts';
import { categories, datasetOf, fixtures, islands, numbers, tableOf } from './fixtures.ts';

const { signal } = new AbortController();
const classes = ['no', 'yes'];

const rows = (x: readonly number[], codes: readonly number[]) =>
  datasetOf(
    tableOf([
      numbers('x', x),
      categories(
        'island',
        x.map(() => 0),
        islands,
      ),
    ]),
    { kind: 'classes', codes: Int32Array.from(codes), classes },
    'binary',
  );

/** 'yes' where x is above the border. */
const above = (border: number): Predictor => ({
  task: 'binary',
  classes,
  async predict(table) {
    const x = columnNamed(table, 'x');
    const values = new Float64Array(2 * table.rowCount);
    for (let row = 0; row < table.rowCount; row++)
      values[2 * row + (x.kind === 'numeric' && x.values[row] > border ? 1 : 0)] = 1;
    return { kind: 'probabilities', classCount: 2, values };
  },
});

const explain = (predictor: Predictor, data: ReturnType<typeof rows>, more = {}) =>
  nearMisses.explain(
    predictor,
    { train: data, evaluation: data, part: 'test' },
    { seed: 1, ...more },
    () => {},
    signal,
  );

describe('pairs of near rows', () => {
  it('are those that a search of all pairs finds', async () => {
    const random = createRandom(3);
    const x = Array.from({ length: 60 }, () => random.normal());
    const isEven = x.map(() => random.integer(2));
    const distance = (a: number, b: number) => Math.abs(x[a] - x[b]);
    const found = await nearPairs(60, distance, [(a, b) => isEven[a] !== isEven[b]], async () => undefined);
    x.forEach((_, row) => {
      const others = [...x.keys()].filter((other) => other !== row);
      assert.equal(found.distances[row], Math.min(...others.map((other) => distance(row, other))));
      const rivals = others.filter((other) => isEven[other] !== isEven[row]);
      const own = found.apart[0].find(({ a }) => a === row)!;
      assert.equal(own.distance, Math.min(...rivals.map((other) => distance(row, other))));
    });
  });

  it('name each row once, the nearest first', () => {
    const pairs = [
      { a: 0, b: 1, distance: 2 },
      { a: 1, b: 0, distance: 2 },
      { a: 2, b: 1, distance: 1 },
      { a: 3, b: 4, distance: 5 },
    ];
    assert.deepEqual(
      distinctPairs(pairs, 5).map(({ a, b }) => [a, b]),
      [
        [2, 1],
        [3, 4],
      ],
    );
  });
});

describe('near misses', () => {
  it('finds the rows on either side of the border, and what differs', async () => {
    const x = Array.from({ length: 40 }, (_, i) => i);
    const data = rows(
      x,
      x.map((value) => (value > 19 ? 1 : 0)),
    );
    const result = await explain(above(19.5), data);
    const [first] = result.predictedApart;
    assert.deepEqual(first.rows.map(({ rowIndex }) => rowIndex).sort(), [19, 20]);
    assert.deepEqual(first.differ, ['x']);
    assert.ok(tellsRows(result.predicted) && result.predicted.share <= 2 / 40);
    assert.ok(Math.abs(result.predicted.random - 20 / 39) < 0.05);
    assert.match(nearMissesWords(result), /mostly treated alike/);
  });

  it('finds twins that turned out differently', async () => {
    const data = rows([1, 1, 5, 6, 7, 8, 9, 10], [0, 1, 1, 1, 1, 1, 1, 1]);
    const result = await explain(above(20), data);
    assert.equal(result.trulyApart[0].distance, 0);
    assert.deepEqual(result.trulyApart[0].differ, []);
    assert.equal(result.predictedApart.length, 0);
    assert.match(result.quality.words, /predicted alike/);
  });

  it('says that truths which are noise are told by no column: in at least 11 of 12 draws', async () => {
    let told = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const random = createRandom(seed);
      const draw = (of: () => number) => Array.from({ length: 120 }, of);
      const data = rows(
        draw(() => random.normal()),
        draw(() => random.integer(2)),
      );
      const result = await explain(above(0), data, { seed });
      if (tellsRows(result.true)) told++;
      else assert.match(nearMissesWords(result), /hardly tell/);
    }
    assert.ok(told <= 1, `${told}`);
  });

  it('copes with values, and refuses a single row', async () => {
    const { predictor, data } = fixtures[2];
    const result = await nearMisses.explain(predictor, data, { seed: 1 }, () => {}, signal);
    assert.ok(result.apart! > 0);
    assert.ok(result.predictedApart.every(({ rows: [a, b] }) => Math.abs(+a.predicted - +b.predicted) > result.apart!));
    assert.ok(tellsRows(result.predicted));
    await assert.rejects(explain(above(0), rows([1], [0])), RangeError);
  });
});
