import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Table } from '../../../src/engine/data/table.ts';
import { type FunctionalAnovaOptions, functionalAnova } from '../../../src/engine/explain/functional-anova.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { correlation, ranks } from '../../../src/engine/statistics/rank-correlation.ts';
import { type FunctionalAnova, functionalAnovaWords } from '../../../src/shared/results/functional-anova.ts';
import { dataOf, functionPredictor, normalTable, signal, silent } from './decomposition/functions.ts';
import { categories, fixtures, numbers, tableOf } from './fixtures.ts';

type F = Parameters<typeof functionPredictor>[0];
const explain = (predictor: Predictor, table: Table, options: Partial<FunctionalAnovaOptions> = {}) =>
  functionalAnova.explain(predictor, dataOf(table), { seed: 1, ...options }, silent, signal);

const columnOf = ({ columns }: FunctionalAnova, name: string) => columns.find((one) => one.columns[0] === name)!;
const pairOf = ({ pairs }: FunctionalAnova, a: string, b: string) =>
  pairs.find(({ columns }) => columns.includes(a) && columns.includes(b))!;

/** Middles of equal stretches of (-pi, pi): as many values of a uniform column. */
const uniform = Array.from({ length: 1000 }, (_, i) => Math.PI * ((2 * i + 1) / 1000 - 1));
const ishigamiTable = tableOf(['x0', 'x1', 'x2'].map((name) => numbers(name, uniform)));
/** Ishigami and Homma (1990) with a = 7 and b = 0.1. */
const ishigami: F = ({ x0, x1, x2 }) => Math.sin(x0) + 7 * Math.sin(x1) ** 2 + 0.1 * x2 ** 4 * Math.sin(x0);
const [p4, p8] = [Math.PI ** 4, Math.PI ** 8];
const parts = {
  x0: 0.5 * (1 + (0.1 * p4) / 5) ** 2,
  x1: 49 / 8,
  pair: 0.01 * p8 * (1 / 18 - 1 / 50),
};
const variance = parts.x0 + parts.x1 + parts.pair;

describe('functional ANOVA', () => {
  it('has the known indices of the Ishigami function within its intervals, nine times of ten', async () => {
    const all = 40;
    const covered: Record<string, number> = {};
    const hold = (name: string, { low, high }: { low: number; high: number }, truth: number) => {
      covered[name] =
        (covered[name] ?? 0) + (low <= truth / variance + 1e-3 && truth / variance - 1e-3 <= high ? 1 : 0);
    };
    for (let seed = 0; seed < all; seed++) {
      const result = await explain(functionPredictor(ishigami), ishigamiTable, { seed, draws: 800 });
      hold('x0', columnOf(result, 'x0').main.interval, parts.x0);
      hold('x1', columnOf(result, 'x1').main.interval, parts.x1);
      hold('x2', columnOf(result, 'x2').main.interval, 0);
      hold('total x0', columnOf(result, 'x0').total.interval, parts.x0 + parts.pair);
      hold('total x1', columnOf(result, 'x1').total.interval, parts.x1);
      hold('total x2', columnOf(result, 'x2').total.interval, parts.pair);
      hold('x0 with x2', pairOf(result, 'x0', 'x2').interval, parts.pair);
      hold('x0 with x1', pairOf(result, 'x0', 'x1').interval, 0);
    }
    for (const [name, count] of Object.entries(covered)) assert.ok(count >= 0.9 * all, `${name}: ${count} of ${all}`);
  });

  it('tells what is left to chance: no column and no pair of an additive model that does not vary with it', async () => {
    let [alarms, tried] = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const f: F = ({ x0, x1, x2 }) => Math.exp(x0 / 2) + Math.sin(3 * x1) + (x2 > 0 ? 1 : 0);
      const result = await explain(functionPredictor(f), normalTable(300, 4, seed), { seed, draws: 400 });
      tried++;
      if (result.pairs.some(({ distinguishable }) => distinguishable)) alarms++;
      assert.deepEqual([columnOf(result, 'x3').total.share, columnOf(result, 'x3').main.distinguishable], [0, false]);
    }
    assert.ok(alarms <= 0.05 * tried, `${alarms} of ${tried}`);
  });

  it('ranks columns and pairs as the known weights do', async () => {
    const weights = [0.2, 1.6, 0.5, 1.1, 0.8, 0.35];
    const f: F = (row) =>
      weights.reduce((sum, weight, j) => sum + weight * row[`x${j}`], 0) + row.x0 * row.x1 + 0.6 * row.x2 * row.x3;
    const result = await explain(functionPredictor(f), normalTable(600, 6, 5));
    const truth = result.columns.map(({ columns }) => weights[Number(columns[0].slice(1))]);
    assert.ok(correlation(ranks(result.columns.map(({ main }) => main.share)), ranks(truth)) >= 0.95);
    assert.deepEqual(
      result.pairs.filter(({ distinguishable }) => distinguishable).map(({ columns }) => [...columns].sort().join()),
      ['x0,x1', 'x2,x3'],
    );
  });

  it('takes the weaker of many columns as one', async () => {
    const f: F = ({ x0, x5, x6, x7 }) => 3 * x0 + 2 * x5 + 0.5 * x6 * x7;
    const result = await explain(functionPredictor(f), normalTable(300, 10, 2), { most: 2 });
    assert.deepEqual(
      result.columns.map(({ columns }) => columns.length),
      [1, 1, 8],
    );
    assert.ok(Math.abs(result.columns[2].total.share - 0.25 / 13.25) < 0.02);
    assert.match(functionalAnovaWords(result), /8 other columns/);
  });

  it('says which columns go together though it draws them apart', async () => {
    const { predictor, data } = fixtures[0];
    const result = await functionalAnova.explain(predictor, data, { seed: 1 }, silent, signal);
    assert.deepEqual(
      result.dependent.map(({ columns }) => columns),
      [['income', 'debt']],
    );
    assert.match(
      functionalAnovaWords(result),
      /drawn independently of each other, though some go together: income with debt \(0\.99\)/,
    );
  });

  it('knows levels: an exclusive or is all of the pair', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => i);
    const table = tableOf([
      categories(
        'g',
        rows.map((i) => i % 2),
        ['a', 'b'],
      ),
      categories(
        'h',
        rows.map((i) => (i >> 1) % 2),
        ['c', 'd'],
      ),
    ]);
    const result = await explain(
      functionPredictor(({ g, h }) => g ^ h),
      table,
    );
    assert.ok(pairOf(result, 'g', 'h').share > 0.95);
    assert.ok(result.columns.every(({ main }) => main.share < 0.02));
  });

  it('has nothing to share out of a constant', async () => {
    const result = await explain(
      functionPredictor(() => 4),
      normalTable(50, 3, 1),
    );
    assert.ok(result.columns.every(({ main, total }) => main.share === 0 && total.share === 0));
    assert.match(functionalAnovaWords(result), /No single column makes the outcome vary/);
    assert.doesNotMatch(functionalAnovaWords(result), /NaN|undefined/);
  });

  it('is kept as far as it came when it was enough', async () => {
    const { predictor, data } = fixtures[1];
    const result = await functionalAnova.explain(predictor, data, { seed: 1 }, silent, signal, () => true);
    assert.match(result.partial!, /^Ended after 0 of 5 columns/);
    assert.equal(result.variance, null);
    assert.doesNotMatch(functionalAnovaWords(result), /NaN|undefined/);
  });

  it('refuses options out of range by name', async () => {
    const f = functionPredictor(({ x0 }) => x0);
    await assert.rejects(explain(f, normalTable(9, 1, 1), { draws: 1 }), /draws must be a whole number from 2, not 1/);
  });
});
