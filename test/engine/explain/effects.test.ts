import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import { type EffectsOptions, effects } from '../../../src/engine/explain/effects.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { correlation, ranks } from '../../../src/engine/statistics/rank-correlation.ts';
import { effectsWords } from '../../../src/shared/results/effects.ts';
import { dataOf, functionPredictor, normalTable, rowsOf, signal, silent } from './decomposition/functions.ts';
import { categories, fixtures, numbers, tableOf } from './fixtures.ts';

interface GoldenColumn {
  readonly grid: readonly number[];
  /** [outputs][points] */
  readonly average: readonly (readonly number[])[];
  /** [outputs][rows][points] */
  readonly individual: readonly (readonly (readonly number[])[])[];
}
interface Golden {
  readonly x: readonly (readonly number[])[];
  readonly resolution: number;
  readonly regression: readonly GoldenColumn[];
  readonly multiclass: readonly GoldenColumn[];
}
const golden = JSON.parse(
  readFileSync(new URL('golden/partial-dependence.golden.json', import.meta.url), 'utf8'),
) as Golden;

/** As in partial-dependence.py. */
const score = ({ x0, x1, x2, x3 }: Readonly<Record<string, number>>) =>
  Math.sin(x0) * x1 + 0.5 * x2 ** 2 - 0.3 * x0 + 0.2 * x1 * x2 * x3;
const threeClasses: Predictor = {
  task: 'multiclass',
  classes: ['a', 'b', 'c'],
  async predict(rows) {
    const values = rowsOf(rows).flatMap((row) => {
      const weights = [score(row), 0, row.x3 - score(row)].map(Math.exp);
      const total = weights.reduce((a, b) => a + b);
      return weights.map((weight) => weight / total);
    });
    return { kind: 'probabilities', classCount: 3, values: Float64Array.from(values) };
  },
};
const goldenTable = tableOf(
  golden.x[0].map((_, j) =>
    numbers(
      `x${j}`,
      golden.x.map((row) => row[j]),
    ),
  ),
);

const explain = (predictor: Predictor, table: Table, options: Partial<EffectsOptions> = {}) =>
  effects.explain(predictor, dataOf(table), { seed: 1, ...options }, silent, signal);

describe('effects', () => {
  for (const [task, predictor] of [
    ['regression', functionPredictor(score)],
    ['multiclass', threeClasses],
  ] as const)
    it(`have scikit-learn's partial dependence (${task})`, async () => {
      const result = await explain(predictor, goldenTable, { grid: golden.resolution, lines: 9 });
      for (const [j, wanted] of golden[task].entries()) {
        const { partial } = result.columns.find(({ column }) => column === `x${j}`)!;
        const near = (found: readonly number[], of: readonly number[], within: number) => {
          assert.equal(found.length, of.length);
          for (const [i, value] of found.entries())
            assert.ok(Math.abs(value - of[i]) <= within, `x${j} at ${i}: ${value}, scikit-learn ${of[i]}`);
        };
        near(partial.at, wanted.grid, 1e-9);
        for (const [output, of] of wanted.average.entries()) {
          near(partial.mean[output], of, 1e-6);
          for (const [row, line] of wanted.individual[output].entries()) near(partial.lines[output][row], line, 5e-3);
        }
      }
    });

  it('rank columns as the known weights do, and give what has none nothing', async () => {
    const weights = [0.1, 2, 0.5, 1.5, 0, 1, 0.25, 0];
    const f = functionPredictor((row) => weights.reduce((sum, weight, j) => sum + weight * Math.tanh(row[`x${j}`]), 0));
    const { columns } = await explain(f, normalTable(500, 8, 4));
    const truth = columns.map(({ column }) => weights[Number(column.slice(1))]);
    assert.ok(correlation(ranks(columns.map(({ spread }) => spread)), ranks(truth)) >= 0.95);
    for (const { column, spread } of columns) if (weights[Number(column.slice(1))] === 0) assert.equal(spread, 0);
  });

  it('say where partial dependence and local effects disagree, and the column to blame', async () => {
    const random = createRandom(2);
    const x0 = Array.from({ length: 600 }, () => random.normal());
    const table = tableOf([
      numbers('x0', x0),
      numbers(
        'x1',
        x0.map((value) => value + 0.1 * random.normal()),
      ),
      numbers(
        'x2',
        x0.map(() => random.normal()),
      ),
    ]);
    const product = functionPredictor((row) => row.x0 * row.x1 + row.x2);
    const result = await explain(product, table);
    const found = Object.fromEntries(result.columns.map((one) => [one.column, one]));
    assert.equal(found.x0.disagreement?.goesWith?.column, 'x1');
    assert.equal(found.x2.disagreement, undefined);
    assert.match(
      effectsWords(result),
      /Along x0 the two differ by \d+ % of the effect\. x0 goes with x1 \(association 0\.9\d*\)/,
    );
  });

  it('agree where columns are independent, interactions or not (false alarms at most 5 %)', async () => {
    let alarms = 0;
    for (let seed = 0; seed < 25; seed++) {
      const f = functionPredictor(({ x0, x1, x2, x3 }) => x0 * x1 + Math.sin(2 * x2) + 0.5 * x2 * x3);
      const { columns } = await explain(f, normalTable(400, 4, 100 + seed), { seed, grid: 20, rows: 60, lines: 0 });
      alarms += columns.filter(({ disagreement }) => disagreement).length;
    }
    assert.ok(alarms <= 5, `${alarms} of 100`);
  });

  it('draw dates, levels and missing values', async () => {
    const day = 86_400_000;
    const rows = Array.from({ length: 200 }, (_, i) => i);
    const table = tableOf([
      {
        kind: 'numeric',
        type: 'date',
        name: 'when',
        values: Float64Array.from(rows, (i) => (i % 20 === 0 ? Number.NaN : i * day)),
      },
      categories(
        'island',
        rows.map((i) => (i % 4) - 1),
        ['Biscoe', 'Dream', 'Torgersen'],
      ),
    ]);
    const f = functionPredictor(({ when, island }) => (Number.isNaN(when) ? -5 : when / day / 100) + island);
    const result = await explain(f, table);
    const [when, island] = ['when', 'island'].map((name) => result.columns.find(({ column }) => column === name)!);
    assert.equal(when.axis.kind === 'numbers' && when.axis.date, true);
    assert.equal(when.missing?.share, 0.05);
    assert.ok(Math.abs(when.missing!.partial[0] - -4.5) < 1e-9);
    assert.equal(island.missing?.share, 0.25);
    assert.deepEqual(island.axis.kind === 'levels' && [...island.axis.levels].sort(), ['Biscoe', 'Dream', 'Torgersen']);
    assert.match(effectsWords(result), /when from .* at 1970-0\d-\d\d to .* at 1970-/);
  });

  it('choose the strongest of very many columns, and say so', async () => {
    const value = (table: Table, name: string, row: number) => {
      const column = columnNamed(table, name);
      return column.kind === 'numeric' ? column.values[row] : 0;
    };
    const f: Predictor = {
      task: 'regression',
      predict: async (table) => ({
        kind: 'values',
        values: Float64Array.from(
          { length: table.rowCount },
          (_, row) => 3 * value(table, 'x7', row) + value(table, 'x300', row) ** 2,
        ),
      }),
    };
    const wide = normalTable(60, 400, 6);
    const result = await explain(f, wide, { most: 2, grid: 10, rows: 20, lines: 0 });
    assert.deepEqual(
      result.columns.map(({ column }) => column),
      ['x7', 'x300'],
    );
    assert.equal(result.further, 398);
    assert.match(effectsWords(result), /398 columns that move predictions less are not drawn/);
  });

  it('look at no more rows than they may, of a hundred thousand', async () => {
    const result = await explain(
      functionPredictor(({ x0 }) => x0),
      normalTable(100_000, 2, 1),
    );
    assert.deepEqual([result.rows, result.localRows, result.rowsAvailable], [200, 1000, 100_000]);
    assert.ok(result.cost.predictions < 50_000);
  });

  it('of a constant, of one row and of a column without a known value are nothing', async () => {
    const blank = numbers(
      'blank',
      Array.from({ length: 30 }, () => Number.NaN),
    );
    const table = tableOf([
      blank,
      numbers(
        'x',
        Array.from({ length: 30 }, (_, i) => i),
      ),
    ]);
    const constant = await explain(
      functionPredictor(() => 7),
      table,
    );
    assert.match(effectsWords(constant), /No column moves the outcome by itself/);
    assert.match(constant.quality.words, /the same for every row/);
    assert.doesNotMatch(JSON.stringify(constant), /null,null/);
    const one = await explain(
      functionPredictor(({ x }) => x),
      tableOf([numbers('x', [3])]),
    );
    assert.equal(one.columns[0].spread, 0);
  });

  it('are kept as far as they came when it was enough', async () => {
    const { predictor, data } = fixtures[1];
    let rows = 0;
    const counting: Predictor = {
      ...predictor,
      predict(table) {
        rows += table.rowCount;
        return predictor.predict(table);
      },
    };
    const result = await effects.explain(counting, data, { seed: 1 }, silent, signal, () => rows > 10_000);
    assert.ok(result.columns.length < 5);
    assert.match(result.partial!, /^Ended after \d of 5 columns/);
    const none = await effects.explain(predictor, data, { seed: 1 }, silent, signal, () => true);
    assert.equal(none.columns.length, 0);
    assert.doesNotMatch(effectsWords(none), /NaN|undefined/);
  });

  it('refuse options out of range, a column that there is not, and a model that predicts NaN', async () => {
    const table = normalTable(20, 2, 1);
    const f = functionPredictor(({ x0 }) => x0);
    await assert.rejects(explain(f, table, { grid: 1 }), /grid must be a whole number from 2, not 1/);
    await assert.rejects(explain(f, table, { columns: ['y'] }), /no column "y" among x0, x1/);
    await assert.rejects(
      explain(
        functionPredictor(() => Number.NaN),
        table,
      ),
      /predicts NaN/,
    );
  });
});
