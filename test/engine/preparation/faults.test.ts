import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Dataset, takeDataset } from '../../../src/engine/data/dataset.ts';
import type { CodedColumn, Table } from '../../../src/engine/data/table.ts';
import { knn } from '../../../src/engine/learners/knn.ts';
import { logistic } from '../../../src/engine/learners/linear/logistic.ts';
import { ridge } from '../../../src/engine/learners/linear/ridge.ts';
import { learnPreparation, preparationParameters } from '../../../src/engine/preparation/preparation.ts';
import { prepared } from '../../../src/engine/preparation/prepared-learner.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { Params } from '../../../src/shared/space.ts';
import { fitted } from '../learners/conformance.ts';
import { coded, dataset, numeric, parted } from '../learners/toy-data.ts';
import { rich, strange } from './rich-data.ts';

const everything: Params = {
  scaling: 'quantile',
  encoding: 'target',
  imputation: 'median',
  texts: 'tfidf',
  dates: 'parts',
};
/** The preparation of such data as it usually is, but for these parameters. */
const learnt = (data: Dataset, params: Params = {}) => {
  const initial = preparationParameters(data.info, 'dense').map((parameter) => [parameter.name, parameter.initial]);
  return learnPreparation(data, { ...Object.fromEntries(initial), ...params }, 'dense', new AbortController().signal);
};

async function assertPredicts(data: Dataset, rows: Table, params: Params): Promise<void> {
  for (const learner of data.info.task === 'regression' ? [ridge, knn] : [logistic, knn]) {
    const whole = prepared(learner);
    const known = [...whole.space(data.info).parameters, ...whole.optional!(data.info)].map(({ name }) => name);
    const own = Object.fromEntries(Object.entries(params).filter(([name]) => known.includes(name)));
    const model = await fitted(whole, data, {}, { ...whole.defaults(data.info), ...own });
    const { values } = await model.predict(rows);
    assert.ok(values.every(Number.isFinite), `${learner.name} predicts finite numbers`);
  }
}

describe('faults of data', () => {
  it('unseen levels, values far outside, empty texts', async () => {
    for (const task of ['binary', 'regression'] as const)
      for (const scaling of ['native', 'robust', 'power', 'quantile'])
        await assertPredicts(rich(task, { missing: 0.1 }), strange, { ...everything, scaling });
  });

  it('columns constant within a fold, and a class that is absent from it', async () => {
    const data = rich('multiclass');
    assert.ok(data.target.kind === 'classes');
    const { codes } = data.target;
    const fold = [...codes.keys()].filter((row) => codes[row] !== 2).slice(0, 80);
    const part = takeDataset(data, fold);
    const constant: Table = {
      ...part.features,
      columns: part.features.columns.map((column) =>
        column.name === 'skewed' ? numeric('skewed', new Array(80).fill(3)) : column,
      ),
    };
    await assertPredicts({ ...part, features: constant }, data.features, everything);
  });

  it('all rows equal, and texts that are all empty', async () => {
    const equal = takeDataset(rich('binary'), new Array(60).fill(3));
    await assertPredicts(equal, rich('binary').features, everything);
    const empty = coded(
      'note',
      Array.from({ length: 40 }, (_, row) => ' '.repeat(row)),
      'text',
    );
    const data = dataset(
      'binary',
      [empty],
      Array.from({ length: 40 }, (_, row) => row % 2),
      2,
    );
    await assertPredicts(data, data.features, everything);
  });

  it('10,000 columns: repeated and constant ones go, the telling ones stay', () => {
    const rows = 60;
    const random = createRandom(2);
    const noise = () => Array.from({ length: rows }, () => random.normal());
    const truth = Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? 1 : 0));
    const columns = Array.from({ length: 10_000 }, (_, j) =>
      numeric(`c${j}`, j % 10 === 1 ? new Array(rows).fill(j) : noise()),
    );
    columns[7] = numeric(
      'c7',
      truth.map((value, row) => value * 5 + Math.sin(row)),
    );
    const data = dataset('binary', columns, truth, 2);
    const { train } = learnt(data)!;
    assert.ok(train.columns.length <= 1000, `${train.columns.length} columns are left`);
    assert.ok(train.columns.some(({ name }) => name === 'c7'));
    const few = learnt(data, { selected_share: 0.001 })!.train;
    assert.ok(few.columns.length < 12 && few.columns.some(({ name }) => name === 'c7'));
  });

  it('1,000,000 levels take bounded memory', () => {
    const rows = 1_000_000;
    const levels = Array.from({ length: rows }, (_, i) => `l${i}`);
    const codes = Int32Array.from({ length: rows }, (_, row) => (row % 10 === 0 ? row % 500 : row));
    const column: CodedColumn = { kind: 'coded', name: 'id', type: 'category', levels, codes };
    const data: Dataset = {
      ...dataset('binary', [numeric('x', [0])], [0], 2),
      features: { rowCount: rows, columns: [column] },
      target: {
        kind: 'classes',
        classes: ['a', 'b'],
        codes: codes.map((code) => (code < 500 && code % 20 === 0 ? 1 : 0)),
      },
    };
    const { preparation, train } = learnt(data, { encoding: 'target' })!;
    assert.ok(JSON.stringify(preparation.state).length < 8e6);
    const [encoded] = train.columns;
    assert.ok(encoded.kind === 'numeric' && encoded.values.every(Number.isFinite));
    // Level l20 is frequent and always 'b', l10 never, and one that none of the rows had is as the mean.
    const { columns } = preparation.apply({ rowCount: 3, columns: [coded('id', ['l20', 'l10', 'new'])] });
    assert.ok(columns[0].kind === 'numeric');
    const [always, never, unknown] = columns[0].values;
    assert.ok(always > 0.9 && never < 0.05 && unknown > never && unknown < always);
  });

  it('a column that held texts and holds none any more, or numbers', async () => {
    const model = await fitted(prepared(logistic), rich('binary'));
    const rows = parted(rich('binary'), 3)[0].features;
    const other = (column: Table['columns'][number]): Table => ({
      ...rows,
      columns: rows.columns.map((own) => (own.name === column.name ? column : own)),
    });
    const blank = numeric('note', [Number.NaN, Number.NaN, Number.NaN]);
    assert.equal((await model.predict(other(blank))).values.length, 6);
    await assert.rejects(model.predict(other(numeric('note', [1, 2, 3]))), { code: 'column-kind' });
    await assert.rejects(model.predict(other(coded('when', ['x', 'y', 'z']))), { code: 'column-kind' });
  });
});
