import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawInputGradient } from '../../../../src/engine/data/encoders/input-gradient.ts';
import { fitMatrixEncoder, restoreMatrixEncoder } from '../../../../src/engine/data/encoders/matrix-encoder.ts';
import type { CodedColumn, NumericColumn, Table } from '../../../../src/engine/data/table.ts';
import { UserError } from '../../../../src/shared/faults.ts';

const number = (name: string, values: number[]): NumericColumn => ({
  kind: 'numeric',
  name,
  type: 'number',
  values: Float64Array.from(values),
});
const coded = (name: string, cells: (string | null)[], type: CodedColumn['type'] = 'category'): CodedColumn => {
  const levels = [...new Set(cells.filter((cell) => cell !== null))];
  return {
    kind: 'coded',
    name,
    type,
    levels,
    codes: Int32Array.from(cells, (c) => (c === null ? -1 : levels.indexOf(c))),
  };
};
const table = (...columns: (NumericColumn | CodedColumn)[]): Table => ({
  rowCount: columns[0].kind === 'numeric' ? columns[0].values.length : columns[0].codes.length,
  columns,
});
const rowsOf = (matrix: { columns: number; values: Float32Array }) =>
  Array.from({ length: matrix.values.length / matrix.columns }, (_, i) => [
    ...matrix.values.subarray(i * matrix.columns, (i + 1) * matrix.columns),
  ]);

test('numbers: robust scale, median for missing, a flag only where missing was seen', () => {
  const encoder = fitMatrixEncoder(table(number('a', [0, 1, 2, 3, 4, Number.NaN]), number('b', [1, 2, 3, 4, 5, 6])));
  assert.deepEqual(
    encoder.outputs.map((o) => [o.column, o.kind]),
    [
      ['a', 'value'],
      ['a', 'missing'],
      ['b', 'value'],
    ],
  );
  const rows = rowsOf(encoder.encode(table(number('b', [3.5, 6]), number('a', [Number.NaN, 4]))));
  assert.deepEqual(rows, [
    [0, 1, 0],
    [1, 0, 1],
  ]);
});

test('standard scale has mean 0 and deviation 1', () => {
  const data = table(number('a', [1, 2, 3, 4, 10]));
  const values = fitMatrixEncoder(data, { scaling: 'standard' }).encode(data).values;
  assert.ok(Math.abs(values.reduce((a, b) => a + b)) < 1e-6);
  assert.ok(Math.abs(values.reduce((a, b) => a + b * b, 0) / 5 - 1) < 1e-6);
});

test('levels: one-hot by text whatever the coding, rare ones joined, unseen all zero, missing flagged', () => {
  const cells = ['x', 'x', 'x', 'y', 'y', 'p', 'q', null];
  const encoder = fitMatrixEncoder(table(coded('c', cells)), { minLevelRows: 2 });
  assert.deepEqual(
    encoder.outputs.map((o) => [o.kind, o.level]),
    [
      ['level', 'x'],
      ['level', 'y'],
      ['level', undefined],
      ['missing', undefined],
    ],
  );
  const rows = rowsOf(encoder.encode(table(coded('c', ['q', 'new', 'y', null, 'x', 'p']))));
  assert.deepEqual(rows, [
    [0, 0, 1, 0],
    [0, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
    [1, 0, 0, 0],
    [0, 0, 1, 0],
  ]);
});

test('constant columns and text with many levels are left out; constant with missing keeps its flag', () => {
  const words = Array.from({ length: 30 }, (_, i) => `word ${i}`);
  const data = table(
    number('constant', new Array(30).fill(5)),
    coded('one level', new Array(30).fill('a')),
    coded('text', words, 'text'),
    number('all missing', new Array(30).fill(Number.NaN)),
    number('flag', [Number.NaN, ...new Array(29).fill(2)]),
    coded(
      'few',
      words.map((_, i) => `${i % 3}`),
      'id',
    ),
  );
  const encoder = fitMatrixEncoder(data);
  const names = encoder.outputs.map((o) => `${o.column} ${o.kind} ${o.level ?? ''}`.trim());
  assert.deepEqual(names, ['few level 0', 'few level 1', 'few level 2', 'flag missing']);
});

test('extreme and infinite numbers stay finite', () => {
  const encoder = fitMatrixEncoder(table(number('a', [1, 2, 3, 1e308, -1e308])));
  const wild = encoder.encode(table(number('a', [Number.POSITIVE_INFINITY, -1e308, 1e308, Number.NaN]))).values;
  assert.ok(wild.every(Number.isFinite));
});

test('state survives JSON and encodes bit for bit the same', () => {
  const data = table(number('a', [0.1, 0.7, Number.NaN, 12]), coded('c', ['x', 'y', null, 'x']));
  for (const squash of [true, false]) {
    const encoder = fitMatrixEncoder(data, { squash });
    const again = restoreMatrixEncoder(JSON.parse(JSON.stringify(encoder.state)));
    assert.deepEqual(again.encode(data), encoder.encode(data));
    assert.deepEqual(again.outputs, encoder.outputs);
  }
});

test('an absent column is a RangeError, numbers for text a UserError, a blank column is missing', () => {
  const encoder = fitMatrixEncoder(table(number('a', [1, 2]), coded('c', ['x', 'y'])));
  assert.throws(() => encoder.encode(table(number('a', [1]))), RangeError);
  assert.throws(() => encoder.encode(table(number('a', [1]), number('c', [1]))), UserError);
  const blank = encoder.encode(table(coded('a', [null]), number('c', [Number.NaN])));
  assert.deepEqual([...blank.values], [0, 0, 0]);
});

test('the input gradient agrees with differences through the encoder', () => {
  const data = table(number('b', [1, 5, 2, 8]), coded('c', ['x', 'y', 'x', 'y']), number('a', [3, Number.NaN, 4, 9]));
  for (const squash of [true, false]) {
    const encoder = fitMatrixEncoder(data, { squash });
    const weights = encoder.outputs.map((_, j) => j + 1);
    const loss = (t: Table) =>
      rowsOf(encoder.encode(t)).map((row) => row.reduce((sum, v, j) => sum + weights[j] * v, 0));
    const encoded = encoder.encode(data);
    const ones = Float64Array.from(encoded.values, (_, i) => weights[i % encoded.columns]);
    const gradient = rawInputGradient(encoder, data, encoded, ones);
    assert.deepEqual(gradient.columns, ['b', 'a']);
    assert.equal(gradient.values[3], 0, 'missing');
    const h = 1e-2;
    const moved = (by: number) =>
      loss(table(number('b', [1 + by, 5, 2, 8]), data.columns[1] as CodedColumn, data.columns[2] as NumericColumn))[0];
    assert.ok(Math.abs((moved(h) - moved(-h)) / (2 * h) - gradient.values[0]) < 1e-3);
  }
});

test('more rare levels than can be remembered share a column with those that were never seen', () => {
  const cells = Array.from({ length: 24_000 }, (_, row) => (row % 2 === 0 ? 'often' : `once ${row}`));
  const encoder = fitMatrixEncoder(table(coded('c', cells)));
  assert.ok(JSON.stringify(encoder.state).length < 1000);
  const restored = restoreMatrixEncoder(JSON.parse(JSON.stringify(encoder.state)));
  const rows = rowsOf(restored.encode(table(coded('c', ['often', 'once 7', 'never', null]))));
  assert.deepEqual(rows, [
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 0],
  ]);
});
