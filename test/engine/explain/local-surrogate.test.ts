import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { columnNamed, type NumericColumn, type Table } from '../../../src/engine/data/table.ts';
import { discretise } from '../../../src/engine/explain/discretiser.ts';
import { type LocalSurrogateOptions, localSurrogate } from '../../../src/engine/explain/local-surrogate.ts';
import { moments, ridge, weightedR2 } from '../../../src/engine/explain/weighted-ridge.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { categories, datasetOf, fixtures, numbers, tableOf } from './fixtures.ts';

interface Golden {
  readonly columns: readonly string[];
  readonly train: readonly (readonly number[])[];
  readonly seeds: number;
  readonly cases: readonly {
    readonly row: number;
    readonly features: number;
    readonly weights: readonly number[];
    readonly deviation: readonly number[];
    readonly intercept: number;
    readonly prediction: number;
    readonly score: number;
  }[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('./golden/local-surrogate.golden.json', import.meta.url), 'utf8'),
);

const signal = new AbortController().signal;

const goldenTable = (): Table =>
  tableOf([
    ...golden.columns.slice(0, 4).map((name, j) =>
      numbers(
        name,
        golden.train.map((row) => row[j]),
      ),
    ),
    categories(
      'level',
      golden.train.map((row) => row[4]),
      ['red', 'green', 'blue'],
    ),
  ]);

const classifier = (yesOf: (rows: Table, row: number) => number): Predictor => ({
  task: 'binary',
  classes: ['no', 'yes'],
  async predict(rows) {
    const values = new Float64Array(2 * rows.rowCount);
    for (let row = 0; row < rows.rowCount; row++) {
      values[2 * row + 1] = yesOf(rows, row);
      values[2 * row] = 1 - values[2 * row + 1];
    }
    return { kind: 'probabilities', classCount: 2, values };
  },
});

const number = (rows: Table, name: string, row: number) => (columnNamed(rows, name) as NumericColumn).values[row];

/** Pairs of columns that lime itself tells apart: their mean weights differ by more than 4 standard errors of the difference. */
const ordered = ({
  weights,
  deviation,
}: Golden['cases'][number]): readonly (readonly [heavy: number, light: number])[] =>
  weights.flatMap((heavy, i) =>
    weights.flatMap((light, j) => {
      // Twice, because ours is a mean of as many samples with a noise of its own.
      const error = Math.sqrt((2 * (deviation[i] ** 2 + deviation[j] ** 2)) / golden.seeds);
      return Math.abs(heavy) - Math.abs(light) > 4 * error ? [[i, j] as const] : [];
    }),
  );

/** The predictor of the golden script. */
const goldenModel = classifier((rows, row) => {
  const level = columnNamed(rows, 'level');
  const green = level.kind === 'coded' && level.codes[row] === 1 ? 0.9 : 0;
  const score = 1.2 * number(rows, 'a', row) - 0.8 * number(rows, 'b', row) + 0.3 * number(rows, 'c', row) + green;
  return 1 / (1 + Math.exp(-score));
});

function explainOn(features: Table, predictor: Predictor, options: Partial<LocalSurrogateOptions>) {
  const codes = new Int32Array(features.rowCount);
  const target =
    predictor.classes === undefined
      ? ({ kind: 'values', values: new Float64Array(features.rowCount) } as const)
      : ({ kind: 'classes', codes, classes: predictor.classes } as const);
  const data = datasetOf(features, target, predictor.task);
  const given = { seed: 1, row: 0, ...options };
  return localSurrogate.explain(
    predictor,
    { train: data, evaluation: data, part: 'validation' },
    given,
    () => {},
    signal,
  );
}

describe('local surrogate', () => {
  /** How far each weight is from lime's mean, in standard errors of that mean. */
  const distances: number[] = [];

  for (const wanted of golden.cases)
    it(`agrees with lime on row ${wanted.row} with ${wanted.features} features: weights, signs, order`, async () => {
      // As many samples as 100 runs of lime, so that what is left of chance is nearly all lime's.
      const options = { row: wanted.row, features: wanted.features, class: 'yes', samples: 500_000, repeats: 100 };
      const result = await explainOn(goldenTable(), goldenModel, options);
      const found = golden.columns.map((name) => result.terms.find(({ column }) => column === name)?.weight ?? 0);
      for (const [j, name] of golden.columns.entries()) {
        const error = wanted.deviation[j] / Math.sqrt(golden.seeds);
        const apart = Math.abs(found[j] - wanted.weights[j]);
        // In no run of lime was the column among those chosen, nor is it among ours.
        if (error === 0) assert.equal(apart, 0, name);
        else distances.push(apart / error);
        assert.ok(apart <= 3.5 * error, `${name}: ${found[j]}, lime ${wanted.weights[j]} with standard error ${error}`);
      }
      for (const [heavy, light] of ordered(wanted))
        assert.ok(
          Math.abs(found[heavy]) > Math.abs(found[light]),
          `${golden.columns[heavy]} ${found[heavy]} should outweigh ${golden.columns[light]} ${found[light]}`,
        );
      assert.ok(Math.abs(result.intercept - wanted.intercept) < 0.02, `${result.intercept} ${wanted.intercept}`);
      assert.ok(Math.abs(result.surrogatePrediction - wanted.prediction) < 0.02);
      assert.ok(Math.abs(result.heldOutR2! - wanted.score) < 0.05, `${result.heldOutR2} ${wanted.score}`);
    });

  it(`has 90 % and more of its weights within two standard errors of lime's mean over ${golden.seeds} seeds`, () => {
    // Of an equal method 94 % would be: Student's t with 19 degrees of freedom.
    const within = distances.filter((distance) => distance <= 2).length;
    assert.ok(distances.length > 25 && within >= 0.9 * distances.length, `${within} of ${distances.length}`);
  });

  it("speaks of the user's own columns, in conditions that hold for the row", async () => {
    const { terms, row } = await explainOn(goldenTable(), goldenModel, { row: 3, class: 'yes' });
    for (const { column, condition } of terms) {
      assert.ok(condition.startsWith(`${column} `), condition);
      const [, above] = /above (-?[\d.]+)/.exec(condition) ?? [];
      const [, atMost] = /at most (-?[\d.]+)/.exec(condition) ?? [];
      if (above !== undefined) assert.ok((row[column] as number) > Number(above) - 1e-5, condition);
      if (atMost !== undefined) assert.ok((row[column] as number) <= Number(atMost) + 1e-5, condition);
      if (column === 'level') assert.equal(condition, `level = ${row.level}`);
    }
  });

  it('refuses to be trusted where the model does not follow single columns', async () => {
    const parity = classifier((rows, row) => (Math.sin(40 * number(rows, 'a', row)) > 0 ? 1 : 0));
    const result = await explainOn(goldenTable(), parity, {});
    assert.equal(result.trustworthy, false);
    assert.ok(result.heldOutR2! < 0.2);
    assert.match(result.quality.words, /too poorly/);
  });

  it('has no fidelity where the prediction does not vary, rather than a perfect or a bad one', async () => {
    const constant: Predictor = {
      task: 'regression',
      predict: async ({ rowCount }) => ({ kind: 'values', values: new Float64Array(rowCount).fill(3.7) }),
    };
    const result = await explainOn(goldenTable(), constant, {});
    assert.equal(result.heldOutR2, null);
    assert.match(result.quality.words, /does not vary/);
    assert.ok(result.terms.every(({ weight }) => Math.abs(weight) < 1e-9));
  });

  it('explains a missing value as missing', async () => {
    const { predictor, data } = fixtures.find(({ title }) => title === 'missing values')!;
    const income = columnNamed(data.evaluation.features, 'income') as NumericColumn;
    const row = income.values.findIndex(Number.isNaN);
    const result = await localSurrogate.explain(predictor, data, { seed: 1, row }, () => {}, signal);
    assert.equal(result.row.income, null);
    assert.ok(result.terms.some(({ condition }) => condition === 'income is missing'));
  });

  it('has a spread that tells how far the weights can be repeated', async () => {
    const few = await explainOn(goldenTable(), goldenModel, { samples: 500, repeats: 5 });
    const many = await explainOn(goldenTable(), goldenModel, { samples: 20_000, repeats: 5 });
    const spread = (result: typeof few) => result.terms.reduce((sum, term) => sum + term.spread, 0);
    assert.ok(spread(many) > 0 && spread(few) > 2 * spread(many), `${spread(few)} ${spread(many)}`);
  });

  it('refuses unknown rows and classes by name', async () => {
    await assert.rejects(
      explainOn(goldenTable(), goldenModel, { row: 300 }),
      /no row 300 in the validation part of 300/,
    );
    await assert.rejects(explainOn(goldenTable(), goldenModel, { class: 'maybe' }), /no class "maybe" among no, yes/);
  });
});

describe('discretiser', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, Number.NaN];
  const [whole, level, constant] = discretise(
    tableOf([
      numbers('whole', values, 'integer'),
      categories('level', [0, 0, 0, 1, 1, -1, 0, 0, 0], ['a', 'b']),
      numbers(
        'constant',
        values.map(() => 5),
      ),
    ]),
  );

  it('cuts at the quartiles, with a bin for missing', () => {
    assert.deepEqual(
      whole.bins.map(({ words }) => words),
      ['at most 2.75', 'above 2.75, at most 4.5', 'above 4.5, at most 6.25', 'above 6.25', 'is missing'],
    );
    assert.deepEqual(
      whole.bins.map(({ frequency }) => frequency),
      [2, 2, 2, 2, 1],
    );
    assert.deepEqual([1, 2.75, 3, 100, Number.NaN].map(whole.binOf), [0, 0, 1, 3, 4]);
    assert.deepEqual(
      level.bins.map(({ words, frequency }) => [words, frequency]),
      [
        ['= a', 6],
        ['= b', 2],
        ['is missing', 1],
      ],
    );
  });

  it('draws from within the bin, integers as integers', () => {
    const random = createRandom(1);
    for (let i = 0; i < 50; i++) {
      const drawn = whole.bins[3].draw(random);
      assert.ok(drawn === 7 || drawn === 8, `${drawn}`);
    }
    assert.ok(Number.isNaN(whole.bins[4].draw(random)));
    assert.equal(level.bins[2].draw(random), -1);
  });

  it('leaves a column of one value with one bin that is ever drawn', () => {
    assert.deepEqual(
      constant.bins.map(({ frequency }) => frequency),
      [9, 0, 0],
    );
    assert.equal(constant.bins[0].draw(createRandom(1)), 5);
  });
});

describe('weighted ridge', () => {
  it('is the closed form in one dimension', () => {
    const fit = ridge(moments(Float64Array.of(0, 1, 2), Float64Array.of(1, 3, 8), Float64Array.of(1, 2, 1)), [0], 0.5);
    // Weighted means 1 and 3.75; products 2, with response 7: 7 / (2 + 0.5).
    assert.ok(Math.abs(fit.coefficients[0] - 2.8) < 1e-12);
    assert.ok(Math.abs(fit.intercept - (3.75 - 2.8)) < 1e-12);
  });

  it('has R2 1 on a perfect fit and none on a constant', () => {
    const design = Float64Array.of(0, 1, 2);
    const ones = Float64Array.of(1, 1, 1);
    const exact = { coefficients: Float64Array.of(2), intercept: 1 };
    assert.equal(weightedR2(exact, design, Float64Array.of(1, 3, 5), ones), 1);
    assert.equal(weightedR2(exact, design, Float64Array.of(4, 4, 4), ones), null);
  });
});
