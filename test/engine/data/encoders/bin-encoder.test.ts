import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  binCount,
  fitBinEncoder,
  fitBinEncoderPaced,
  otherLevelsBin,
  restoreBinEncoder,
} from '../../../../src/engine/data/encoders/bin-encoder.ts';
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

test('each value falls between the edges around it, however they are spread', () => {
  const random = createRandom(3);
  const spreads = [
    () => random.normal() * 10 ** random.integer(12),
    () => Math.exp(40 * random.normal()),
    () => (2 * random.uniform() - 1) * Number.MAX_VALUE,
    () => (random.uniform() < 0.9 ? 0 : random.normal() * 1e-300),
    () => random.integer(3) * 1e300 - 1e300,
  ];
  for (const draw of spreads) {
    const { encoder } = binsOf(Array.from({ length: 2000 }, draw), { minBinRows: 1 });
    const [column] = encoder.columns;
    assert.equal(column.kind, 'numeric');
    const { edges } = column as { edges: readonly number[] };
    const values = [...edges, ...Array.from({ length: 500 }, draw), -Number.MAX_VALUE, Number.MAX_VALUE, 0, 5e-324];
    const { bins } = encoder.encode(tableOf([numeric('a', values)]));
    values.forEach((value, i) => {
      assert.equal(bins[i], 1 + edges.filter((edge) => edge < value).length, `${value}`);
    });
  }
});

test('bins of many rows are learnt from a part of them, and a missing value anywhere is known', () => {
  const random = createRandom(4);
  const values = Array.from({ length: 450_000 }, () => random.uniform());
  values[449_999] = Number.NaN;
  const { encoder, bins } = binsOf(values, { maxBins: 20 });
  const counts = new Uint32Array(binCount(encoder.columns[0]));
  for (const bin of bins) counts[bin]++;
  assert.equal(counts[0], 1);
  assert.ok(
    counts.slice(1).every((count) => Math.abs(count - 22_500) < 1500),
    `${counts}`,
  );
  const constant = binsOf(Array.from(values, (value) => (Number.isNaN(value) ? value : 1)));
  assert.deepEqual(constant.encoder.columns, [{ kind: 'numeric', name: 'a', edges: [] }]);
});

test('a hundred thousand levels: the frequent ones keep a bin, the others share one', () => {
  const cells = Array.from({ length: 120_000 }, (_, i) => (i < 20_000 ? `often ${i % 50}` : `once ${i}`));
  const levels = [...new Set(cells)];
  const place = new Map(levels.map((level, i) => [level, i]));
  const codes = Int32Array.from(cells, (cell) => place.get(cell)!);
  const table = tableOf([{ kind: 'coded', name: 'c', type: 'category', levels, codes }]);
  const encoder = fitBinEncoder(table, { minLevelRows: 10 });
  assert.equal(binCount(encoder.columns[0]), 52);
  assert.equal(encoder.encode(table).bins.filter((bin) => bin === otherLevelsBin).length, 100_000);
});

test('with pauses the bins are the same, and a pause can end it', async () => {
  const random = createRandom(6);
  const table = tableOf([
    numeric(
      'a',
      Array.from({ length: 9000 }, () => random.normal()),
    ),
    coded(
      'b',
      Array.from({ length: 9000 }, (_, i) => `level ${i % 7}`),
    ),
  ]);
  let pauses = 0;
  const pause = async () => {
    pauses++;
  };
  const paced = await fitBinEncoderPaced(table, {}, pause);
  const plain = fitBinEncoder(table);
  assert.deepEqual(paced.columns, plain.columns);
  assert.deepEqual(await paced.encodePaced(table, pause), plain.encode(table));
  assert.equal(pauses, 2 + 3);
  const stop = async () => {
    throw new Error('enough');
  };
  await assert.rejects(fitBinEncoderPaced(table, {}, stop), /enough/);
  await assert.rejects(plain.encodePaced(table, stop), /enough/);
});
