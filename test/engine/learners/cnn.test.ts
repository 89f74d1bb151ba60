import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { memory, tensor, tensor2d } from '@tensorflow/tfjs-core';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { encodeImages, fitImageEncoder, standardized } from '../../../src/engine/data/encoders/image-encoder.ts';
import { type Augmentation, augmented, mixedUp } from '../../../src/engine/learners/cnn/augmentation.ts';
import { cnn } from '../../../src/engine/learners/cnn/cnn.ts';
import { trainingWork, wholeTraining } from '../../../src/engine/learners/cnn/configuration.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import { startBackend } from '../../../src/engine/networks/backends/start-backend.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { UserError } from '../../../src/shared/faults.ts';
import type { Params } from '../../../src/shared/space.ts';
import { place, png, shape } from '../data/images/drawn-images.ts';
import { fitted } from './conformance.ts';
import { coded, dataset, numeric, parted, tableOf } from './toy-data.ts';

let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-cnn-'));
  await startBackend();
});
after(() => rmSync(folder, { recursive: true }));

const never = new AbortController().signal;
const quick: Params = { ...cnn.defaults({} as Dataset['info']), filters: 8, stages: 2, blocks: 0 };

/** Circles and squares, 16 x 16. */
function shapes(rows: number, seed: number): Dataset {
  const random = createRandom(seed);
  const truth = Array.from({ length: rows }, (_, row) => row % 2);
  const paths = truth.map((kind, row) =>
    place(join(folder, `${seed}`, `${row}.png`), shape(kind === 1 ? 'square' : 'circle', 16, random)),
  );
  return dataset('binary', [coded('photo', paths, 'image')], truth, 2);
}

test('circles and squares are told apart, wherever they are', async () => {
  const [train, validation] = parted(shapes(160, 1), 120);
  const model = await fitted(cnn, train, { validation }, { ...quick, shift: 0.15, learning_rate: 1e-2 });
  const fresh = shapes(60, 2);
  const accuracy = metricValue('accuracy', await model.predict(fresh.features), fresh.target) as number;
  assert.ok(accuracy > 0.8, `${accuracy}`);
  assert.equal(model.facts.words, '2 stages from 8 filters on, 16 x 16 pixels');
});

test('it says what it leaves alone and what it cannot decode', async () => {
  const { features, target } = shapes(12, 3);
  const [photo] = features.columns;
  const gone = {
    ...photo,
    levels: ['gone.png', ...(photo.kind === 'coded' ? photo.levels.slice(1) : [])],
  } as typeof photo;
  const truth = target.kind === 'classes' ? target.codes : target.values;
  const train = dataset('binary', [gone, numeric('x', truth)], truth, 2);
  const { facts } = await fitted(cnn, train, { resource: 1 }, quick);
  assert.match(facts.words, /16 pixels; 1 other column left alone; 1 image cannot be decoded and counts as missing$/);
});

test('without a column of images it says what it needs', async () => {
  const train = dataset('binary', [numeric('x', [1, 2, 3, 4])], [0, 1, 0, 1], 2);
  const isTold = (error: unknown) => error instanceof UserError && error.code === 'learner-columns';
  await assert.rejects(fitted(cnn, train), isTold);
});

test('it leaves no tensor, with every kind of augmentation', async () => {
  const train = shapes(12, 3);
  const before = memory().numTensors;
  const wild = { ...quick, flip: 'both', shift: 0.25, noise: 0.3, cutout: 0.5, mixup: 0.5 };
  const weights = Float64Array.from({ length: 12 }, (_, i) => (i % 2 ? 0.5 : 1.5));
  const model = await fitted(cnn, train, { resource: 2, weights }, wild);
  assert.ok((await model.predict(train.features)).values.every(Number.isFinite));
  assert.equal(memory().numTensors, before);
});

test('work grows with images, pixels and filters', () => {
  const { info } = shapes(12, 3);
  const work = (rowCount: number, params: Params) => trainingWork({ ...info, rowCount }, { ...quick, ...params });
  assert.ok(work(4000, {}) > work(1000, {}));
  assert.ok(work(1000, { size: 32 }) > 3 * work(1000, { size: 16 }));
  assert.ok(work(1000, { filters: 24 }) > work(1000, { filters: 8 }));
  assert.ok(wholeTraining(100) > wholeTraining(1e6) && wholeTraining(1e9) === 8);
});

describe('the encoder of images', () => {
  test('takes them as squares no larger than the largest, standardised by channel; missing ones are the mean', async () => {
    const paths = [20, 220].map((grey) =>
      place(
        join(folder, `${grey}.png`),
        png(10, 6, 1, () => grey),
      ),
    );
    const table = tableOf([coded('photo', [...paths, null, join(folder, 'gone.png')], 'image')]);
    const { state, encoded } = await fitImageEncoder(table, 32, never);
    assert.deepEqual([encoded.rows, encoded.side, encoded.channels], [4, 10, 3]);
    assert.deepEqual([state.means[0], state.deviations[0]], [120, 100]);
    const values = standardized(encoded, Uint32Array.of(0, 1, 2, 3), state);
    assert.deepEqual(
      [0, 1, 2, 3].map((row) => values[row * 300]),
      [-1, 1, 0, 0],
    );
    const again = await encodeImages(JSON.parse(JSON.stringify(state)), table);
    assert.deepEqual(again, encoded);
    assert.equal((await fitImageEncoder(table, 8, never)).encoded.side, 8);
  });

  test('puts several columns side by side, by name', async () => {
    const [dark, bright] = [0, 255].map((grey) =>
      place(
        join(folder, `x${grey}.png`),
        png(4, 4, 1, () => grey),
      ),
    );
    const table = tableOf([coded('b', [bright], 'image'), coded('a', [dark], 'image')]);
    const { state, encoded } = await fitImageEncoder(table, 32, never);
    assert.deepEqual(state.columns, ['a', 'b']);
    assert.deepEqual([...encoded.values.subarray(0, 6)], [0, 0, 0, 255, 255, 255]);
    await assert.rejects(encodeImages(state, tableOf([coded('a', [dark], 'image')])), RangeError);
  });

  test('stops when it is aborted', async () => {
    const path = place(
      join(folder, 'unseen.png'),
      png(4, 4, 1, () => 1),
    );
    const table = tableOf([coded('a', [path], 'image')]);
    await assert.rejects(fitImageEncoder(table, 8, AbortSignal.abort()), { name: 'AbortError' });
  });
});

describe('augmentation', () => {
  const size = { side: 3, channels: 1 };
  const picture = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const plain: Augmentation = { flip: 'none', shift: 0, noise: 0, cutout: 0 };
  const seen = (how: Partial<Augmentation>) =>
    new Set(
      Array.from({ length: 60 }, (_, i) => augmented(picture, size, { ...plain, ...how }, createRandom(i)).join('')),
    );

  test('nothing leaves pictures alone', () => assert.deepEqual([...seen({})], ['123456789']));
  test('flips', () => {
    assert.deepEqual([...seen({ flip: 'horizontal' })].sort(), ['123456789', '321654987']);
    assert.equal(seen({ flip: 'both' }).size, 4);
  });
  test('shifts', () => {
    const shifted = seen({ shift: 0.34 });
    assert.ok(shifted.has('123456789') && shifted.has('000123456') && shifted.has('230560890'));
    assert.equal(shifted.size, 9);
  });
  test('hides a square', () => {
    for (const each of seen({ cutout: 0.34 })) assert.equal([...each].filter((digit) => digit === '0').length, 1);
  });
  test('adds noise', () => {
    const noisy = augmented(
      new Float32Array(9000),
      { side: 30, channels: 10 },
      { ...plain, noise: 0.2 },
      createRandom(1),
    );
    const deviation = Math.sqrt(noisy.reduce((sum, value) => sum + value * value, 0) / noisy.length);
    assert.ok(Math.abs(deviation - 0.2) < 0.01, `${deviation}`);
  });
  test('mixes pictures and targets by one share', () => {
    const rows = {
      count: 2,
      batch: (chosen: Uint32Array) => ({
        x: tensor(Float32Array.from(chosen)),
        target: tensor2d(
          Float32Array.from(chosen, (row) => 10 * row),
          [chosen.length, 1],
        ),
      }),
    };
    const shares = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { x, target } = mixedUp(rows, 0.4, createRandom(seed)).batch(Uint32Array.of(0, 1));
      const [values, targets] = [x.dataSync(), target.dataSync()];
      assert.ok(values.every((value) => value >= 0 && value <= 1));
      assert.ok(values.every((value, i) => Math.abs(targets[i] - 10 * value) < 1e-5));
      shares.add(values[0]);
    }
    assert.ok(shares.size > 5);
    assert.equal(mixedUp(rows, 0, createRandom(1)), rows);
  });
});
