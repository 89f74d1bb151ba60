import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import { ensembleOf } from '../../../../src/engine/ensembles/ensemble-model.ts';
import { cnn } from '../../../../src/engine/learners/cnn/cnn.ts';
import { learners } from '../../../../src/engine/learners/registry.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { onnxModelOf } from '../../../../src/engine/run/onnx-of.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { place, png, shape } from '../../data/images/drawn-images.ts';
import { fitted } from '../../learners/conformance.ts';
import { classesOf, coded, dataset, numeric, tableOf } from '../../learners/toy-data.ts';
import { assertSame } from './assert-same.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-onnx-pictures-'));
after(() => rmSync(folder, { recursive: true }));

const named = (wanted: string) => learners.find(({ name }) => name === wanted)!;
const random = createRandom(1);
let drawn = 0;
const draw = (content: Uint8Array) => place(join(folder, `${++drawn}.png`), content);
const noisy = (width: number, height: number) =>
  png(width, height, 3, (x, y, channel) => (x * 7 + y * 5 + channel * 40 + random.integer(60)) % 256);

/** Shapes of 20 x 20 pixels, one of which is missing, beside a number. */
function shapes(task: Task): Dataset {
  const truth = Array.from({ length: 24 }, (_, row) => row % (classesOf(task) || 3));
  const paths = truth.map((kind, row) =>
    row === 5 ? null : draw(shape(kind === 1 ? 'square' : 'circle', 20, random)),
  );
  const x = truth.map((kind) => kind + random.normal());
  return dataset(task, [coded('photo', paths, 'image'), numeric('x', x)], truth, classesOf(task));
}

/** Larger than what is kept in memory, upright, across, of one pixel, and missing. */
const strange = tableOf([
  coded(
    'photo',
    [
      [64, 64],
      [128, 96],
      [90, 200],
      [1, 1],
      [13, 40],
      [20, 20],
    ].map(([w, h]) => draw(noisy(w, h))),
    'image',
  ),
  numeric('x', [0, 1, 2, 3, Number.NaN, 5]),
]);
const blank = tableOf([coded('photo', [null, null], 'image'), numeric('x', [0, 1])]);
const small = { ...cnn.defaults({} as Dataset['info']), filters: 8, stages: 2, dropout: 0.2 };

describe('models of pictures predict in onnxruntime as they do here', () => {
  for (const task of ['binary', 'multiclass', 'regression'] as const) {
    it(`cnn, ${task}`, async () => {
      const data = shapes(task);
      const model = await fitted(cnn, data, { resource: 2 }, { ...small, size: 16 });
      for (const rows of [data.features, strange, blank]) await assertSame(model, rows);
    });
  }

  it('and say that they decode no files', async () => {
    const model = await fitted(cnn, shapes('binary'), { resource: 1 }, small);
    const { notes } = await onnxModelOf(model.save());
    assert.match(notes.join(), /^It does not decode image files\. It takes as "photo": Decoded, upright pictures/);
  });

  it('what is made of pictures for other learners, and an ensemble of both', async () => {
    const data = shapes('binary');
    const tree = await fitted(named('tree'), data);
    const logistic = await fitted(named('logistic'), data);
    for (const rows of [data.features, strange, blank]) await assertSame(tree, rows);
    await assertSame(logistic, strange);
    const network = await fitted(cnn, data, { resource: 2 }, small);
    const members = [network, tree, logistic].map((model, i) => ({ trial: i + 1, share: 1 / 3, models: [model] }));
    await assertSame(ensembleOf(members, { kind: 'mean', weights: [0.5, 0.3, 0.2] }), strange);
  });
});
