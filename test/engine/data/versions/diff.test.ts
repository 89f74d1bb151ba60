import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeNotes } from '../../../../src/engine/data/versions/change-notes.ts';
import { dataDiff } from '../../../../src/engine/data/versions/diff.ts';
import type { ColumnInfo, DatasetInfo } from '../../../../src/shared/dataset.ts';
import { dataDiffWords } from '../../../../src/shared/results/data-diff.ts';

const column = (name: string, facts: Partial<ColumnInfo> = {}): ColumnInfo => ({
  name,
  type: 'number',
  reason: '',
  role: 'feature',
  missing: 0,
  distinct: 9,
  ...facts,
});

const kinds = (counts: Record<string, number>) =>
  column('kind', {
    type: 'category',
    role: 'target',
    levels: Object.entries(counts).map(([level, count]) => ({ level, count })),
  });

const version = (hash: string, rowCount: number, columns: readonly ColumnInfo[], classes: string[]): DatasetInfo => ({
  path: 'data.csv',
  rowCount,
  columns,
  target: 'kind',
  task: 'multiclass',
  classes,
  hash,
  notes: [],
});

const first = version(
  'a',
  120,
  [column('x'), column('size', { type: 'integer' }), kinds({ b: 70, a: 50 })],
  ['a', 'b'],
);

test('the same hash is the same data', () => assert.equal(dataDiff(first, { ...first, path: 'moved.csv' }), null));

test('rows, columns, types, values and classes are told', () => {
  const columns = [column('x', { missing: 3 }), column('size'), column('age'), kinds({ b: 70, c: 40, a: 30 })];
  const diff = dataDiff(first, version('b', 140, columns, ['a', 'b', 'c']));
  assert.deepEqual(diff, {
    rows: { before: 120, after: 140 },
    added: ['age'],
    removed: [],
    retyped: [{ name: 'size', before: 'integer', after: 'number' }],
    changed: ['x', 'kind'],
    classes: [
      { name: 'c', before: 0, after: 40 },
      { name: 'a', before: 50, after: 30 },
    ],
  });
  assert.equal(
    diff && dataDiffWords(diff),
    'The data have changed since the last study: 20 rows more (120 to 140); the column "age" is new; "size" is read as number, was integer; other values in the columns "x" and "kind"; rows of "c" 0 to 40 and "a" 50 to 30.',
  );
});

test('columns that are gone, many of them, and changes that counts do not show', () => {
  const wide = version(
    'w',
    9,
    [...'abcdefg'].map((name) => column(name)),
    [],
  );
  const diff = dataDiff(wide, version('x', 8, [], []));
  assert.equal(
    diff && dataDiffWords(diff),
    'The data have changed since the last study: 1 row fewer (9 to 8); the columns "a", "b", "c", "d", "e" and 2 more are gone.',
  );
  const hidden = dataDiff(first, { ...first, hash: 'z' });
  assert.equal(
    hidden && dataDiffWords(hidden),
    'The data have changed since the last study: the order of rows or columns, or single values.',
  );
});

test('very many classes are not compared one by one', () => {
  const many = Array.from({ length: 60 }, (_, i) => `class ${i}`);
  assert.deepEqual(dataDiff(first, { ...first, hash: 'm', classes: many })?.classes, []);
});

test('the last study of other data is the one to compare with', () => {
  const second = { ...first, hash: 'b', rowCount: 130 };
  const studies = [{ data: { ...first, rowCount: 1 } }, { data: first }, { data: null }, { data: second }];
  assert.match(changeNotes(studies, second)[0], /10 rows more \(120 to 130\)/);
  assert.deepEqual(changeNotes([{ data: second }], second), []);
  assert.deepEqual(changeNotes([], second), []);
});
