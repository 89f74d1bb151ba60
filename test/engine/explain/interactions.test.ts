import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Table } from '../../../src/engine/data/table.ts';
import { type InteractionsOptions, interactions } from '../../../src/engine/explain/interactions.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { correlation, ranks } from '../../../src/engine/statistics/rank-correlation.ts';
import { interactionsWords } from '../../../src/shared/results/interactions.ts';
import { dataOf, functionPredictor, normalTable, rowsOf, signal, silent } from './decomposition/functions.ts';
import { categories, datasetOf, fixtures, numbers, tableOf } from './fixtures.ts';

interface Golden {
  readonly x: readonly (readonly number[])[];
  readonly friedman: {
    readonly rows: number;
    readonly columns: readonly number[];
    /** first, second, H, standard deviation of the interaction */
    readonly pairs: readonly (readonly [number, number, number, number])[];
  };
}
const golden = JSON.parse(
  readFileSync(new URL('golden/partial-dependence.golden.json', import.meta.url), 'utf8'),
) as Golden;

type F = Parameters<typeof functionPredictor>[0];
const explain = (
  predictor: Predictor,
  table: Table,
  options: Partial<InteractionsOptions> = {},
  truth?: ArrayLike<number>,
) => interactions.explain(predictor, dataOf(table, truth), { seed: 1, ...options }, silent, signal);

/** Few enough rows for hundreds of analyses. */
const small = { rows: 24, resamples: 5, judgedRows: 150, maps: 3 };

describe('interactions', () => {
  it("have Friedman's H by its definition, from scikit-learn's partial dependence", async () => {
    const { rows, columns, pairs } = golden.friedman;
    const table = tableOf(
      golden.x[0].map((_, j) =>
        numbers(
          `x${j}`,
          golden.x.slice(0, rows).map((row) => row[j]),
        ),
      ),
    );
    const f: F = ({ x0, x1, x2, x3 }) => Math.sin(x0) * x1 + 0.5 * x2 ** 2 - 0.3 * x0 + 0.2 * x1 * x2 * x3;
    const result = await explain(functionPredictor(f), table);
    for (const [j, h] of columns.entries()) {
      const found = result.columns.find(({ column }) => column === `x${j}`)!;
      assert.ok(Math.abs(found.h - h) < 1e-6, `x${j}: ${found.h}, wanted ${h}`);
    }
    for (const [j, k, h, strength] of pairs) {
      const found = result.pairs.find((pair) => pair.columns.includes(`x${j}`) && pair.columns.includes(`x${k}`))!;
      assert.ok(Math.abs(found.h - h) < 1e-6, `x${j} with x${k}: ${found.h}, wanted ${h}`);
      assert.ok(Math.abs(found.strength - strength) < 1e-6, `x${j} with x${k}: ${found.strength}, wanted ${strength}`);
    }
  });

  it('of a sum are none, on the scale on which its kind of model adds up', async () => {
    for (const { predictor, data } of [fixtures[0], fixtures[2]]) {
      const result = await interactions.explain(predictor, data, { seed: 1, rows: 30 }, silent, signal);
      assert.ok(result.pairs.every(({ h, strength }) => h === 0 && strength === 0));
      assert.match(interactionsWords(result), /adds up what its columns do: no two of those looked at act together/);
    }
  });

  it('rank pairs as the known strengths do', async () => {
    const random = createRandom(9);
    const pairs = [0, 1, 2, 3, 4].flatMap((a) => [0, 1, 2, 3, 4].filter((b) => b > a).map((b) => [a, b]));
    const weights = pairs.map((_, i) => (i % 3 === 0 ? 0 : 0.1 + random.uniform()));
    const f: F = (row) =>
      pairs.reduce((sum, [a, b], i) => sum + weights[i] * row[`x${a}`] * row[`x${b}`], 0) + Math.sin(row.x0) + row.x3;
    const result = await explain(functionPredictor(f), normalTable(400, 5, 3), { rows: 60, maps: 0 });
    const truth = result.pairs.map(({ columns }) => {
      const [a, b] = columns.map((name) => Number(name.slice(1))).sort();
      return weights[pairs.findIndex(([c, d]) => a === c && b === d)];
    });
    const found = ranks(result.pairs.map(({ strength }) => strength));
    assert.ok(correlation(found, ranks(truth)) >= 0.95, `${truth}`);
    for (const [i, { strength }] of result.pairs.entries()) if (truth[i] === 0) assert.equal(strength, 0);
  });

  it('draw what a pair does together, by both ways alike', async () => {
    const random = createRandom(4);
    const rows = Array.from({ length: 500 }, (_, i) => i);
    const table = tableOf([
      numbers(
        'x',
        rows.map(() => random.uniform()),
      ),
      categories(
        'sex',
        rows.map((i) => i % 2),
        ['female', 'male'],
      ),
      numbers(
        'z',
        rows.map(() => random.normal()),
      ),
    ]);
    const f: F = ({ x, sex, z }) => (sex === 1 ? 4 * x : -4 * x) + z;
    const result = await explain(functionPredictor(f), table, {}, rowsOf(table).map(f));
    assert.deepEqual([...result.pairs[0].columns].sort(), ['sex', 'x']);
    assert.equal(result.pairs[0].heldOut?.borneOut, true);
    const { partial, local, share, axes } = result.pairs[0].map!;
    assert.ok(Math.abs(share.reduce((a, b) => a + b) - 1) < 1e-9);
    assert.deepEqual(new Set(axes.map(({ kind }) => kind)), new Set(['numbers', 'levels']));
    for (const [cell, value] of partial[0].entries())
      assert.ok(Math.abs(value - local[0][cell]) < 0.15, `${value}, ${local[0][cell]}`);
    assert.match(
      interactionsWords(result),
      /^Columns that act together, and are borne out by rows .*: (x with sex|sex with x) \(H /,
    );
  });

  it('that a model learned of noise are not borne out (false alarms at most 5 %)', async () => {
    let [alarms, found] = [0, 0];
    const all = 40;
    for (let seed = 0; seed < all; seed++) {
      const random = createRandom(seed);
      const table = normalTable(150, 4, 1000 + seed);
      const noisy: F = ({ x0, x1, x2, x3 }) => 0.3 * (Math.sign(x0) * Math.sign(x1) + x2 * x3 + Math.sin(3 * x0 * x2));
      const noise = Array.from({ length: 150 }, () => random.normal());
      const ofNoise = await explain(functionPredictor(noisy), table, { ...small, seed }, noise);
      if (ofNoise.pairs.some(({ heldOut }) => heldOut?.borneOut)) alarms++;
      const truth = rowsOf(table).map((row, i) => 3 * noisy(row) + noise[i]);
      const ofTruth = await explain(functionPredictor(noisy), table, { ...small, seed }, truth);
      if (ofTruth.pairs.some(({ heldOut }) => heldOut?.borneOut)) found++;
    }
    assert.ok(alarms <= all * 0.05, `${alarms} alarms of ${all}`);
    assert.ok(found >= all * 0.95, `${found} found of ${all}`);
  });

  it('of a tree fitted to noise are called noise', async () => {
    const tree = learners.find(({ name }) => name === 'tree')!;
    let alarms = 0;
    for (let seed = 0; seed < 10; seed++) {
      const random = createRandom(seed);
      const part = (offset: number) =>
        datasetOf(
          normalTable(200, 3, 50 + 2 * seed + offset),
          { kind: 'values', values: Float64Array.from({ length: 200 }, () => random.normal()) },
          'regression',
        );
      const [train, evaluation] = [part(0), part(1)];
      const model = await tree.fit({ train, seed, signal, report: async () => 'continue' }, tree.defaults(train.info));
      const data = { train, evaluation, part: 'validation' } as const;
      const result = await interactions.explain(model, data, { seed, ...small }, silent, signal);
      if (result.pairs.some(({ heldOut }) => heldOut?.borneOut)) alarms++;
    }
    assert.ok(alarms <= 1, `${alarms} of 10`);
  });

  it('have intervals that hold H and an order that is judged', async () => {
    const f: F = ({ x0, x1, x2 }) => x0 * x1 + 0.2 * x1 * x2 + x2;
    const result = await explain(functionPredictor(f), normalTable(300, 3, 7));
    for (const { h, interval } of result.pairs.filter((pair) => pair.h > 0))
      assert.ok(interval.low <= h && h <= interval.high);
    assert.ok(result.quality.value! > 0.9);
  });

  it('of one column, of a constant and of one row are none', async () => {
    const one = await explain(
      functionPredictor(({ x0 }) => x0 ** 2),
      normalTable(50, 1, 1),
    );
    assert.deepEqual([one.pairs.length, one.columns[0].strength], [0, 0]);
    const constant = await explain(
      functionPredictor(() => 3),
      normalTable(50, 3, 1),
    );
    assert.ok(constant.columns.every(({ h }) => h === 0));
    const single = await explain(
      functionPredictor(({ x0, x1 }) => x0 * x1),
      normalTable(1, 2, 1),
    );
    assert.doesNotMatch(interactionsWords(single), /NaN|undefined/);
  });

  it('are kept as far as they came when it was enough, and say what was left out', async () => {
    const { predictor, data } = fixtures[1];
    const none = await interactions.explain(predictor, data, { seed: 1 }, silent, signal, () => true);
    assert.match(none.partial!, /^Ended after 0 columns and 0 pairs of 10, 0 of them held against the truth/);
    assert.doesNotMatch(interactionsWords(none), /NaN|undefined/);
    const few = await interactions.explain(predictor, data, { seed: 1, most: 2, rows: 20 }, silent, signal);
    assert.equal(few.further, 3);
    assert.match(interactionsWords(few), /3 columns that move predictions less were not looked at/);
  });

  it('refuse options out of range by name', async () => {
    const f = functionPredictor(({ x0 }) => x0);
    await assert.rejects(explain(f, normalTable(9, 1, 1), { rows: 1 }), /rows must be a whole number from 2, not 1/);
  });
});
