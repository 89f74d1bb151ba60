import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CodedColumn, Table } from '../../../../src/engine/data/table.ts';
import { accumulatedEffect, pointWeights } from '../../../../src/engine/explain/decomposition/accumulated-effects.ts';
import { accumulatedPairEffect } from '../../../../src/engine/explain/decomposition/accumulated-pair-effects.ts';
import { Asking } from '../../../../src/engine/explain/decomposition/asking.ts';
import { predictedNumbers } from '../../../../src/engine/explain/decomposition/explained-numbers.ts';
import { levelOrder } from '../../../../src/engine/explain/decomposition/level-order.ts';
import { adaptiveEdges } from '../../../../src/engine/explain/decomposition/quantile-bins.ts';
import { stepAxis } from '../../../../src/engine/explain/decomposition/step-axis.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { categories, numbers, tableOf } from '../fixtures.ts';
import { dataOf, functionPredictor, normalTable, rowsOf } from './functions.ts';

type F = Parameters<typeof functionPredictor>[0];
const askingOf = (f: F, table: Table) =>
  new Asking(predictedNumbers(functionPredictor(f), dataOf(table).evaluation.info), () => false);
const axesOf = (table: Table, ...places: number[]) => places.map((j) => stepAxis(table, table.columns[j], 20, table));

const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, within: number) => {
  assert.equal(found.length, wanted.length);
  for (let i = 0; i < found.length; i++)
    assert.ok(Math.abs(found[i] - wanted[i]) <= within, `at ${i}: ${found[i]}, and not ${wanted[i]}`);
};

describe('bins of accumulated local effects', () => {
  it('are as many quantiles as leave more than 4 rows in each', () => {
    const sorted = Float64Array.from({ length: 103 }, (_, i) => i);
    const edges = adaptiveEdges(sorted, 100);
    const counts = Array.from(
      edges.slice(1),
      (high, k) => sorted.filter((v) => v <= high && (v > edges[k] || k === 0)).length,
    );
    assert.ok(Math.min(...counts) > 4, `${counts}`);
    assert.equal(edges.length - 1, 20);
    assert.equal(edges[0], 0);
    assert.equal(edges.at(-1), 102);
  });

  it('are the distinct values where they are few, and hold where most rows are one value', () => {
    const few = Float64Array.from({ length: 60 }, (_, i) => Math.floor(i / 10));
    assert.deepEqual([...adaptiveEdges(few, 100)], [0, 1, 2, 3, 4, 5]);
    const heaped = Float64Array.from({ length: 200 }, (_, i) => (i < 180 ? 0 : i));
    const edges = adaptiveEdges(heaped, 100);
    assert.equal(edges[0], 0);
    assert.ok(edges.length > 2);
  });
});

describe('accumulated local effects', () => {
  it('are the definition, written straight from it', async () => {
    const table = normalTable(300, 3, 1);
    const f: F = ({ x0, x1, x2 }) => Math.sin(x0) * x1 + x0 * x2 ** 2;
    const [axis] = axesOf(table, 0);
    const { effect } = (await accumulatedEffect(askingOf(f, table), table, axis))!;
    const edges = (axis.points as { values: Float64Array }).values;
    const wanted = [0];
    const counts: number[] = [];
    for (let k = 1; k < edges.length; k++) {
      const inside = rowsOf(table).filter(
        ({ x0 }) => x0 <= edges[k] && (x0 > edges[k - 1] || (k === 1 && x0 === edges[0])),
      );
      const changes = inside.map((row) => f({ ...row, x0: edges[k] }) - f({ ...row, x0: edges[k - 1] }));
      wanted.push(wanted[k - 1] + changes.reduce((a, b) => a + b, 0) / inside.length);
      counts.push(inside.length);
    }
    const centre = counts.reduce((sum, count, k) => sum + (count * (wanted[k] + wanted[k + 1])) / 2, 0) / 300;
    close(
      effect[0],
      wanted.map((value) => value - centre),
      1e-12,
    );
  });

  it('give each addend of a sum exactly, however the columns go together', async () => {
    const random = createRandom(3);
    const x0 = Array.from({ length: 400 }, () => random.normal());
    const table = tableOf([
      numbers('x0', x0),
      numbers(
        'x1',
        x0.map((value) => value + 0.05 * random.normal()),
      ),
    ]);
    const f: F = (row) => Math.exp(row.x0) - 3 * row.x1;
    const [axis] = axesOf(table, 0);
    const { effect, error } = (await accumulatedEffect(askingOf(f, table), table, axis))!;
    const edges = (axis.points as { values: Float64Array }).values;
    const weights = pointWeights(axis);
    const mean = edges.reduce((sum, edge, point) => sum + weights[point] * Math.exp(edge), 0);
    close(
      effect[0],
      edges.map((edge) => Math.exp(edge) - mean),
      1e-9,
    );
    assert.ok(
      error[0].every((value) => value < 1e-6),
      'all rows of a step say the same',
    );
  });

  it('follow the slope among the rows there are: half the square, of a product of two copies', async () => {
    const values = Array.from({ length: 2001 }, (_, i) => (i - 1000) / 1000);
    const table = tableOf([numbers('x0', values), numbers('x1', values)]);
    const axis = stepAxis(table, table.columns[0], 100, table);
    const { effect } = (await accumulatedEffect(
      askingOf(({ x0, x1 }) => x0 * x1, table),
      table,
      axis,
    ))!;
    const edges = (axis.points as { values: Float64Array }).values;
    close(
      effect[0],
      edges.map((edge) => edge ** 2 / 2 - 1 / 6),
      0.002,
    );
  });

  it('step between levels that are alike, by the rows of both', async () => {
    const codes = Array.from({ length: 300 }, (_, i) => i % 3);
    const random = createRandom(5);
    // In the order of the other column b stands between a and c.
    const other = codes.map((code) => [0, 6, 3][code] + 0.5 * random.normal());
    const table = tableOf([categories('level', codes, ['a', 'c', 'b']), numbers('x', other)]);
    const axis = stepAxis(table, table.columns[0], 20, table);
    assert.deepEqual([...(axis.points as CodedColumn).codes], [0, 2, 1]);
    const add = [10, 40, 20];
    const { effect } = (await accumulatedEffect(
      askingOf(({ level, x }) => add[level] + x, table),
      table,
      axis,
    ))!;
    close(effect[0], [10 - 70 / 3, 20 - 70 / 3, 40 - 70 / 3], 1e-9);
  });

  it('put levels in the order of shares of another category too', () => {
    const level: CodedColumn = {
      kind: 'coded',
      type: 'category',
      name: 'level',
      codes: Int32Array.from({ length: 400 }, (_, i) => i % 4),
      levels: ['p', 'q', 'r', 's'],
    };
    const shares = [0, 0.9, 0.3, 0.6];
    const other = categories(
      'other',
      Array.from({ length: 400 }, (_, i) => (Math.floor(i / 4) % 100 < 100 * shares[i % 4] ? 1 : 0)),
      ['no', 'yes'],
    );
    assert.deepEqual(levelOrder(level, [0, 1, 2, 3], tableOf([other])), [0, 2, 3, 1]);
  });
});

describe('accumulated local effects of second order', () => {
  it('are nothing where columns add up', async () => {
    const table = normalTable(400, 3, 2);
    const [a, b] = axesOf(table, 0, 1);
    const f: F = ({ x0, x1, x2 }) => x0 ** 3 + Math.sin(5 * x1) + x0 * x2;
    const [surface] = (await accumulatedPairEffect(askingOf(f, table), table, [a, b]))!;
    close(surface, new Float64Array(surface.length), 1e-9);
  });

  it('are the product of centred numbers, on a full grid', async () => {
    const sides = Array.from({ length: 21 }, (_, i) => i / 10);
    const table = tableOf([
      numbers(
        'x0',
        sides.flatMap((value) => sides.map(() => value)),
      ),
      numbers(
        'x1',
        sides.flatMap(() => sides.map((value) => value ** 2)),
      ),
    ]);
    const [a, b] = axesOf(table, 0, 1);
    const [surface] = (await accumulatedPairEffect(
      askingOf(({ x0, x1 }) => 4 * x0 * x1, table),
      table,
      [a, b],
    ))!;
    const centre = ({ points }: typeof a) =>
      pointWeights(points === a.points ? a : b).reduce(
        (sum, weight, i) => sum + weight * (points as { values: Float64Array }).values[i],
        0,
      );
    const [ca, cb] = [centre(a), centre(b)];
    const values = (axis: typeof a) => [...(axis.points as { values: Float64Array }).values];
    close(
      surface,
      values(a).flatMap((x) => values(b).map((y) => 4 * (x - ca) * (y - cb))),
      1e-9,
    );
  });

  it('are what is left of a table of levels after rows and columns', async () => {
    const cells = [
      [0, 3],
      [5, -2],
    ];
    const codes = Array.from({ length: 80 }, (_, i) => i);
    const table = tableOf([
      categories(
        'g',
        codes.map((i) => i % 2),
        ['a', 'b'],
      ),
      categories(
        'h',
        codes.map((i) => (i >> 1) % 2),
        ['c', 'd'],
      ),
    ]);
    const [a, b] = axesOf(table, 0, 1);
    const [surface] = (await accumulatedPairEffect(
      askingOf(({ g, h }) => cells[g][h], table),
      table,
      [a, b],
    ))!;
    close(surface, [-2.5, 2.5, 2.5, -2.5], 1e-9);
  });

  it('of a number with a level are the difference of slopes', async () => {
    const random = createRandom(8);
    const table = tableOf([
      numbers(
        'x',
        Array.from({ length: 400 }, () => random.uniform()),
      ),
      categories(
        'g',
        Array.from({ length: 400 }, (_, i) => i % 2),
        ['a', 'b'],
      ),
    ]);
    const [a, b] = axesOf(table, 0, 1);
    const [surface] = (await accumulatedPairEffect(
      askingOf(({ x, g }) => (g === 1 ? 3 * x : -x), table),
      table,
      [a, b],
    ))!;
    const edges = (a.points as { values: Float64Array }).values;
    const rise = (point: number, level: number) => surface[point * 2 + level] - surface[level];
    for (const point of edges.keys()) {
      const wanted = 4 * (edges[point] - edges[0]);
      assert.ok(Math.abs(rise(point, 1) - rise(point, 0) - wanted) < 1e-9);
    }
  });
});
