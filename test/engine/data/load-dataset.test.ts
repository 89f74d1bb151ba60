import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadDataset } from '../../../src/engine/data/load-dataset.ts';
import { columnNamed, record } from '../../../src/engine/data/table.ts';
import type { DatasetInfo } from '../../../src/shared/dataset.ts';
import { dataFile, folder, load, never, table } from './data-file.ts';

const column = (info: DatasetInfo, name: string) => {
  const found = info.columns.find((candidate) => candidate.name === name);
  assert.ok(found, `no column ${name}`);
  return found;
};
const noteWith = (info: DatasetInfo, part: string) =>
  assert.ok(
    info.notes.some((note) => note.includes(part)),
    `no note with ${part} in ${JSON.stringify(info.notes)}`,
  );

describe('types of columns', () => {
  const cases: { name: string; type: string; reason: RegExp; value: (i: number) => string; role?: string }[] = [
    { name: 'weight', type: 'number', reason: /every value is a number/, value: (i) => `${i / 4 - 3}` },
    { name: 'exponent', type: 'number', reason: /number/, value: (i) => `${i}.5e-3` },
    { name: 'count', type: 'integer', reason: /whole number/, value: (i) => `${(i * 7) % 11}` },
    { name: 'pandas_count', type: 'integer', reason: /whole number/, value: (i) => `${(i * 7) % 11}.0` },
    { name: 'flag', type: 'boolean', reason: /only "0" and "1"/, value: (i) => `${i % 2}` },
    { name: 'answer', type: 'boolean', reason: /only "No" and "Yes"/, value: (i) => (i % 3 ? 'Yes' : 'No') },
    { name: 'zip', type: 'category', reason: /leading zeros/, value: (i) => `0${1000 + (i % 9)}` },
    { name: 'colour', type: 'category', reason: /3 different values/, value: (i) => ['red', 'green', 'blue'][i % 3] },
    { name: 'day', type: 'date', reason: /year-month-day/, value: (i) => `2024-02-${10 + (i % 18)}` },
    { name: 'moment', type: 'date', reason: /UTC where no zone/, value: (i) => `2024-02-10T0${i % 10}:00:00+02:00` },
    { name: 'german_day', type: 'date', reason: /day.month.year/, value: (i) => `${1 + (i % 28)}.3.2024` },
    { name: 'us_day', type: 'date', reason: /month\/day\/year/, value: (i) => `3/${1 + (i % 28)}/2024` },
    { name: 'code', type: 'id', reason: /every value is different/, value: (i) => `k${i}x`, role: 'ignored' },
    { name: 'customer_id', type: 'id', reason: /identifier/, value: (i) => `${1000 + i * 3}`, role: 'ignored' },
    { name: 'PassengerId', type: 'id', reason: /identifier/, value: (i) => `${i}`, role: 'ignored' },
    { name: 'humid', type: 'integer', reason: /whole/, value: (i) => `${i}` },
    { name: 'barcode', type: 'id', reason: /too large/, value: (i) => `9007199254740993${100 + i}`, role: 'ignored' },
    { name: 'review', type: 'text', reason: /different texts/, value: (i) => `the ${i}th visit was a rather long one` },
  ];
  for (const { name, type, reason, value, role } of cases) {
    test(`${name}: ${value(3)} is ${type}`, async () => {
      const { info } = await load(
        table(`${name},other,answer_given`, 40, (i) => `${value(i)},${i % 7},${i % 2 ? 'a' : 'b'}`),
        { target: 'answer_given' },
      );
      const found = column(info, name);
      assert.equal(found.type, type);
      assert.match(found.reason, reason);
      assert.equal(found.role, role ?? 'feature');
      if (role) noteWith(info, `"${name}"`);
    });
  }

  test('a type given in the file wins, and brings identifiers back', async () => {
    const text = table('id,grade,y', 30, (i) => `${i},${i % 3},${i % 2 ? 'a' : 'b'}`);
    const data = await load(text, { target: 'y', types: { grade: 'category', id: 'integer' } });
    assert.deepEqual(
      data.info.columns.map(({ type, reason, role }) => [type, reason, role]),
      [
        ['integer', 'given in the file', 'feature'],
        ['category', 'given in the file', 'feature'],
        ['category', '2 different values that are not numbers', 'target'],
      ],
    );
    const grade = columnNamed(data.features, 'grade');
    assert.deepEqual(grade.kind === 'coded' && grade.levels, ['0', '1', '2']);
  });

  test('day/month against month/day is not guessed', async () => {
    const { info } = await load(
      table('when,y', 24, (i) => `0${1 + (i % 9)}/0${1 + (i % 5)}/2024,${i % 2 ? 'a' : 'b'}`),
      { target: 'y' },
    );
    assert.equal(column(info, 'when').type, 'category');
    noteWith(info, 'could be day/month or month/day');
  });

  test('decimal commas are read and said; thousands are not guessed', async () => {
    const { info, features } = await load(
      table('a;b;y', 24, (i) => `${i},5;${i + 1},250;${i % 2 ? 'u' : 'v'}`),
      { target: 'y' },
    );
    assert.equal(column(info, 'a').type, 'number');
    assert.equal(record(features, 3).a, 3.5);
    assert.equal(column(info, 'b').type, 'category');
    noteWith(info, 'separated by semicolons');
    noteWith(info, 'Commas in "a" are read as decimal points');
    noteWith(info, '"b" is read as a category');
  });

  test('a few words among numbers make a category, and that is said', async () => {
    const { info } = await load(
      table('a,y', 60, (i) => `${i === 7 ? 'many' : i},${i % 2}`),
      { target: 'y' },
    );
    assert.equal(column(info, 'a').type, 'category');
    noteWith(info, 'all but 1 of its values are numbers');
  });
});

describe('values', () => {
  test('missing in every spelling, infinities, quotes, blanks around values', async () => {
    const rows = [
      '1,"x, ""y""",a',
      ' 2 , z ,b',
      'NA,?,a',
      'inf,None,b',
      '-Infinity,"two\nlines",a',
      '1e999,z,b',
      '-4.5e1,,a',
    ];
    const { features, info } = await load(`n,s,y\n${rows.join('\n')}\n`, { target: 'y' });
    const cells = Array.from({ length: 7 }, (_, row) => record(features, row));
    assert.deepEqual(
      cells.map(({ n }) => n),
      [1, 2, null, null, null, null, -45],
    );
    assert.deepEqual(
      cells.map(({ s }) => s),
      ['x, "y"', 'z', null, null, 'two\nlines', 'z', null],
    );
    noteWith(info, '"NA" is read as missing in "n" (1).');
    noteWith(info, 'Infinite numbers are read as missing in "n" (3).');
  });

  test('dates are milliseconds since 1970 in UTC', async () => {
    const { features } = await load('d,y\n2024-01-02,a\n2024-01-02 03:04:05.5,b\n2024-01-02T03:04:05+02:00,a\n', {
      target: 'y',
    });
    const dates = columnNamed(features, 'd');
    assert.ok(dates.kind === 'numeric');
    assert.deepEqual(Array.from(dates.values), [
      Date.UTC(2024, 0, 2),
      Date.UTC(2024, 0, 2, 3, 4, 5, 500),
      Date.UTC(2024, 0, 2, 1, 4, 5),
    ]);
  });

  test('a column is described by its range, spread and quartiles', async () => {
    const { info } = await load('x,c,y\n4,b,1.5\n1,a,2.5\n,b,3\n2,b,4\n3,,5\n', { target: 'y' });
    assert.deepEqual(column(info, 'x').numeric, {
      minimum: 1,
      maximum: 4,
      mean: 2.5,
      standardDeviation: Math.sqrt(5 / 3),
      quartiles: [1.75, 2.5, 3.25],
    });
    assert.equal(column(info, 'x').missing, 1);
    assert.deepEqual(column(info, 'c').levels, [
      { level: 'b', count: 3 },
      { level: 'a', count: 1 },
    ]);
    assert.equal(info.task, 'regression');
    assert.equal(info.classes, undefined);
  });

  test('rows without a target are dropped and said; positions stay those of the file', async () => {
    const data = await load('x,y\n1,a\n2,\n3,b\n4,a\n', { target: 'y' });
    assert.deepEqual(Array.from(data.rowIds), [0, 2, 3]);
    assert.deepEqual(data.target, { kind: 'classes', codes: Int32Array.of(0, 1, 0), classes: ['a', 'b'] });
    assert.equal(data.info.rowCount, 3);
    noteWith(data.info, '1 of 4 rows are dropped, since "y" is missing there.');
  });

  test('an empty column is ignored and said; group and time become keys', async () => {
    const text = table('x,empty,who,at,y', 24, (i) => `${i % 5},,p${i % 4},2024-01-${10 + (i % 9)},${i % 2}`);
    const { info, features, keys } = await load(text, { target: 'y', group: 'who', time: 'at', sensitive: ['x'] });
    assert.deepEqual(
      info.columns.map(({ role }) => role),
      ['feature', 'ignored', 'group', 'time', 'target'],
    );
    assert.deepEqual(
      features.columns.map(({ name }) => name),
      ['x'],
    );
    assert.deepEqual(
      keys.columns.map(({ name }) => name),
      ['who', 'at'],
    );
    noteWith(info, 'Ignored, since every value is missing: "empty".');
  });
});

describe('targets and tasks', () => {
  const cases = [
    { values: (i: number) => ['no', 'yes'][i % 2], task: 'binary', classes: ['no', 'yes'] },
    { values: (i: number) => ['b', 'a', 'c'][i % 3], task: 'multiclass', classes: ['a', 'b', 'c'] },
    { values: (i: number) => [10, 9, 2][i % 3], task: 'multiclass', classes: ['2', '9', '10'] },
    { values: (i: number) => i % 30, task: 'regression', classes: undefined },
    { values: (i: number) => i / 3, task: 'regression', classes: undefined },
  ];
  for (const { values, task, classes } of cases) {
    test(`${values(0)}, ${values(1)}, ${values(2)}, ... is ${task}`, async () => {
      const { info } = await load(
        table('x,y', 60, (i) => `${i % 9},${values(i)}`),
        { target: 'y' },
      );
      assert.equal(info.task, task);
      assert.deepEqual(info.classes, classes);
    });
  }

  test('a task given in the file wins', async () => {
    const text = table('x,y', 60, (i) => `${i % 9},${i % 4}`);
    assert.equal((await load(text, { target: 'y' })).info.task, 'multiclass');
    const { info, target } = await load(text, { target: 'y', task: 'regression' });
    assert.equal(info.task, 'regression');
    assert.deepEqual(target.kind === 'values' && Array.from(target.values.slice(0, 5)), [0, 1, 2, 3, 0]);
  });
});

describe('formats', () => {
  const csv = table('n,i,s,flag,day,y', 50, (i) =>
    [
      i % 7 ? i / 8 : '',
      i % 6,
      i % 5 ? `s${i % 3}` : '',
      i % 2 === 0,
      `2024-01-${10 + (i % 9)}`,
      i % 3 ? 'a' : 'b',
    ].join(','),
  );

  test('one table has one hash and one meaning in every format', async () => {
    const path = dataFile(csv);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const write = async (name: string, options: string) => {
      const to = join(folder, name);
      await connection.run(`COPY (SELECT * FROM read_csv('${path}')) TO '${to}' (${options})`);
      return to;
    };
    const others = [
      await write('same.parquet', 'FORMAT parquet'),
      await write('same.json', 'FORMAT json, ARRAY true'),
      await write('same.jsonl', 'FORMAT json'),
      await write('same.tsv', "FORMAT csv, DELIMITER '\t'"),
      dataFile(gzipSync(csv), '.csv.gz'),
      dataFile(`\ufeff${csv.replaceAll('\n', '\r\n')}`),
    ];
    connection.closeSync();
    instance.closeSync();
    const expected = await loadDataset({ path, target: 'y' }, never);
    assert.deepEqual(
      expected.info.columns.map(({ type }) => type),
      ['number', 'integer', 'category', 'boolean', 'date', 'category'],
    );
    for (const other of others) {
      const data = await loadDataset({ path: other, target: 'y' }, never);
      assert.deepEqual(data.features, expected.features, other);
      assert.equal(data.info.hash, expected.info.hash, other);
      assert.deepEqual(data.info.columns, expected.info.columns, other);
    }
  });

  test('the hash changes with a value, a name, a type and the order of rows', async () => {
    const text = 'x,z,y\n1,5,a\n2,6,b\n3,7,a\n';
    const hash = async (changed: string, types = {}) => (await load(changed, { target: 'y', types })).info.hash;
    const base = await hash(text);
    assert.match(base, /^[0-9a-f]{16}$/);
    assert.equal(await hash(text), base);
    const others = [
      await hash(text.replace('7', '8')),
      await hash(text.replace('x,', 'w,')),
      await hash(text, { x: 'number' }),
      await hash('x,z,y\n2,6,b\n1,5,a\n3,7,a\n'),
      await hash(text.replace('3,7,a', '3,7,b')),
    ];
    assert.equal(new Set([base, ...others]).size, 6);
  });

  test('nested values are left out and said', async () => {
    const { info } = await load(
      '[{"x":1,"n":{"q":1},"y":"a"},{"x":2,"n":{"q":2},"y":"b"},{"x":3,"y":"a"}]',
      { target: 'y' },
      '.json',
    );
    assert.deepEqual(
      info.columns.map(({ name }) => name),
      ['x', 'y'],
    );
    noteWith(info, '"n"');
  });

  test('a first line of values is still read as names, and that is said', async () => {
    const { info } = await load('5.1,3,setosa\n4.9,2,other\n4.7,4,setosa\n', { target: 'setosa' });
    assert.equal(info.rowCount, 2);
    noteWith(info, 'The first line is read as names, though "5.1" looks like a value');
  });

  test('names of files with quotes, spaces and brackets', async () => {
    const { info } = await load('x,y\n1,a\n2,b\n', { target: 'y' }, " it's [1]*.csv");
    assert.equal(info.rowCount, 2);
  });

  test('rows keep the order of a file read by several threads', async () => {
    const rows = 300_000;
    const { features } = await load(
      table('x,y', rows, (i) => `${i},${i % 2}`),
      { target: 'y', types: { x: 'integer' } },
    );
    const x = features.columns[0];
    assert.ok(x.kind === 'numeric');
    assert.ok(x.values.every((value, row) => value === row));
  });
});

describe('checks', () => {
  test('constants, sparse columns, repeated rows and a leak are noted', async () => {
    const { info } = await load(
      table(
        'same,sparse,leak,fine,y',
        40,
        (i) => `5,${i % 3 ? '' : i % 8},${i % 2 ? 'up' : 'down'},${i % 4},${i % 2 ? 'a' : 'b'}`,
      ),
      { target: 'y' },
    );
    noteWith(info, 'The same value in every row: "same".');
    noteWith(info, 'Missing in more than half of the rows: "sparse".');
    noteWith(info, 'Tells the target exactly, so it may not be known when a prediction is wanted: "leak".');
    noteWith(info, 'rows repeat an earlier row');
    assert.ok(!info.notes.some((note) => note.includes('"fine"')));
  });

  test('a target whose square overflows is noted with its row and what to do', async () => {
    const rows = (largest: string) => table('x,y', 40, (i) => `${i % 9},${i === 6 ? largest : i * 1.5}`);
    const { info } = await load(rows('-1e300'), { target: 'y', task: 'regression' });
    noteWith(info, 'The target is beyond 1e+150 in 1 row, first in row 7 (-1e+300): squares of such numbers overflow');
    const { info: usual } = await load(rows('1e100'), { target: 'y', task: 'regression' });
    assert.ok(!usual.notes.some((note) => note.includes('overflow')));
  });

  test('nothing is noted of a clean table', async () => {
    const { info } = await load(
      table('x,y', 40, (i) => `${i},${i % 3 ? 'a' : 'b'}`),
      { target: 'y' },
    );
    assert.deepEqual(info.notes, []);
  });
});

test('an abort ends loading with its reason', async () => {
  const path = dataFile(table('x,y', 200_000, (i) => `${i},${i % 2}`));
  const controller = new AbortController();
  const loading = loadDataset({ path, target: 'y' }, controller.signal);
  setImmediate(() => controller.abort(new Error('stopped by hand')));
  await assert.rejects(loading, /stopped by hand/);
});

test('100,000 rows x 20 columns load in a child with a heap of 96 MB', () => {
  const path = dataFile(
    table(Array.from({ length: 20 }, (_, i) => `c${i}`).join(','), 100_000, (i) =>
      Array.from({ length: 20 }, (_, j) =>
        j === 19 ? i % 3 : j > 14 ? `level ${(i * j) % 50}` : ((i * 31 + j * 17) % 9973) / 7,
      ).join(','),
    ),
  );
  const program = fileURLToPath(new URL('load-in-child.ts', import.meta.url));
  const facts = JSON.parse(
    execFileSync(process.execPath, ['--max-old-space-size=96', program, path, 'c19'], { encoding: 'utf8' }),
  );
  assert.equal(facts.rows, 100_000);
  assert.ok(facts.peakMegabytes < 1000, `${facts.peakMegabytes} MB`);
});

const adult = fileURLToPath(new URL('../../../../shared/data/tabular/adult/train.csv.gz', import.meta.url));
test('adult, as the benchmarks use it', { skip: !existsSync(adult) && 'needs ../shared' }, async () => {
  const { info } = await loadDataset({ path: adult, target: 'target' }, never);
  assert.equal(info.task, 'binary');
  assert.equal(info.rowCount, 14_000);
  assert.equal(column(info, 'age').type, 'integer');
  assert.deepEqual(info.classes, ['c0', 'c1']);
});

test('a table of many columns is read as narrow ones are, whatever the file', async () => {
  const kinds = [
    (i: number) => `${i / 4}`,
    (i: number) => (i === 3 ? 'NA' : `${i}`),
    (i: number) => ['red', 'green', 'blue'][i % 3],
    (i: number) => `2024-02-${10 + (i % 18)}`,
  ];
  const names = Array.from({ length: 450 }, (_, c) => `column ${c}`);
  const cell = (i: number, c: number) => kinds[c % kinds.length](i);
  const csv = table([...names, 'answer'].join(','), 40, (i) =>
    [...names.map((_, c) => cell(i, c)), i % 2 ? 'a' : 'b'].join(','),
  );
  const rows = Array.from({ length: 40 }, (_, i) => ({
    ...Object.fromEntries(names.map((name, c) => [name, cell(i, c)])),
    answer: i % 2 ? 'a' : 'b',
  }));
  const narrow = await load(
    table(
      'column 0,column 1,column 2,column 3,answer',
      40,
      (i) => `${kinds.map((kind) => kind(i))},${i % 2 ? 'a' : 'b'}`,
    ),
    { target: 'answer' },
  );
  for (const [content, ending] of [
    [csv, '.csv'],
    [JSON.stringify(rows), '.json'],
  ]) {
    const { features, info } = await load(content, { target: 'answer' }, ending);
    assert.equal(features.columns.length, 450);
    for (const [c, name] of names.entries()) {
      const like = `column ${c % kinds.length}`;
      assert.deepEqual({ ...column(info, name), name: like }, column(narrow.info, like));
      assert.deepEqual({ ...columnNamed(features, name), name: like }, columnNamed(narrow.features, like));
    }
  }
});
