import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed, type Table, takeRows, withColumns } from '../../../src/engine/data/table.ts';
import type { ExplainData } from '../../../src/engine/explain/explainer.ts';
import { typicalRow } from '../../../src/engine/explain/what-if/column-facts.ts';
import { editedRow } from '../../../src/engine/explain/what-if/edited-row.ts';
import { outsideOf } from '../../../src/engine/explain/what-if/outside.ts';
import { type WhatIfWishes, whatIf } from '../../../src/engine/explain/what-if/what-if.ts';
import { ebm } from '../../../src/engine/learners/ebm/ebm.ts';
import { forest } from '../../../src/engine/learners/forest.ts';
import type { Learner } from '../../../src/engine/learners/learner.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { whatIfWords } from '../../../src/shared/results/what-if.ts';
import type { Params } from '../../../src/shared/space.ts';
import { categories, datasetOf, fixtures, islands, numbers, tableOf } from './fixtures.ts';

const { signal } = new AbortController();
const noPromises = (features: Table) => Array.from({ length: features.rowCount }, () => ({}));
const wishes: WhatIfWishes = {
  row: 3,
  changes: {},
  explain: null,
  sweep: null,
  flips: false,
  form: false,
  seconds: 20,
};

const asked = (predictor: Predictor, data: ExplainData, more: Partial<WhatIfWishes>) =>
  whatIf(predictor, data, { ...wishes, ...more }, 1, noPromises, signal, () => false);

const fixtureOf = (title: string) => fixtures.find((one) => one.title === title)!;
const binary = fixtureOf('binary');

/** The row with income and island set by hand. */
function setByHand(rows: Table, row: number, income: number, island: string): Table {
  const one = takeRows(rows, [row]);
  const islandColumn = columnNamed(one, 'island');
  assert.ok(islandColumn.kind === 'coded');
  return withColumns(one, [
    numbers('income', [income], 'integer'),
    { ...islandColumn, codes: Int32Array.of(islandColumn.levels.indexOf(island)) },
  ]);
}

const refused = (code: string) => (error: unknown) =>
  error instanceof UserError && error.code === code && !!error.advice;

describe('what if', () => {
  for (const title of ['binary', 'multiclass', 'regression']) {
    it(`predicts the edited row as the model itself does: ${title}`, async () => {
      const { predictor, data } = fixtureOf(title);
      const { before, after, edits } = await asked(predictor, data, { changes: { income: 1400, island: 'Dream' } });
      const rows = data.evaluation.features;
      assert.deepEqual(before.values, [...(await predictor.predict(takeRows(rows, [3]))).values]);
      assert.deepEqual(after.values, [...(await predictor.predict(setByHand(rows, 3, 1400, 'Dream'))).values]);
      assert.deepEqual(edits.find(({ column }) => column === 'income')?.to, 1400);
    });
  }

  it('gives the row of medians and most frequent levels where no row is named', async () => {
    const train = tableOf([
      numbers('income', [1, 5, 9, 100], 'integer'),
      numbers('none', [Number.NaN, Number.NaN, Number.NaN, Number.NaN]),
      categories('island', [2, 2, 1, -1], islands),
    ]);
    const [income, none, island] = typicalRow(train).columns;
    assert.equal(income.kind === 'numeric' && income.values[0], 7);
    assert.ok(none.kind === 'numeric' && Number.isNaN(none.values[0]));
    assert.equal(island.kind === 'coded' && island.levels[island.codes[0]], 'Torgersen');
    const { rowIndex, truth } = await asked(binary.predictor, binary.data, { row: null });
    assert.equal(rowIndex, null);
    assert.equal(truth, undefined);
  });

  it('adds up: KernelSHAP of both rows, TreeSHAP and the graphs of an additive model', async () => {
    const kernel = await asked(binary.predictor, binary.data, { changes: { income: 1500 }, explain: 'auto' });
    assert.equal(kernel.explanation?.technique, 'kernel-shap');
    const cases: readonly [Learner, Params, string][] = [
      [forest, { trees: 5 }, 'tree-shap'],
      [ebm, { bags: 2, interactions: 1 }, 'additive-terms'],
    ];
    const { train } = binary.data;
    const answers = await Promise.all(
      cases.map(async ([learner, params, technique]) => {
        const fit = { train, seed: 1, signal, report: async () => 'continue' as const };
        const model = await learner.fit(fit, { ...learner.defaults(train.info), ...params });
        const answer = await asked(model, binary.data, { changes: { income: 1500 }, explain: 'auto' });
        assert.equal(answer.explanation?.technique, technique);
        return answer;
      }),
    );
    for (const { explanation, after } of [kernel, ...answers]) {
      const { base, terms, further, before: was, after: is, technique } = explanation!;
      const sum = (of: 'before' | 'after') => terms.reduce((total, term) => total + term[of], base + further[of]);
      assert.ok(Math.abs(sum('before') - was) < 1e-6 && Math.abs(sum('after') - is) < 1e-6, technique);
      const odds = Math.log(after.values[1] / after.values[0]) * (explanation?.class === 'yes' ? 1 : -1);
      if (technique === 'additive-terms') assert.ok(Math.abs(is - odds) < 1e-3, `${is} and ${odds}`);
      // Nothing but the income differs, so that what the others add hardly does.
      const [most] = terms.toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
      assert.deepEqual(most.columns, ['income'], technique);
    }
  });

  it('goes over a column: its training range, the row as it is among it, and missing', async () => {
    const { predictor, data } = fixtureOf('regression');
    const { sweep } = await asked(predictor, data, { changes: { income: 2600 }, sweep: 'income' });
    const { points, current, missing } = sweep!;
    assert.equal(current, 2600);
    assert.ok(
      points.some(({ value }) => value === 2600),
      'beyond the training range, but it is where the row is',
    );
    const values = points.map(({ values: [value] }) => value);
    assert.deepEqual(
      values,
      values.toSorted((a, b) => a - b),
      'the model grows with income',
    );
    const [slope] = [(values.at(-1)! - values[0]) / (Number(points.at(-1)!.value) - Number(points[0].value))];
    assert.ok(Math.abs(slope - 0.004) < 1e-9);
    assert.equal(missing.value, null);
    const levels = await asked(predictor, data, { sweep: 'island' });
    assert.deepEqual(levels.sweep?.points.map(({ value }) => value).toSorted(), [...islands]);
    await assert.rejects(asked(predictor, data, { sweep: 'incomes' }), refused('column-unknown'));
  });

  it('finds flips that hold when they are applied', async () => {
    const { predictor, data } = binary;
    const { flips, after } = await asked(predictor, data, { flips: true });
    assert.ok(flips && flips.found.length > 0);
    for (const { edits, predicted } of flips.found) {
      const changes = Object.fromEntries(edits.map(({ column, to }) => [column, to]));
      const applied = await asked(predictor, data, { changes });
      assert.equal(applied.after.label, predicted);
      assert.notEqual(applied.after.label, after.label);
    }
  });

  it('reads cells as their columns ask for, and says what it cannot read', () => {
    const base = takeRows(
      tableOf([
        numbers('size', [1]),
        { kind: 'numeric', name: 'seen', type: 'date', values: Float64Array.of(0) },
        categories('island', [0], islands),
        { kind: 'coded', name: 'flag', type: 'boolean', codes: Int32Array.of(0), levels: ['true', 'false'] },
        { kind: 'coded', name: 'photo', type: 'image', codes: Int32Array.of(0), levels: ['a.png'] },
      ]),
      [0],
    );
    const { info } = datasetOf(base, { kind: 'values', values: Float64Array.of(1) }, 'regression');
    const read = (changes: Parameters<typeof editedRow>[1]) =>
      Object.fromEntries(editedRow(base, changes, info).edits.map(({ column, to }) => [column, to]));
    assert.deepEqual(read({ size: '2.5', seen: '2024-05-17', island: 'Dream', flag: 'FALSE' }), {
      size: 2.5,
      seen: '2024-05-17',
      island: 'Dream',
      flag: 'false',
    });
    assert.deepEqual(read({ size: '', seen: null, island: null }), { size: null, seen: null, island: null });
    assert.deepEqual(read({ island: 'Elsewhere' }), { island: 'Elsewhere' });
    assert.deepEqual(read({ seen: '2024-05-17T08:30' }), { seen: '2024-05-17T08:30:00.000Z' });
    const { edits, notes } = editedRow(base, { size: 1 }, info);
    assert.deepEqual([edits.length, notes], [0, ['"size" is 1 already.']]);
    for (const value of ['big', 'Infinity', ' ', true])
      assert.throws(() => read({ size: value }), refused('cell-value'), String(value));
    for (const value of ['2024-02-31', '17.05.2024', 12])
      assert.throws(() => read({ seen: value }), refused('cell-value'), String(value));
    assert.throws(() => read({ photo: 'b.png' }), refused('column-fixed'));
    assert.throws(
      () => read({ sise: 1 }),
      (error: unknown) => refused('column-unknown')(error) && /"size"/.test(String((error as UserError).advice)),
    );
    assert.throws(
      () => read({ outcome: 1 }),
      (error: unknown) => refused('column-unknown')(error) && /what is predicted/.test((error as Error).message),
    );
  });

  it('says where a row is outside of the data, and where it was so before', () => {
    const train = tableOf([
      numbers(
        'age',
        Array.from({ length: 60 }, (_, i) => 20 + i),
        'integer',
      ),
      categories(
        'island',
        Array.from({ length: 60 }, (_, i) => i % 2),
        islands,
      ),
      numbers(
        'debt',
        Array.from({ length: 60 }, (_, i) => (i === 0 ? Number.NaN : i)),
      ),
    ]);
    const { info } = datasetOf(train, { kind: 'values', values: new Float64Array(60) }, 'regression');
    const reasons = (changes: Parameters<typeof editedRow>[1], row = 30) => {
      const { rows } = editedRow(takeRows(train, [row]), changes, info);
      const { cells, isFar } = outsideOf(rows, train, 1);
      return {
        isFar,
        told: cells.map(({ column, reason, close, edited }) => `${column} ${reason} ${close ?? ''} ${edited}`),
      };
    };
    assert.deepEqual(reasons({}), { isFar: false, told: [] });
    assert.deepEqual(reasons({ age: 140, island: 'Torgersen' }), {
      isFar: true,
      told: ['age above  true', 'island unseen level  true'],
    });
    assert.deepEqual(reasons({ age: 12 }).told, ['age below  true']);
    assert.deepEqual(reasons({ age: 30.5, island: 'Bisco' }).told, [
      'age not whole  true',
      'island unseen level Biscoe true',
    ]);
    assert.deepEqual(reasons({ age: null, debt: null }).told, ['age never missing  true']);
  });

  it('says so where everything is missing, and goes on', async () => {
    const { predictor, data } = fixtureOf('missing values');
    const changes = Object.fromEntries(data.train.features.columns.map(({ name }) => [name, null]));
    const answer = await asked(predictor, data, { changes, explain: 'auto', flips: true, sweep: 'income', form: true });
    assert.match(answer.notes.join(), /Every value of the edited row is missing/);
    assert.ok(answer.flips?.none);
    assert.ok(whatIfWords({ ...answer, model: 'a model', form: undefined }).includes('a model'));
  });

  it('refuses a row that is not there, a technique that does not suit, and a model that answers NaN', async () => {
    const { predictor, data } = binary;
    await assert.rejects(asked(predictor, data, { row: 1e6 }), RangeError);
    for (const explain of ['tree-shap', 'additive-terms'] as const)
      await assert.rejects(asked(predictor, data, { explain }), refused('technique-model'));
    const broken: Predictor = {
      ...predictor,
      predict: async (rows) => ({
        kind: 'probabilities',
        classCount: 2,
        values: new Float64Array(2 * rows.rowCount).fill(Number.NaN),
      }),
    };
    await assert.rejects(asked(broken, data, {}), /NaN/);
  });

  it('tells a constant prediction, and one column alone', async () => {
    const constant: Predictor = {
      task: 'regression',
      predict: async (rows) => ({ kind: 'values', values: new Float64Array(rows.rowCount).fill(7) }),
    };
    const { data } = fixtureOf('single column');
    const answer = await asked(constant, data, {
      changes: { income: 3 },
      explain: 'auto',
      flips: true,
      sweep: 'income',
    });
    assert.deepEqual([answer.before.label, answer.after.label], [7, 7]);
    assert.ok(answer.explanation?.terms.every(({ after }) => after === 0));
    assert.ok(answer.flips?.none);
  });

  it('asks for 2,000 columns by a form, and explains the strongest of them in time', async () => {
    const rows = 40;
    const wide = tableOf(
      Array.from({ length: 2000 }, (_, c) =>
        numbers(
          `g${c}`,
          Array.from({ length: rows }, (_, i) => ((i * 7 + c) % 11) / 10),
        ),
      ),
    );
    const part = datasetOf(wide, { kind: 'values', values: new Float64Array(rows) }, 'regression');
    const first = (table: Table) => columnNamed(table, 'g0');
    const model: Predictor = {
      task: 'regression',
      predict: async (table) => {
        const column = first(table);
        return {
          kind: 'values',
          values: column.kind === 'numeric' ? column.values.map((value) => 3 * value) : new Float64Array(),
        };
      },
    };
    const data: ExplainData = { train: part, evaluation: part, part: 'validation' };
    const answer = await asked(model, data, { changes: { g0: 2 }, explain: 'auto', form: true, seconds: 3 });
    assert.equal(answer.form?.length, 2000);
    assert.deepEqual(answer.form?.[5].range, { low: 0, high: 1 });
    assert.deepEqual(answer.explanation?.terms[0].columns, ['g0']);
    assert.ok(answer.explanation!.terms.length <= 100);
  });
});
