import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import { ensembleOf } from '../../../../src/engine/ensembles/ensemble-model.ts';
import { learners } from '../../../../src/engine/learners/registry.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { onnxModelOf, onnxOf } from '../../../../src/engine/run/onnx-of.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { fitted } from '../../learners/conformance.ts';
import { classesOf, coded, dataset, numeric, tableOf } from '../../learners/toy-data.ts';
import { assertSame } from './assert-same.ts';

const named = (wanted: string) => learners.find(({ name }) => name === wanted)!;
const words = [
  'Table',
  'chair',
  'rivière',
  'ÉCLAIR',
  'straße',
  'snake_case',
  'x1',
  '日本',
  'ОКНО',
  'e\u0301te',
  'I',
  'Iğdır',
  'ΟΔΟΣ',
];

/** Texts whose first word tells the target, with marks between the words. */
function texts(task: Task): Dataset {
  const random = createRandom(1);
  const truth = Array.from({ length: 60 }, (_, row) => row % (classesOf(task) || 3));
  const marks = [' ', ', ', '. ', '-', '\n', ' 😀 ', '—'];
  const note = truth.map((kind, row) => {
    const own = Array.from({ length: 3 + random.integer(9) }, () => words[random.integer(words.length)]);
    const text = [['good', 'bad', 'middling'][kind], ...own].reduce((a, b) => a + marks[random.integer(7)] + b);
    return row === 7 ? null : text;
  });
  const title = truth.map((_, row) => `Item ${row} ${words[row % 5]}`);
  const x = truth.map((kind) => kind + random.normal());
  return dataset(
    task,
    [coded('title', title, 'text'), coded('note', note, 'text'), numeric('x', x)],
    truth,
    classesOf(task),
  );
}

const strangeNotes = [
  null,
  '',
  ' \t\n',
  'GOOD, Good; gOOD!',
  'Nothing known whatever',
  'İstanbul TABLE RIVIÈRE Éclair',
  'ΟΔΟΣ. Οδος ΟΔΟσ ΣΟΦΟΣ',
  '😀😀 x1x1 日本日本',
  'word '.repeat(300),
];
const strange = tableOf([
  coded(
    'title',
    strangeNotes.map((text) => text && `${text} item`),
    'text',
  ),
  coded('note', strangeNotes, 'text'),
  numeric(
    'x',
    strangeNotes.map((_, row) => row),
  ),
]);
const empty = tableOf([coded('title', ['', null], 'text'), coded('note', [null, ''], 'text'), numeric('x', [0, 1])]);

async function assertAll(learner: string, task: Task, params: Params, resource?: number): Promise<void> {
  const data = texts(task);
  const all = { ...named(learner).defaults(data.info), ...params };
  const model = await fitted(named(learner), data, resource === undefined ? {} : { resource }, all);
  for (const rows of [data.features, strange, empty]) await assertSame(model, rows);
}

describe('models of texts predict in onnxruntime as they do here', () => {
  for (const task of ['binary', 'multiclass', 'regression'] as const)
    it(`text_cnn, ${task}`, () =>
      assertAll('text_cnn', task, { length: 16, embedding: 8, filters: 16, widths: '2-4' }, 3));
  for (const way of ['tfidf', 'topics', 'ignored'])
    it(`words as ${way}`, () => assertAll('logistic', 'binary', { texts: way }));
  it('trees of words', () => assertAll('tree', 'multiclass', { texts: 'tfidf' }));

  it('and ensembles of both', async () => {
    const data = texts('binary');
    const own = await fitted(named('text_cnn'), data, { resource: 2 });
    const other = await fitted(named('residual_mlp'), data, { resource: 2 });
    const members = [own, other].map((model, i) => ({ trial: i + 1, share: 0.5, models: [model] }));
    await assertSame(ensembleOf(members, { kind: 'mean', weights: [0.5, 0.5] }), strange);
  });

  it('and say what they need', async () => {
    const { notes } = await onnxModelOf((await fitted(named('tree'), texts('binary'))).save());
    assert.match(notes.join(), /onnxruntime has \(Tokenizer\)/);
  });

  it('hashed words cannot be written, and what can is said', async () => {
    const data = texts('binary');
    const params = { ...named('tree').defaults(data.info), texts: 'hashing' };
    const model = await fitted(named('tree'), data, {}, params);
    await assert.rejects(onnxOf(model.save()), {
      code: 'no-onnx',
      message: /hashing makes of the words of "note"/,
      advice: /texts: tfidf/,
    });
  });
});
