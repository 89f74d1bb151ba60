import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checksNamed, contextOf } from '../../../src/engine/checks/check-data.ts';
import type { CheckedData } from '../../../src/engine/checks/data-check.ts';
import { type Dataset, takeDataset } from '../../../src/engine/data/dataset.ts';
import type { Column } from '../../../src/engine/data/table.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { category, classesBy, dataset, numeric, parted, sound, soundTable, twoClasses } from './tables.ts';

const { signal } = new AbortController();

async function findings(name: string, data: CheckedData) {
  const [check] = checksNamed([name]);
  assert.equal(check.unsuited?.(data), undefined);
  return (await check.run(data, contextOf(1, signal))).findings;
}

const random = createRandom(11);
const rows = 400;
const { columns, score } = soundTable(rows);
const target = classesBy(score);
const withColumn = (column: Column) => parted(dataset([...columns, column], target));
/** The same rows with some standing where others did. */
const repeated = (data: Dataset, rowOf: (row: number) => number) =>
  takeDataset(
    data,
    Array.from(data.rowIds, (_, row) => rowOf(row)),
  );

describe('a data check finds what it is for', () => {
  it('target-leak: the target with a little noise is an error, a good column is none', async () => {
    const [found] = await findings(
      'target-leak',
      withColumn(
        numeric(
          'result',
          score.map((value) => value + 0.05 * random.normal()),
        ),
      ),
    );
    assert.equal(found.severity, 'error');
    assert.deepEqual(found.columns, ['result']);
    assert.ok(found.evidence.value >= 0.8 && found.evidence.interval!.high > found.evidence.value);
  });

  it('target-leak: of a number with a long tail too, by levels too', async () => {
    const values = Float64Array.from(score, (value) => Math.exp(3 * value));
    const tail = parted(
      dataset(
        [
          ...columns,
          numeric(
            'price',
            values.map((value) => 2 * value + 1),
          ),
        ],
        { kind: 'values', values },
      ),
    );
    assert.deepEqual(
      (await findings('target-leak', tail)).map(({ columns: about }) => about),
      [['price']],
    );
    const levels = category(
      'answer',
      score.map((value) => (value > 0 ? 1 : 0)),
      ['a', 'b'],
    );
    assert.deepEqual(
      (await findings('target-leak', withColumn(levels))).map(({ columns: about }) => about),
      [['answer']],
    );
  });

  it('missing-leak: gaps of one class, not gaps by chance', async () => {
    const gaps = (share: (row: number) => number) =>
      numeric(
        'test',
        score.map((value, row) => (random.uniform() < share(row) ? Number.NaN : value * 0 + random.normal())),
      );
    const [found] = await findings('missing-leak', withColumn(gaps((row) => (score[row] > 0 ? 0.6 : 0.1))));
    assert.deepEqual(found.columns, ['test']);
    assert.ok(found.evidence.p! < 0.01);
    assert.deepEqual(await findings('missing-leak', withColumn(gaps(() => 0.3))), []);
  });

  it('identifier: whole numbers that never repeat, a count of the rows, names; no measured number, no age', async () => {
    const order = Array.from(random.permutation(rows));
    const found = async (column: Column) => (await findings('identifier', withColumn(column))).length;
    assert.equal(await found(numeric('code', order, 'integer')), 1);
    assert.equal(
      await found(
        numeric(
          'at',
          score.map((_, row) => 0.5 * row),
        ),
      ),
      1,
    );
    assert.equal(
      await found(
        category(
          'name',
          order,
          order.map((i) => `n${i}`),
        ),
      ),
      1,
    );
    assert.equal(await found(numeric('length', score)), 0);
    assert.equal(
      await found(
        numeric(
          'age',
          score.map(() => random.integer(80)),
          'integer',
        ),
      ),
      0,
    );
    assert.equal(
      await found(
        numeric(
          'salary',
          order.map((i) => 1_000_003 * ((7 * i) % 401)),
          'integer',
        ),
      ),
      0,
    );
  });

  it('shared-rows and duplicates: copies, with the positions of the rows in the file', async () => {
    const data = parted(repeated(sound(rows), (row) => (row < 40 ? 40 + row : row)));
    const [copied] = await findings('duplicates', data);
    assert.equal(copied.severity, 'error');
    assert.ok(copied.rows!.count >= 30);
    const [shared] = await findings('shared-rows', {
      ...data,
      test: takeDataset(data.development, [...Array(10).keys()]),
    });
    assert.equal(shared.severity, 'error');
    assert.equal(shared.rows!.count, 10);
    assert.equal(shared.evidence.value, 1);
  });

  it('duplicates of a few categories are chance, and only noted', async () => {
    const few = ['a', 'b', 'c', 'd'].map((name) =>
      category(
        name,
        score.map(() => random.integer(3)),
        ['1', '2', '3'],
      ),
    );
    const [found] = await findings('duplicates', parted(dataset(few, target)));
    assert.equal(found.severity, 'note');
    assert.match(found.message, /chance/);
  });

  it('near-duplicates: copies moved by a thousandth, inside and across the parts', async () => {
    const base = sound(rows);
    const copied = repeated(base, (row) => (row >= 300 ? row - 300 : row));
    const moved = copied.features.columns.map(
      (column): Column =>
        column.kind === 'numeric'
          ? { ...column, values: column.values.map((value) => value + 1e-3 * random.normal()) }
          : column,
    );
    const all = await findings(
      'near-duplicates',
      parted({ ...copied, features: { ...copied.features, columns: moved } }),
    );
    assert.ok(all.some(({ rows: found }) => found!.part === 'development' && found!.count >= 80));
  });

  it('conflicting-labels: the same features, another class or a number far away', async () => {
    const base = repeated(sound(rows), (row) => (row < 40 ? 40 + row : row));
    if (base.target.kind !== 'classes') assert.fail('the target has classes');
    const codes = base.target.codes.map((code, row) => (row < 40 ? 1 - code : code));
    const data = parted({ ...base, target: { kind: 'classes', codes, classes: twoClasses } });
    const [found] = await findings('conflicting-labels', data);
    assert.equal(found.severity, 'warning');
    assert.ok(found.rows!.count >= 50);
  });

  it('label-errors: a tenth of the labels flipped, found with the flipped ones first', async () => {
    const codes = Int32Array.from(score, (value, row) => (value > 0 ? 1 : 0) ^ (row % 10 === 3 ? 1 : 0));
    const sure = dataset([...columns, numeric('z', score)], { kind: 'classes', codes, classes: twoClasses });
    const [found] = await findings('label-errors', { development: sure, test: null, testIsFile: false });
    const first = found.rows!.positions.slice(0, 20);
    assert.ok(first.filter((row) => row % 10 === 3).length >= 18, String(first));
    assert.ok(found.evidence.value > found.evidence.threshold);
  });

  it('drift: a shifted number, other shares of levels, more gaps in the test part', async () => {
    const inTest = (row: number) => row % 5 === 0;
    const found = async (column: Column) =>
      (await findings('drift', withColumn(column))).map(({ columns: about }) => about[0]);
    assert.deepEqual(
      await found(
        numeric(
          'later',
          score.map((_, row) => random.normal() + (inTest(row) ? 1 : 0)),
        ),
      ),
      ['later'],
    );
    assert.deepEqual(
      await found(
        category(
          'shop',
          score.map((_, row) => (inTest(row) && row % 2 === 0 ? 2 : random.integer(3))),
          ['a', 'b', 'c'],
        ),
      ),
      ['shop'],
    );
    assert.deepEqual(
      await found(
        numeric(
          'sensor',
          score.map((_, row) => (random.uniform() < (inTest(row) ? 0.6 : 0.1) ? Number.NaN : random.normal())),
        ),
      ),
      ['sensor'],
    );
  });

  it('adversarial: parts that differ in how two columns go together, of which neither drifts', async () => {
    const a = score.map(() => random.normal());
    const sign = (row: number) => (row % 5 === 0 ? -1 : 1);
    const pair = [
      numeric('a', a),
      numeric(
        'b',
        a.map((value, row) => sign(row) * value + 0.2 * random.normal()),
      ),
    ];
    const data = parted(dataset([...columns, ...pair], target));
    assert.deepEqual(await findings('drift', data), []);
    const [found] = await findings('adversarial', data);
    assert.ok(found.evidence.value > 0.3);
    assert.match(found.message, /by no column alone/);
  });

  it('order: rows sorted by a column, or in blocks of alike rows', async () => {
    const order = Array.from(score.keys()).sort((i, j) => score[i] - score[j]);
    const sorted = { ...takeDataset(sound(rows), order), rowIds: Uint32Array.from(score.keys()) };
    const [found] = await findings('order', parted(sorted));
    assert.equal(found.columns[0], 'outcome');
    assert.ok(found.evidence.p! < 0.005);
  });

  it('outliers: slips of a factor of a hundred, not a long tail', async () => {
    const slips = columns.map((column, j) =>
      column.kind === 'numeric' && j < 3
        ? { ...column, values: column.values.map((value, row) => (row % 80 === 1 ? 100 * (value + 1) : value)) }
        : column,
    );
    const [found] = await findings('outliers', parted(dataset(slips, target)));
    assert.deepEqual(
      [...found.rows!.positions].sort((a, b) => a - b),
      [1, 81, 161, 241, 321],
    );
    const tails = columns.map((column) =>
      column.kind === 'numeric' ? { ...column, values: column.values.map((value) => Math.exp(1.5 * value)) } : column,
    );
    assert.deepEqual(await findings('outliers', parted(dataset(tails, target))), []);
  });

  it('group-leak: five alike rows of each patient, unless rows are grouped', async () => {
    const members = repeated(sound(rows), (row) => row % 79);
    const moved = members.features.columns.map(
      (column): Column =>
        column.kind === 'numeric'
          ? { ...column, values: column.values.map((value) => value + 0.05 * random.normal()) }
          : column,
    );
    const patient = category(
      'patient',
      score.map((_, row) => row % 79),
      score.slice(0, 79).map((_, i) => `p${i}`),
    );
    const data = parted(dataset([...moved, patient], members.target));
    const [found] = await findings('group-leak', data);
    assert.deepEqual(found.remedies[0].edit, { how: 'set', key: ['data', 'group'], value: 'patient' });
    const grouped = parted(dataset(moved, members.target, [[patient, 'group']]));
    const [overlap] = await findings('group-leak', grouped);
    assert.match(overlap.message, /of a "patient" that the development part has rows of/);
  });

  it('time-leak: a target that hangs together along a date, and test rows that are not later', async () => {
    const order = Array.from(score.keys()).sort((i, j) => score[i] - score[j]);
    const day = new Float64Array(rows);
    for (const [place, row] of order.entries()) day[row] = 8.64e7 * place;
    const date = numeric('day', day, 'date');
    const [found] = await findings('time-leak', withColumn(date));
    assert.deepEqual(found.remedies[0].edit, { how: 'set', key: ['data', 'time'], value: 'day' });
    const [declared] = await findings('time-leak', parted(dataset(columns, target, [[date, 'time']])));
    assert.match(declared.message, /earlier than the last "day"/);
  });

  it('score-drop: a test part with the targets of other rows; little-to-learn: all targets of other rows, or one column', async () => {
    const { development, test } = parted(sound(1000));
    if (test?.target.kind !== 'classes') assert.fail('the test part has classes');
    const codes = test.target.codes.map((code) => 1 - code);
    const turned = { ...test, target: { ...test.target, codes } };
    const [drop] = await findings('score-drop', { development, test: turned, testIsFile: true });
    assert.ok(drop.evidence.value > 1 && drop.evidence.p! < 1e-6);
    const slipped = dataset(columns, classesBy([...score.slice(7), ...score.slice(0, 7)]));
    const [nothing] = await findings('little-to-learn', parted(slipped));
    assert.equal(nothing.severity, 'warning');
    const alone = parted(dataset([...columns, numeric('x', score)], target));
    const [rule] = await findings('little-to-learn', alone);
    assert.deepEqual([rule.severity, rule.columns], ['note', ['x']]);
  });

  it('small-test, imbalance, constant, missing, mixed-types, high-cardinality, skew: by their definitions', async () => {
    const about = async (name: string, data: CheckedData) => (await findings(name, data)).map(({ message }) => message);
    assert.match((await about('small-test', parted(sound(100))))[0], /20 rows: 90 % right there can be \d+ to \d+ %/);
    const rare = dataset(columns, {
      kind: 'classes',
      codes: Int32Array.from(score, (_, row) => (row % 50 === 1 ? 1 : 0)),
      classes: twoClasses,
    });
    assert.match((await about('imbalance', parted(rare)))[0], /"yes" \(8\)/);
    assert.match(
      (
        await about(
          'constant',
          withColumn(
            numeric(
              'c',
              score.map(() => 3),
            ),
          ),
        )
      )[0],
      /"c" has the same value/,
    );
    assert.match(
      (
        await about(
          'missing',
          withColumn(
            numeric(
              'm',
              score.map((v, row) => (row % 5 === 1 ? Number.NaN : v)),
            ),
          ),
        )
      )[0],
      /80 of 320 rows \(25 %\)/,
    );
    const words = category(
      'size',
      score.map((_, row) => (row % 40 === 1 ? 2 : row % 2)),
      ['1.5', '2', 'unknown'],
    );
    assert.match((await about('mixed-types', withColumn(words)))[0], /holds words in 10 of 320 rows .*"unknown"/);
    const many = category(
      'street',
      score.map((_, row) => row % 131),
      score.slice(0, 131).map((_, i) => `s${i}`),
    );
    assert.match((await about('high-cardinality', withColumn(many)))[0], /131 levels/);
    const far = numeric(
      'income',
      score.map((_, row) => (row === 7 ? 1e9 : random.normal())),
    );
    assert.equal(
      (await about('skew', parted(dataset([far], target)))).length,
      0,
      'one row in 320 gives a skewness of 18',
    );
  });
});
