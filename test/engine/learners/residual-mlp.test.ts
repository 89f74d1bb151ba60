import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memory } from '@tensorflow/tfjs-core';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import type { FitContext } from '../../../src/engine/learners/learner.ts';
import { trainingWork, wholeTraining } from '../../../src/engine/learners/residual-mlp/configuration.ts';
import { codeCount, encodeLevels, fitEmbeddedColumns } from '../../../src/engine/learners/residual-mlp/level-codes.ts';
import { residualMlp } from '../../../src/engine/learners/residual-mlp/residual-mlp.ts';
import { fitRowEncoder, restoreRowEncoder } from '../../../src/engine/learners/residual-mlp/row-encoder.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { UserError } from '../../../src/shared/faults.ts';
import type { Params } from '../../../src/shared/space.ts';
import { coded, dataset, numeric, parted, tableOf, toy } from './toy-data.ts';

const quick: Params = { units: 32, members: 2 };

const fitted = (train: Dataset, params: Params = quick, context: Partial<FitContext> = {}) =>
  residualMlp.fit(
    { train, seed: 1, signal: new AbortController().signal, report: async () => 'continue', ...context },
    { ...residualMlp.defaults(train.info), ...params },
  );

/** What a wave says of a number, and a level of 30: neither a line nor a few flags could. */
function waves(rows: number, seed: number): Dataset {
  const random = createRandom(seed);
  const x = Array.from({ length: rows }, () => 1.5 * random.normal());
  const place = Array.from({ length: rows }, () => random.integer(30));
  const truth = x.map((value, i) => Math.sin(2 * value) + ((place[i] * 7) % 5));
  return dataset('regression', [numeric('x', x), coded('place', place.map(String))], truth);
}

test('waves of a number and many levels are learnt', async () => {
  const [train, validation] = parted(waves(1100, 1), 900);
  const model = await fitted(train, quick, { validation });
  const fresh = waves(300, 2);
  const rmse = metricValue('rmse', await model.predict(fresh.features), fresh.target) as number;
  // The target's deviation is 1.6, that of its wave 0.7.
  assert.ok(rmse < 0.5, `${rmse}`);
});

describe('levels', () => {
  const words = (count: number, rows: number) => Array.from({ length: rows }, (_, i) => `level ${i % count}`);

  test('few are one-hot, many are embedded, text never', () => {
    const table = tableOf([
      coded('few', words(9, 100)),
      coded('many', words(10, 100)),
      coded('words', words(50, 100), 'text'),
    ]);
    assert.deepEqual(
      fitEmbeddedColumns(table).map(({ name }) => name),
      ['many'],
    );
  });

  test('a rare level is like an unseen one, a missing one is not', () => {
    const cells = [...words(12, 120), 'rare', null];
    const [column] = fitEmbeddedColumns(tableOf([coded('place', cells)]));
    const codes = encodeLevels(column, tableOf([coded('place', ['rare', 'never seen', null, 'level 3'])]));
    assert.deepEqual([...codes.subarray(0, 3)], [0, 0, 1]);
    assert.ok(codes[3] >= 2 && codes[3] < codeCount(column));
  });

  test('a million of them make a small table', () => {
    const codes = Int32Array.from({ length: 1_000_000 }, (_, i) => i);
    const levels = Array.from(codes, (i) => `level ${i}`);
    const column = { kind: 'coded', name: 'place', type: 'category', codes, levels } as const;
    const [unique] = fitEmbeddedColumns({ rowCount: codes.length, columns: [column] });
    assert.equal(codeCount(unique), 1);
    const hundreds = { ...column, codes: codes.map((i) => Math.floor(i / 100)) };
    const [common] = fitEmbeddedColumns({ rowCount: codes.length, columns: [hundreds] });
    assert.equal(codeCount(common), 2001);
  });
});

test('rows are numbers, then flags, then codes, from any table and after JSON', () => {
  const cells = Array.from({ length: 60 }, (_, i) => `level ${i % 12}`);
  const table = tableOf([
    coded(
      'flag',
      cells.map((_, i) => (i % 2 ? 'yes' : 'no')),
    ),
    coded('place', cells),
    numeric(
      'x',
      cells.map((_, i) => i),
    ),
  ]);
  const encoder = fitRowEncoder(table);
  assert.deepEqual([encoder.numbers, encoder.embedded.length], [1, 1]);
  const rows = encoder.encode(table);
  assert.equal(rows.columns, 1 + encoder.flags + 1);
  assert.deepEqual(
    encoder.matrixPart(rows).values,
    encoder.matrix.encode({ ...table, columns: [table.columns[0], table.columns[2]] }).values,
  );
  assert.deepEqual(restoreRowEncoder(JSON.parse(JSON.stringify(encoder.state))).encode(table), rows);
});

describe('extremes', () => {
  for (const size of [1e300, 1e-300]) {
    test(`targets of ${size}`, async () => {
      const data = toy('regression', { rows: 120 });
      assert.ok(data.target.kind === 'values');
      const target = { kind: 'values', values: data.target.values.map((value) => value * size) } as const;
      const [train, validation] = parted({ ...data, target }, 90);
      const reported: number[] = [];
      const report = async (_: number, loss: number) => {
        reported.push(loss);
        return reported.length < 20 ? ('continue' as const) : ('prune' as const);
      };
      const model = await fitted(train, quick, { validation, report });
      const { values } = await model.predict(validation.features);
      assert.ok(values.every((value) => Math.abs(value) < 30 * size && Number.isFinite(value)));
      assert.ok(Math.min(...reported) < reported[0]);
    });
  }

  test('10,000 columns', async () => {
    const random = createRandom(1);
    const truth = Array.from({ length: 24 }, (_, row) => row % 2);
    const columns = Array.from({ length: 10_000 }, (_, j) =>
      numeric(
        `c${j}`,
        truth.map((y) => (j % 100 === 0 ? y : 0) + random.normal()),
      ),
    );
    const train = dataset('binary', columns, truth, 2);
    const model = await fitted(train, { units: 32, members: 1, number_embedding: 'none' }, { resource: 3 });
    assert.ok((await model.predict(train.features)).values.every(Number.isFinite));
  });

  test('the defaults leave wide data plain', () => {
    const info = toy('binary').info;
    const numericColumn = (i: number) =>
      ({ name: `c${i}`, type: 'number', reason: '', role: 'feature', missing: 0, distinct: 9 }) as const;
    const numbers = { minimum: 0, maximum: 1, mean: 0, standardDeviation: 1, quartiles: [0, 0, 1] } as const;
    const columns = Array.from({ length: 10_000 }, (_, i) => ({ ...numericColumn(i), numeric: numbers }));
    const { members, number_embedding } = residualMlp.defaults({ ...info, columns });
    assert.deepEqual([members, number_embedding], [1, 'none']);
  });
});

test('a rate that is far too large is said to diverge', async () => {
  const [train, validation] = parted(toy('regression'), 180);
  const isDiverged = (error: unknown) => error instanceof UserError && error.code === 'training-diverged';
  const wild = { ...quick, learning_rate: 1e30 };
  await assert.rejects(fitted(train, wild, { validation }), isDiverged);
  await assert.rejects(fitted(train, wild, { resource: 5 }), isDiverged);
});

test('work grows with rows, columns and members', () => {
  const info = toy('binary').info;
  const column = { name: 'x', type: 'number', reason: '', role: 'feature', missing: 0, distinct: 9 } as const;
  const work = (rowCount: number, columns: number, members: number) =>
    trainingWork(
      { ...info, rowCount, columns: Array.from({ length: columns }, () => column) },
      { ...residualMlp.defaults(info), members },
    );
  assert.ok(work(2000, 10, 8) > work(1000, 10, 8));
  assert.ok(work(1000, 20, 8) > work(1000, 10, 8));
  assert.equal(work(1000, 10, 8), 2 * work(1000, 10, 4));
  assert.ok(wholeTraining(100) > wholeTraining(1e6) && wholeTraining(1e9) >= 8);
});

test('it says what it is, and leaves no tensor', async () => {
  const train = toy('multiclass', { rows: 80 });
  await fitted(train, quick, { resource: 1 });
  const before = memory().numTensors;
  const model = await fitted(train, quick, { resource: 2 });
  await model.predict(train.features);
  assert.equal(memory().numTensors, before);
  assert.equal(model.facts.words, '2 members of 2 layers of 32, silu');
  const total = model.graph?.nodes.reduce((sum, { parameters }) => sum + parameters, 0);
  assert.equal(model.facts.parameters, total);
});
