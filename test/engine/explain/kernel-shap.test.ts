import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numbersOf } from '../../../src/engine/data/encoders/raw-columns.ts';
import { type KernelShapOptions, kernelShap } from '../../../src/engine/explain/kernel-shap.ts';
import { planCoalitions } from '../../../src/engine/explain/shapley/coalition-plan.ts';
import { fitShapley } from '../../../src/engine/explain/shapley/kernel-regression.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';
import { kernelShapWords } from '../../../src/shared/results/kernel-shap.ts';
import { dataset, numeric } from '../learners/toy-data.ts';
import { bruteShapley } from './brute-shapley.ts';

const { signal } = new AbortController();

/** A small network of random weights over the columns, 0 to 1; columns of weight 0 do nothing. */
type Formula = (values: ArrayLike<number>) => number;

function randomFormula(columns: number, random: Random): Formula {
  const units = Array.from({ length: 4 }, () => Array.from({ length: columns }, () => random.normal()));
  const outer = units.map(() => random.normal());
  return (values) => {
    let sum = 0;
    units.forEach((weights, unit) => {
      let inner = 0;
      for (let i = 0; i < columns; i++) inner += weights[i] * values[i];
      sum += outer[unit] * Math.tanh(inner);
    });
    return 1 / (1 + Math.exp(-sum));
  };
}

/** [2^columns] mean of the formula over the background where the columns of a mask are the row's own. */
function paysOf(formula: Formula, row: ArrayLike<number>, background: readonly Float64Array[]): Float64Array {
  const columns = row.length;
  const mixed = new Float64Array(columns);
  return Float64Array.from({ length: 2 ** columns }, (_, mask) => {
    let sum = 0;
    for (const other of background) {
      for (let i = 0; i < columns; i++) mixed[i] = (mask >> i) & 1 ? row[i] : other[i];
      sum += formula(mixed);
    }
    return sum / background.length;
  });
}

const normals = (count: number, random: Random) => Float64Array.from({ length: count }, () => random.normal());

describe('the regression of KernelSHAP', () => {
  it('is exact where all coalitions are asked', () => {
    const random = createRandom(1);
    for (const players of [2, 3, 4, 7, 8]) {
      const pays = normals(2 ** players, random);
      const plan = planCoalitions(players, 2 ** players, random);
      assert.equal(plan.sampledShare, 0);
      assert.equal(plan.sizes.length, 2 ** (players - 1) - 1);
      const found = fitShapley(plan, gameOf(plan, pays));
      bruteShapley(players, pays).forEach((value, i) => {
        assert.ok(Math.abs(found.values[i] - value) < 1e-9);
      });
      assert.deepEqual(found.errors, new Float64Array(players));
    }
  });

  it('has error bars that hold the exact value in 90 % of 200 cases and more, for each column', () => {
    const players = 12;
    const held = new Float64Array(players);
    let width = 0;
    for (let model = 0; model < 20; model++) {
      const random = createRandom(100 + model);
      const formula = randomFormula(players, random);
      const background = Array.from({ length: 3 }, () => normals(players, random));
      const pays = paysOf(formula, normals(players, random), background);
      const exact = bruteShapley(players, pays);
      for (let draw = 0; draw < 10; draw++) {
        const plan = planCoalitions(players, 150, random.fork(`draw ${draw}`));
        assert.ok(plan.sampledShare > 0 && plan.enumerated < 100);
        const { values, errors } = fitShapley(plan, gameOf(plan, pays));
        for (let i = 0; i < players; i++) {
          if (Math.abs(values[i] - exact[i]) <= 1.96 * errors![i]) held[i]++;
          width += errors![i] / (200 * players);
        }
      }
    }
    for (const count of held) assert.ok(count >= 180, `held ${held.join(', ')} of 200`);
    const mean = held.reduce((a, b) => a + b) / (200 * players);
    assert.ok(mean > 0.925 && mean < 0.975, `coverage ${mean} of 0.95, mean error ${width}`);
  });
});

/** What a plan's coalitions and their complements are paid. pays: [masks] */
function gameOf({ players, members, sizes }: ReturnType<typeof planCoalitions>, pays: Float64Array) {
  const full = 2 ** players - 1;
  const masks = Array.from(sizes, (_, pair) => {
    let mask = 0;
    for (let i = 0; i < players; i++) mask |= members[pair * players + i] << i;
    return mask;
  });
  return {
    coalitions: Float64Array.from(masks, (mask) => pays[mask]),
    complements: Float64Array.from(masks, (mask) => pays[full - mask]),
    nobody: pays[0],
    all: pays[full],
  };
}

/** Rows of standard normal columns, the last of which never changes, and a predictor of them. */
function problem(columns: number, formula: Formula) {
  const random = createRandom(9);
  const made = (rows: number) =>
    dataset(
      'regression',
      Array.from({ length: columns }, (_, j) =>
        numeric(`c${j}`, j === columns - 1 ? new Float64Array(rows).fill(7) : normals(rows, random)),
      ),
      new Float64Array(rows),
    );
  const [train, evaluation] = [made(40), made(10)];
  const predictor: Predictor = {
    task: 'regression',
    async predict(rows) {
      const cells = rows.columns.map(({ name }) => numbersOf(rows, name));
      const values = Float64Array.from({ length: rows.rowCount }, (_, i) => formula(cells.map((column) => column[i])));
      return { kind: 'values', values };
    },
  };
  const explain = (options: Partial<KernelShapOptions> = {}, enough?: () => boolean) =>
    kernelShap.explain(
      predictor,
      { train, evaluation, part: 'validation' },
      { seed: 3, row: 2, ...options },
      () => {},
      signal,
      enough,
    );
  return { train, evaluation, explain };
}

describe('KernelSHAP', () => {
  it('equals Shapley values by definition where all coalitions can be asked', async () => {
    const formula = randomFormula(6, createRandom(4));
    const { train, evaluation, explain } = problem(6, formula);
    const result = await explain({ background: 40 });
    const cellsOf = ({ features }: typeof train, row: number) =>
      Float64Array.from(features.columns, (column) => (column.kind === 'numeric' ? column.values[row] : Number.NaN));
    const background = Array.from({ length: 40 }, (_, row) => cellsOf(train, row));
    const exact = bruteShapley(6, paysOf(formula, cellsOf(evaluation, 2), background));
    for (const [j, value] of exact.entries()) {
      const term = result.terms.find(({ columns }) => columns[0] === `c${j}`)!;
      assert.ok(Math.abs(term.contribution - value) < 1e-9, `c${j}: ${term.contribution}, not ${value}`);
      assert.equal(term.error, 0);
    }
    assert.equal(result.terms.at(-1)!.contribution, 0, 'a column that cannot differ');
    assert.equal(result.coalitions, result.coalitionsInAll);
    assert.match(kernelShapWords(result), /From all 32 coalitions of columns/);
  });

  it('adds up and tells its errors where coalitions are drawn', async () => {
    const formula: Formula = (values) => {
      let sum = 0;
      for (let i = 0; i + 2 < 15; i++) sum += values[i] * (1 + values[i + 1] * values[i + 2]);
      return sum;
    };
    const { explain } = problem(16, formula);
    const result = await explain({ background: 5, samples: 300 });
    const total = result.terms.reduce((sum, { contribution }) => sum + contribution, result.base);
    assert.ok(Math.abs(total - result.explained) < 1e-9);
    assert.ok(result.terms.slice(0, 10).every(({ error }) => error! > 0));
    assert.equal(result.coalitions <= 302, true);
    assert.ok(result.quality.value! > 0);
  });

  it('takes the weakest of very many columns together', async () => {
    const { explain } = problem(400, (values) => 3 * values[17] - 2 * values[301] + values[5] * values[17]);
    const result = await explain({ background: 4, columns: 8, samples: 100 });
    assert.deepEqual(
      result.terms
        .slice(0, 2)
        .map(({ columns }) => columns[0])
        .sort(),
      ['c17', 'c301'],
    );
    const together = result.terms.find(({ columns }) => columns.length > 1)!;
    assert.equal(together.columns.length, 399 - 7);
    assert.ok(Math.abs(together.contribution) < 1e-9);
  });

  it('gives what is known when time is up, at every moment', async () => {
    const { explain } = problem(16, (values) => values[0] + values[1] * values[2]);
    const said = new Set<string>();
    for (const pieces of [0, 1, 2, 4, 6, 8]) {
      let asked = 0;
      const result = await explain({ background: 10, samples: 2000 }, () => asked++ >= pieces);
      assert.ok(result.partial, 'not marked');
      for (const { contribution } of result.terms) assert.ok(Number.isFinite(contribution));
      said.add(result.partial.replace(/[\d,]+/g, 'n').replace(/columns?/, 'column'));
    }
    assert.ok(said.size >= 2, [...said].join('\n'));
  });

  it('says nothing of a constant prediction but 0', async () => {
    const { explain } = problem(5, () => 0.5);
    const result = await explain();
    for (const { contribution } of result.terms) assert.ok(Math.abs(contribution) < 1e-12);
  });

  it('refuses bad options and answers that are no numbers', async () => {
    const { explain } = problem(5, () => 0.5);
    for (const options of [{ row: 99 }, { background: 0 }, { columns: 0 }, { samples: 0.5 }, { class: 'none' }])
      await assert.rejects(explain(options), { name: /^(RangeError|UserError)$/ });
    const { explain: bad } = problem(5, () => Number.NaN);
    await assert.rejects(bad(), /the model predicts NaN/);
  });
});
