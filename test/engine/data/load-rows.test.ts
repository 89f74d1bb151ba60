import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadRows } from '../../../src/engine/data/load-rows.ts';
import { loadTestDataset } from '../../../src/engine/data/load-test-dataset.ts';
import { record } from '../../../src/engine/data/table.ts';
import { faultWords, type UserError } from '../../../src/shared/faults.ts';
import { dataFile, load, never, table } from './data-file.ts';

const schema = [
  { name: 'colour', type: 'category', levels: ['red', 'green'] },
  { name: 'size', type: 'integer' },
  { name: 'day', type: 'date' },
];

describe('rows to predict', () => {
  test('take the columns, types and codes of the model, in its order', async () => {
    const path = dataFile(
      'extra,size,colour,day\n1,5.5,green,2024-01-02\n2,NA,blue,\n3,7,,2024-01-04\n4,8,amber,2024-01-05\n',
    );
    const { rows } = await loadRows({ path }, { columns: schema }, never);
    assert.deepEqual(
      rows.columns.map(({ name, type }) => [name, type]),
      [
        ['colour', 'category'],
        ['size', 'integer'],
        ['day', 'date'],
      ],
    );
    const [colour] = rows.columns;
    assert.deepEqual(colour, {
      kind: 'coded',
      name: 'colour',
      type: 'category',
      levels: ['red', 'green', 'amber', 'blue'],
      codes: Int32Array.of(1, 3, -1, 2),
    });
    assert.deepEqual(record(rows, 1), { colour: 'blue', size: null, day: null });
    assert.equal(record(rows, 0).size, 5.5);
  });

  test('a single row, and a column without any value, will do', async () => {
    const { rows } = await loadRows({ path: dataFile('colour,size,day\n,,\n4,,\n') }, { columns: schema }, never);
    assert.deepEqual(record(rows, 0), { colour: null, size: null, day: null });
    const { rows: one } = await loadRows(
      { path: dataFile('colour,size,day\nred,1,2024-01-01\n') },
      { columns: schema },
      never,
    );
    assert.equal(one.rowCount, 1);
  });

  test('digits stay what the model calls them', async () => {
    const path = dataFile('code\n2\n1\n');
    const { rows } = await loadRows(
      { path },
      { columns: [{ name: 'code', type: 'category', levels: ['1', '2', '3'] }] },
      never,
    );
    assert.deepEqual(rows.columns[0].kind === 'coded' && Array.from(rows.columns[0].codes), [1, 0]);
  });

  const notesOf = async (content: string) =>
    (await loadRows({ path: dataFile(content) }, { columns: schema }, never)).notes;

  test('columns that the model does not know, and levels that it has not seen, are said', async () => {
    assert.deepEqual(await notesOf('day,size,colour\n2024-01-01,1,red\n'), []);
    assert.deepEqual(await notesOf('colour,size,day,id\nblue,1,,1\nblue,2,,2\namber,3,,3\nred,4,,4\n'), [
      'A column is left alone, since the model does not know it: "id".',
      'In "colour", 3 rows have 2 levels that the model has not seen: "amber" and "blue".',
    ]);
    const path = dataFile('colour,size,day,price\nred,1,,3\n');
    assert.deepEqual((await loadRows({ path }, { columns: schema, target: 'price' }, never)).notes, []);
    const [many] = await notesOf('colour,size,day,a,b,c,d,e,f,g\nred,1,,1,2,3,4,5,6,7\n');
    assert.match(many, /^Columns are left alone, .* them: "a", "b", "c", "d", "e" and 2 more\.$/);
  });

  test('a level is known however its number or truth is spelled', async () => {
    const known = [
      { name: 'code', type: 'category', levels: ['1', '2.5', '007'] },
      { name: 'flag', type: 'boolean', levels: ['false', 'true'] },
    ];
    const path = dataFile('code,flag\n1.0,TRUE\n2.50,False\n007,true\n7,true\n');
    const { rows, notes } = await loadRows({ path }, { columns: known }, never);
    const codes = rows.columns.map((column) => column.kind === 'coded' && Array.from(column.codes));
    assert.deepEqual(codes, [
      [0, 1, 2, 3],
      [1, 0, 1, 1],
    ]);
    assert.deepEqual(notes, ['In "code", 1 row has a level that the model has not seen: "7".']);
  });

  const fault = (content: string) =>
    loadRows({ path: dataFile(content), shown: 'new.csv' }, { columns: schema }, never).then(
      () => assert.fail('accepted'),
      (error: UserError) => faultWords(error),
    );

  test('a missing column is named, with the one that may be meant', async () => {
    const words = await fault('color,size,day\nred,1,2024-01-01\n');
    assert.equal(
      words,
      'new.csv:1: a column of the training data is missing here: "colour". "color" may be meant for "colour": rename it.',
    );
    assert.match(
      await fault('size,when\n1,2\n'),
      /columns of the training data are missing here: "colour", "day"\. Add it/,
    );
  });

  test('a value of another type is named with its row', async () => {
    assert.match(
      await fault('colour,size,day\nred,1,2024-01-01\nred,big,2024-01-01\n'),
      /new.csv: "big" in column "size", row 2, is not a number\. Mend the value or leave the cell empty: .* training data/,
    );
    assert.match(await fault('colour,size,day\nred,1,someday\n'), /"someday" in column "day", row 1, is not a date/);
  });
});

describe('a test file', () => {
  const train = () =>
    load(
      table('x,c,id,y', 40, (i) => `${i / 3},${['u', 'v'][i % 2]},k${i},${['b', 'a', 'c'][i % 3]}`),
      { target: 'y' },
    );
  const test_ = async (content: string) =>
    loadTestDataset({ path: dataFile(content), shown: 'test.csv' }, await train(), never);

  test('speaks in the classes, levels and types of the training data', async () => {
    const data = await test_('y,c,x\nc,w,1\na,v,2\n,u,3\nc,,4\n');
    assert.deepEqual(data.target, { kind: 'classes', codes: Int32Array.of(2, 0, 2), classes: ['a', 'b', 'c'] });
    assert.deepEqual(
      data.features.columns.map(({ name }) => name),
      ['x', 'c'],
    );
    assert.deepEqual(record(data.features, 0), { x: 1, c: 'w' });
    assert.deepEqual(Array.from(data.rowIds), [0, 1, 3]);
    assert.equal(data.info.path, 'test.csv');
    assert.equal(data.info.rowCount, 3);
    assert.deepEqual(data.info.notes, ['1 of 4 rows are dropped, since "y" is missing there.']);
    assert.notEqual(data.info.hash, (await train()).info.hash);
  });

  test('a class, a column and a target that the training data does not know are named', async () => {
    await assert.rejects(test_('y,c,x\nc,u,1\nd,v,2\n'), {
      code: 'target-unknown-class',
      message: /class "d" in row 2 of "y"/,
    });
    await assert.rejects(test_('y,x\nc,1\n'), { code: 'column-missing', message: /"c"/ });
    await assert.rejects(test_('c,x\nu,1\n'), { code: 'column-missing', message: /"y"/ });
    await assert.rejects(test_('y,c,x\n,u,1\n'), { code: 'data-no-rows' });
  });

  test('numbers as classes and numbers as values', async () => {
    const classes = await load(
      table('x,y', 60, (i) => `${i},${i % 3}`),
      { target: 'y' },
    );
    const path = dataFile('x,y\n5,2\n6,0.0\n');
    assert.deepEqual((await loadTestDataset({ path }, classes, never)).target, {
      kind: 'classes',
      codes: Int32Array.of(2, 0),
      classes: ['0', '1', '2'],
    });
    const values = await load(
      table('x,y', 60, (i) => `${i},${i}`),
      { target: 'y' },
    );
    assert.deepEqual((await loadTestDataset({ path }, values, never)).target, {
      kind: 'values',
      values: Float64Array.of(2, 0),
    });
  });
});
