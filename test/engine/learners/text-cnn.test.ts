import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memory } from '@tensorflow/tfjs-core';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { encodeTokens, fitTokenEncoder, vocabularySize } from '../../../src/engine/data/encoders/token-encoder.ts';
import { trainingWork, wholeTraining } from '../../../src/engine/learners/text-cnn/configuration.ts';
import { textCnn } from '../../../src/engine/learners/text-cnn/text-cnn.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { fitted } from './conformance.ts';
import { coded, dataset, numeric, parted, tableOf } from './toy-data.ts';

const words = ['table', 'chair', 'river', 'cloud', 'engine', 'paper', 'window', 'garden', 'not'];

/** Reviews that are good where "good" stands without "not" before it: counts of words do not tell. */
function reviews(rows: number, seed: number): Dataset {
  const random = createRandom(seed);
  const truth = Array.from({ length: rows }, () => random.integer(2));
  const texts = truth.map((isGood) => {
    const text = Array.from({ length: 4 + random.integer(8) }, () => words[random.integer(words.length - 1)]);
    const [first, second] = isGood === 1 ? ['not bad', 'good'] : ['not good', 'bad'];
    const place = random.integer(text.length);
    return [...text.slice(0, place), first, ...text.slice(place), 'but', second].join(' ');
  });
  return dataset('binary', [coded('review', texts, 'text')], truth, 2);
}

test('what words mean beside each other is learnt', async () => {
  const [train, validation] = parted(reviews(260, 1), 200);
  const model = await fitted(textCnn, train, { validation });
  const fresh = reviews(100, 2);
  const accuracy = metricValue('accuracy', await model.predict(fresh.features), fresh.target) as number;
  assert.ok(accuracy > 0.9, `${accuracy}`);
  assert.match(model.facts.words, /^32 filters over 1-3 neighbours each, 1\d words$/);
});

test('it takes empty, missing and strange texts, and leaves no tensor', async () => {
  const train = reviews(20, 3);
  const before = memory().numTensors;
  const model = await fitted(textCnn, train, { resource: 2 });
  const strange = tableOf([coded('review', ['', null, '!!!', 'völlig neue Wörter', 'word '.repeat(5000)], 'text')]);
  const { values } = await model.predict(strange);
  assert.ok(values.every(Number.isFinite));
  assert.deepEqual(values.subarray(0, 2), values.subarray(2, 4));
  assert.equal(memory().numTensors, before);
  const empty = dataset('binary', [coded('review', ['', null, '', null], 'text')], [0, 1, 0, 1], 2);
  assert.ok((await (await fitted(textCnn, empty)).predict(strange)).values.every(Number.isFinite));
});

test('without a column of texts it says what it needs', async () => {
  const train = dataset('binary', [numeric('x', [1, 2, 3, 4])], [0, 1, 0, 1], 2);
  const isTold = (error: unknown) => error instanceof UserError && error.code === 'learner-columns';
  await assert.rejects(fitted(textCnn, train), isTold);
});

test('work grows with rows, words and filters', () => {
  const { info } = reviews(10, 1);
  const work = (rowCount: number, params: object) =>
    trainingWork({ ...info, rowCount }, { ...textCnn.defaults(info), ...params });
  assert.ok(work(4000, {}) > work(1000, {}));
  assert.ok(work(1000, { length: 200 }) > 1.9 * work(1000, { length: 100 }));
  assert.ok(work(1000, { filters: 64 }) > work(1000, { filters: 32 }));
  assert.ok(wholeTraining(100) > wholeTraining(1e6) && wholeTraining(1e9) === 5);
});

describe('the encoder of tokens', () => {
  const options = { mostWords: 3, mostLength: 4, leastLength: 2 };
  const table = tableOf([coded('t', ['The cat', 'the CAT sat', 'A dog, the dog; xx', null], 'text')]);

  test('knows the words of two rows and more, in lower case, the most frequent first', () => {
    const state = fitTokenEncoder(table, options);
    assert.deepEqual(state, { columns: ['t'], length: 4, words: ['the', 'cat'] });
    assert.equal(vocabularySize(state), 4);
    assert.deepEqual(
      [...encodeTokens(JSON.parse(JSON.stringify(state)), table).values],
      [...[2, 3, 0, 0], ...[2, 3, 1, 0], ...[1, 2, 1, 1], ...[0, 0, 0, 0]],
    );
  });

  test('puts several columns one after the other, by name', () => {
    const two = tableOf([coded('b', ['yes yes', 'yes'], 'text'), coded('a', ['no', 'no no'], 'text')]);
    const state = fitTokenEncoder(two, options);
    assert.deepEqual([...encodeTokens(state, two).values], [2, 0, 3, 3, 2, 2, 3, 0]);
    assert.throws(() => encodeTokens(state, tableOf([coded('a', ['no'], 'text')])), RangeError);
  });

  test('does not depend on the coding of texts', () => {
    const texts = ['one two', 'two three', 'three one'];
    const forth = fitTokenEncoder(tableOf([coded('t', texts, 'text')]), options);
    assert.deepEqual(fitTokenEncoder(tableOf([coded('t', texts.toReversed(), 'text')]), options), forth);
  });
});
