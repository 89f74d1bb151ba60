import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import { diverse } from '../../../src/engine/explain/counterfactuals/diverse.ts';
import { type CounterfactualsOptions, counterfactuals } from '../../../src/engine/explain/counterfactuals.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { median } from '../../../src/engine/statistics/median.ts';
import { counterfactualsWords } from '../../../src/shared/results/counterfactuals.ts';
import { categories, datasetOf, islands, numbers, tableOf } from './fixtures.ts';

const { signal } = new AbortController();

const valuesOf = (table: Table, name: string): Float64Array => {
  const column = columnNamed(table, name);
  return column.kind === 'numeric' ? column.values : Float64Array.from(column.codes);
};

/** Says yes where the score is above 0, by the logistic function. */
const classifier = (scoreOf: (table: Table, row: number) => number): Predictor => ({
  task: 'binary',
  classes: ['no', 'yes'],
  async predict(rows) {
    const values = Float64Array.from({ length: 2 * rows.rowCount }, (_, at) => {
      const yes = 1 / (1 + Math.exp(-scoreOf(rows, at >> 1)));
      return at % 2 === 1 ? yes : 1 - yes;
    });
    return { kind: 'probabilities', classCount: 2, values };
  },
});

const random = createRandom(11);
const normals = (spread: number) => Array.from({ length: 500 }, () => spread * random.normal());

const features = tableOf([
  numbers('a', normals(1)),
  numbers('b', normals(2)),
  numbers('c', normals(1)),
  numbers(
    'age',
    normals(12).map((value) => Math.round(45 + value)),
    'integer',
  ),
  categories(
    'island',
    normals(1).map((_, i) => i % 3),
    islands,
  ),
]);
const weights = { a: 1, b: -0.8, c: 0.3 };
const linearScore = (table: Table, row: number) =>
  Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * valuesOf(table, name)[row], -0.5);
const linear = classifier(linearScore);

async function explain(predictor: Predictor, options: Partial<CounterfactualsOptions> = {}, table = features) {
  const { classes } = predictor;
  const data = datasetOf(
    table,
    classes
      ? { kind: 'classes', codes: new Int32Array(table.rowCount), classes }
      : { kind: 'values', values: (await predictor.predict(table)).values },
    predictor.task,
  );
  const parts = { train: data, evaluation: data, part: 'validation' } as const;
  return counterfactuals.explain(predictor, parts, { seed: 1, row: 0, ...options }, () => {}, signal);
}

/** Rows that are no, and not far from yes. */
const nearRows = [...Array(500).keys()].filter((row) => {
  const score = linearScore(features, row);
  return score < -0.2 && score > -0.9;
});

describe('counterfactuals', () => {
  it('has the closed form of a linear model as its nearest: one column, the one of most weight by deviation', async () => {
    const deviation = Object.fromEntries(
      Object.keys(weights).map((name) => {
        const values = valuesOf(features, name);
        const middle = median(values);
        return [name, median(values.map((value) => Math.abs(value - middle)))];
      }),
    );
    for (const row of nearRows.slice(0, 8)) {
      const { found } = await explain(linear, { row });
      const strongest = Math.max(...Object.entries(weights).map(([name, w]) => Math.abs(w) * deviation[name]));
      const wanted = -linearScore(features, row) / strongest;
      assert.equal(found[0].edits.length, 1, `row ${row}`);
      assert.equal(found[0].edits[0].column, 'b');
      assert.ok(
        found[0].distance >= wanted - 1e-9 && found[0].distance < 1.02 * wanted + 0.01,
        `row ${row}: ${found[0].distance}, closed form ${wanted}`,
      );
    }
  });

  it('gives several different changes, valid, mostly plausible, each of which needs all its edits', async () => {
    let plausible = 0;
    let told = 0;
    for (const row of nearRows.slice(0, 6)) {
      const { found, quality } = await explain(linear, { row });
      assert.ok(found.length >= 3, `${found.length}`);
      const sets = found.map(({ edits }) => edits.map(({ column }) => column).join());
      assert.equal(new Set(sets).size, sets.length);
      for (const one of found) {
        assert.equal(one.predicted, 'yes');
        assert.ok(one.score > 0.5);
        plausible += one.plausible ? 1 : 0;
        told++;
      }
      assert.match(quality.words, /^All held/);
    }
    assert.ok(plausible / told >= 0.75, `${plausible} of ${told}`);
  });

  it('works on steps, where there is no gradient: integers stay integers, levels stay levels', async () => {
    const steps = classifier((table, row) => {
      const older = valuesOf(table, 'age')[row] >= 50;
      return older && valuesOf(table, 'island')[row] === 2 ? 3 : -3;
    });
    const row = [...Array(500).keys()].find(
      (i) => valuesOf(features, 'age')[i] < 45 && valuesOf(features, 'island')[i] === 0,
    )!;
    const { found } = await explain(steps, { row });
    const edits = found[0].edits.toSorted((a, b) => (a.column < b.column ? -1 : 1));
    assert.deepEqual(
      edits.map(({ column, to }) => [column, to]),
      [
        ['age', 50],
        ['island', 'Torgersen'],
      ],
    );
  });

  it('keeps to frozen columns, ranges and directions', async () => {
    const row = nearRows[0];
    const own = valuesOf(features, 'a')[row];
    const rules = { frozen: ['b'], permitted: { c: [-1, 1] }, onlyUp: ['a'] } as const;
    const { found } = await explain(linear, { row, ...rules });
    assert.ok(found.length > 0);
    for (const { column, to } of found.flatMap(({ edits }) => edits)) {
      assert.notEqual(column, 'b');
      if (column === 'c') assert.ok(Math.abs(to as number) <= 1);
      if (column === 'a') assert.ok((to as number) > own);
    }
  });

  it("leaves the experiment's sensitive columns alone unless told otherwise", async () => {
    const data = datasetOf(features, { kind: 'classes', codes: new Int32Array(500), classes: ['no', 'yes'] }, 'binary');
    const parts = { train: data, evaluation: data, part: 'validation', sensitive: ['b', 'dropped'] } as const;
    const edited = async (options: Partial<CounterfactualsOptions>) => {
      const all = { seed: 1, row: nearRows[0], ...options };
      const { found } = await counterfactuals.explain(linear, parts, all, () => {}, signal);
      return found.flatMap(({ edits }) => edits.map(({ column }) => column));
    };
    assert.ok(!(await edited({})).includes('b'));
    assert.ok((await edited({ frozen: [] })).includes('b'));
  });

  it('copes with a level that training never had', async () => {
    const target = { kind: 'classes', codes: new Int32Array(500), classes: ['no', 'yes'] } as const;
    const foreign = tableOf(
      features.columns.map((column) =>
        column.kind === 'coded'
          ? {
              ...column,
              levels: ['Atlantis', ...islands],
              codes: column.codes.map((code, i) => (i === 0 ? 0 : code + 1)),
            }
          : column,
      ),
    );
    const parts = {
      train: datasetOf(features, target, 'binary'),
      evaluation: datasetOf(foreign, target, 'binary'),
      part: 'validation',
    } as const;
    const island = classifier((table, row) => {
      const column = columnNamed(table, 'island');
      return column.kind === 'coded' && column.levels[column.codes[row]] === 'Dream' ? 2 : -2;
    });
    const { found } = await counterfactuals.explain(island, parts, { seed: 1, row: 0 }, () => {}, signal);
    assert.deepEqual(found[0].edits, [{ column: 'island', from: 'Atlantis', to: 'Dream', size: 1 }]);
  });

  it('says what stands in the way where the rules allow none, and what would do without them', async () => {
    const row = nearRows[0];
    const result = await explain(linear, { row, frozen: ['b', 'c'], onlyDown: ['a'] });
    assert.deepEqual(result.found, []);
    assert.match(result.none!, /Freeing (a|b)( or (a|b|c))*.* alone would allow one/);
    assert.ok(result.obstacles.every(({ columns }) => columns.length === 1));
    assert.ok(result.obstacles.some(({ columns }) => columns[0] === 'b'));
    assert.match(counterfactualsWords(result), /If b might change more freely: b from/);
  });

  it('tells columns that must be freed together', async () => {
    const both = classifier((table, row) => (valuesOf(table, 'a')[row] > 0 && valuesOf(table, 'c')[row] > 0 ? 2 : -2));
    const row = [...Array(500).keys()].find(
      (i) => valuesOf(features, 'a')[i] < -0.3 && valuesOf(features, 'c')[i] < -0.3,
    )!;
    const { found, none, obstacles } = await explain(both, { row, frozen: ['a', 'c'] });
    assert.equal(found.length, 0);
    assert.deepEqual(obstacles[0].columns.toSorted(), ['a', 'c']);
    assert.match(none!, /2 columns would have to be freed together/);
  });

  it('moves a value past a target', async () => {
    const regression: Predictor = {
      task: 'regression',
      predict: async (rows) => ({
        kind: 'values',
        values: Float64Array.from({ length: rows.rowCount }, (_, row) => linearScore(rows, row)),
      }),
    };
    const { found, prediction, wanted } = await explain(regression, { row: nearRows[0], above: 1 });
    assert.equal(wanted, 'above 1');
    assert.ok((prediction as number) < 0);
    for (const { predicted } of found) assert.ok((predicted as number) > 1 && (predicted as number) < 1.3);
    await assert.rejects(explain(regression, { row: nearRows[0], below: 1 }), /past 1 already/);
    await assert.rejects(explain(regression, { class: 'yes' }), /no class "yes"/);
  });

  it('says that a constant prediction cannot be changed, and that a row of missing values has nothing to change', async () => {
    const constant = await explain(classifier(() => -1));
    assert.match(constant.none!, /none of the 500 training rows/);
    const missing = tableOf(
      features.columns.map((column) =>
        column.kind === 'numeric'
          ? { ...column, values: column.values.with(0, Number.NaN) }
          : { ...column, codes: column.codes.with(0, -1) },
      ),
    );
    const known = classifier((table, row) => (Number.isNaN(valuesOf(table, 'a')[row]) ? -1 : linearScore(table, row)));
    const result = await explain(known, {}, missing);
    assert.match(result.none!, /No column of this row may change: a \(missing in this row\)/);
  });

  it('gives back what it knows when it is enough', async () => {
    const data = datasetOf(features, { kind: 'classes', codes: new Int32Array(500), classes: ['no', 'yes'] }, 'binary');
    let asked = 0;
    const parts = { train: data, evaluation: data, part: 'validation' } as const;
    const options = { seed: 1, row: nearRows[0] };
    const result = await counterfactuals.explain(
      linear,
      parts,
      options,
      () => {},
      signal,
      () => ++asked > 12,
    );
    assert.match(result.partial!, /Ended before/);
    assert.ok(result.cost.predictions < 3000, `${result.cost.predictions}`);
  });

  it('refuses bad options, unknown columns, and a model that answers with no numbers', async () => {
    await assert.rejects(explain(linear, { count: 0 }), { name: 'UserError' });
    await assert.rejects(explain(linear, { row: 500 }), /no row 500/);
    await assert.rejects(explain(linear, { frozen: ['sex'] }), /"sex" is not a feature/);
    await assert.rejects(explain(linear, { onlyUp: ['island'] }), /has levels/);
    await assert.rejects(explain(linear, { permitted: { island: ['Atlantis'] } }), /"Atlantis" is not a level/);
    await assert.rejects(explain(classifier(() => Number.NaN)), /predicts NaN/);
  });

  it('leaves out what a model that answers twice differently no longer says', async () => {
    let call = 0;
    const moody = classifier((table, row) => linearScore(table, row) + (++call % 2 === 0 ? 1.5 : -1.5));
    const { found, none } = await explain(moody, { row: nearRows[0] });
    assert.ok(found.length > 0 || none !== null);
    for (const { predicted } of found) assert.equal(predicted, 'yes');
  });

  it('finds a change among 1,000 columns by trying the strongest', async () => {
    const wide = tableOf(
      Array.from({ length: 1000 }, (_, c) =>
        numbers(
          `x${c}`,
          Array.from({ length: 60 }, () => random.normal()),
        ),
      ),
    );
    const model = classifier((table, row) => 2 * valuesOf(table, 'x777')[row] - 1);
    const row = valuesOf(wide, 'x777').findIndex((value) => value < 0);
    const { found, columns } = await explain(model, { row, columns: 20 }, wide);
    assert.deepEqual(columns, { editable: 1000, tried: 20 });
    assert.equal(found[0].edits[0].column, 'x777');
  });
});

describe('diverse', () => {
  it('takes the best first, then what is unlike it, though it costs a little more', () => {
    const places = [0, 0.01, 3];
    const distance = (a: number, b: number) => Math.abs(places[a] - places[b]);
    assert.deepEqual(diverse([0.1, 0.11, 0.5], distance, 2, 1), [0, 2]);
    assert.deepEqual(diverse([0.1, 0.1, 9], distance, 1, 1), [0]);
    assert.deepEqual(diverse([], distance, 3, 1), []);
  });
});
