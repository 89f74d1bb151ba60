import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binCount, fitBinEncoder, restoreBinEncoder } from '../../../../src/engine/data/encoders/bin-encoder.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { coded, numeric, tableOf } from '../../learners/toy-data.ts';

const binsOf = (values: number[], options = {}) => {
  const table = tableOf([numeric('a', values)]);
  const encoder = fitBinEncoder(table, options);
  return { encoder, bins: [...encoder.encode(table).bins] };
};

test('few values get a bin each, in order; missing gets bin 0', () => {
  const { bins } = binsOf([3, 1, Number.NaN, 2, 1, 3], { minBinRows: 1 });
  assert.deepEqual(bins, [3, 1, 0, 2, 1, 3]);
});

test('a bin waits for its least rows', () => {
  const { encoder } = binsOf([1, 2, 3, 4, 5, 6, 7], { minBinRows: 3 });
  assert.deepEqual(encoder.columns, [{ kind: 'numeric', name: 'a', edges: [3.5, 6.5] }]);
});

test('many values share bins of about equal size, frequent ones own theirs', () => {
  const random = createRandom(1);
  const values = Array.from({ length: 10_000 }, (_, i) => (i % 4 === 0 ? 0 : random.normal()));
  const { encoder, bins } = binsOf(values, { maxBins: 50 });
  const counts = new Uint32Array(binCount(encoder.columns[0]));
  for (const bin of bins) counts[bin]++;
  const used = [...counts].filter((count) => count > 0);
  assert.ok(used.length >= 45 && used.length <= 50, `${used.length} bins`);
  const sizes = used.sort((a, b) => b - a);
  assert.ok(sizes[0] >= 2500 && sizes[0] < 2700, `${sizes[0]} rows in the bin of the frequent value`);
  assert.ok(sizes[1] < 2 * (7500 / 49), `${sizes[1]} rows in the largest other bin`);
});

test('never more than 256 bins, order kept', () => {
  const random = createRandom(2);
  const values = Array.from({ length: 5000 }, () => random.normal() ** 3);
  const { encoder, bins } = binsOf(values);
  assert.ok(binCount(encoder.columns[0]) <= 256 && binCount(encoder.columns[0]) > 240);
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  for (let i = 1; i < order.length; i++) assert.ok(bins[order[i]] >= bins[order[i - 1]]);
});

test('neighbouring floating-point numbers are told apart', () => {
  const next = 1 + Number.EPSILON;
  assert.deepEqual(binsOf([1, next, 1, next], { minBinRows: 1 }).bins, [1, 2, 1, 2]);
});

test('levels by count, rare and unseen ones together, however they are coded', () => {
  const encoder = fitBinEncoder(tableOf([coded('c', ['b', 'a', 'a', 'b', 'b', 'rare', null])]), { minLevelRows: 2 });
  const again = restoreBinEncoder(JSON.parse(JSON.stringify(encoder.columns)));
  assert.deepEqual([...again.encode(tableOf([coded('c', ['new', 'rare', null, 'a', 'b'])])).bins], [1, 1, 0, 3, 2]);
});

test('columns of one bin are left out', () => {
  const table = tableOf([numeric('a', [1, 1, 1]), coded('b', ['x', 'x', 'x']), numeric('c', [1, Number.NaN, 1])]);
  assert.deepEqual(
    fitBinEncoder(table).columns.map(({ name }) => name),
    ['c'],
  );
});
