import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import { type Column, type Table, takeRows } from '../../../../src/engine/data/table.ts';
import { onnx } from '../../../../src/engine/learners/onnx.ts';
import { tree } from '../../../../src/engine/learners/tree.ts';
import { bundleFromJson, bundleToJson } from '../../../../src/engine/models/bundle.ts';
import type { Model } from '../../../../src/engine/models/model.ts';
import { findRuntime } from '../../../../src/engine/models/onnx/onnx-runtime.ts';
import { onnxOf } from '../../../../src/engine/run/onnx-of.ts';
import { loadModel } from '../../../../src/engine/run/saved-model.ts';
import { fitted } from '../../learners/conformance.ts';
import { coded, numeric, tableOf } from '../../learners/toy-data.ts';

const folder = join(import.meta.dirname, 'fixtures');
/** Made by make-fixtures.py: the rows, and what each model's own library predicts for them. */
const expected: {
  a: number[];
  b: number[];
  color: string[];
  three: string[];
  two: number[];
  value: number[];
  predictions: Record<string, number[]>;
} = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));

/** Made by make-torch-fixture.py. */
const torch: { predictions: number[] } = JSON.parse(readFileSync(join(folder, 'torch.json'), 'utf8'));
expected.predictions.torch = torch.predictions;

const a = numeric('a', expected.a);
const b = numeric('b', expected.b);
const color = coded('color', expected.color);

function data(target: 'three' | 'two' | 'value', columns: readonly Column[], classes?: readonly string[]): Dataset {
  const features = tableOf(columns);
  const names = classes ?? [...new Set(expected[target].map(String))].sort();
  const truth = expected[target].map((value) => names.indexOf(String(value)));
  const task = target === 'value' ? 'regression' : target === 'two' ? 'binary' : 'multiclass';
  return {
    info: {
      path: 'rows.csv',
      rowCount: features.rowCount,
      columns: [],
      target: target,
      task,
      ...(task !== 'regression' && { classes: names }),
      hash: 'rows',
      notes: [],
    },
    features,
    target:
      task === 'regression'
        ? { kind: 'values', values: Float64Array.from(expected.value) }
        : { kind: 'classes', codes: Int32Array.from(truth), classes: names },
    rowIds: Uint32Array.from(a.values.keys()),
    keys: { rowCount: features.rowCount, columns: [] },
  };
}

const open = (name: string, rows: Dataset): Promise<Model> =>
  fitted(onnx, rows, {}, { model: join(folder, `${name}.onnx`) });

function assertClose(found: Float64Array, wanted: readonly number[]): void {
  assert.equal(found.length, wanted.length);
  for (const [i, value] of found.entries())
    assert.ok(Math.abs(value - wanted[i]) < 1e-5, `number ${i} is ${value}, not ${wanted[i]}`);
}

const three = data('three', [a, b]);

describe('a model of another program', () => {
  const cases: readonly [name: string, rows: Dataset, words: RegExp][] = [
    ['sklearn-zipmap', three, /2 columns as one matrix, gives probabilities/],
    ['sklearn-matrix', three, /as one matrix/],
    ['sklearn-regression', data('value', [a, b]), /gives values/],
    ['sklearn-columns', data('two', [color, b, a]), /3 columns one by one/],
    ['lightgbm', data('two', [a, b]), /gives probabilities/],
    ['logits', three, /gives logits/],
    ['fixed-batch', three, /gives logits/],
    ['torch', three, /2 columns as one matrix, gives logits/],
    ['one-logit', data('two', [a, b]), /gives logits/],
  ];
  for (const [name, rows, words] of cases) {
    it(`predicts as its own library does: ${name}`, async () => {
      const model = await open(name, rows);
      assert.match(model.facts.words, words);
      assertClose((await model.predict(rows.features)).values, expected.predictions[name]);
    });
  }

  it('takes its columns by their names, in any order, and lets the others be', async () => {
    const model = await open('sklearn-matrix', three);
    const { values } = await model.predict(tableOf([coded('more', expected.color), b, a]));
    assertClose(values, expected.predictions['sklearn-matrix']);
  });

  it('is told which class is which by its labels, not by the order of the table', async () => {
    const order = ['middle', 'high', 'low'];
    const model = await open('sklearn-matrix', data('three', [a, b], order));
    const { values } = await model.predict(three.features);
    const own = ['high', 'low', 'middle'];
    const wanted = values.map(
      (_, i) => expected.predictions['sklearn-matrix'][Math.floor(i / 3) * 3 + own.indexOf(order[i % 3])],
    );
    assertClose(values, [...wanted]);
  });

  it('is a bundle like any other, which needs its file no more', async () => {
    const model = await open('sklearn-columns', data('two', [a, b, color]));
    const bundle = bundleFromJson(bundleToJson(model.save()), 'model.json');
    const again = await loadModel({ ...bundle, params: { model: '/gone.onnx' } }, 'model.json');
    const table: Table = takeRows(tableOf([a, b, color]), [3, 1]);
    assert.deepEqual((await again.predict(table)).values, (await model.predict(table)).values);
    await assert.rejects(onnxOf(bundle), { code: 'no-onnx' });
  });

  it('asks for no memory beyond bounds, whatever its bundle says', async () => {
    const bundle = (await open('fixed-batch', three)).save();
    const text = JSON.stringify(bundle.state).replace('"batch":8', '"batch":1099511627776');
    const model = await loadModel({ ...bundle, state: JSON.parse(text) }, 'model.json');
    await assert.rejects(model.predict(three.features), { code: 'onnx-model', message: /wants 1099511627776 rows/ });
  });

  it('may be what Vitrine itself has exported', async () => {
    const rows = data('two', [a, b, color]);
    const own = await fitted(tree, rows);
    const path = join(tmpdir(), `vitrine-own-${process.pid}.onnx`);
    writeFileSync(path, await onnxOf(own.save()));
    const model = await fitted(onnx, rows, {}, { model: path });
    rmSync(path);
    assertClose((await model.predict(rows.features)).values, [...(await own.predict(rows.features)).values]);
  });

  it('takes missing and unseen cells as they are', async () => {
    const model = await open('sklearn-columns', data('two', [a, b, color]));
    const { values } = await model.predict(tableOf([numeric('a', [1]), numeric('b', [0]), coded('color', ['green'])]));
    assert.ok(values.every(Number.isFinite));
  });
});

describe('a model that cannot be used says why', () => {
  const broken = join(tmpdir(), `vitrine-broken-${process.pid}.onnx`);
  const refused: readonly [name: string, rows: Dataset, message: RegExp][] = [
    ['unknown-operator', three, /onnxruntime cannot read the model: .*Clairvoyance/],
    ['open-columns', three, /the number of columns of the model's input "x" is not fixed \(n x m\)/],
    ['image', three, /has 4 axes \(n x 3 x 8 x 8\), a table has two/],
    [
      'two-outputs',
      data('value', [a, b]),
      /more than one of the model's outputs .* it has "y" \(float32, 60 x 1\), "z"/,
    ],
    [
      'logits',
      data('two', [a, b]),
      /none of the model's outputs can be the probabilities of 2 classes: it has "logits"/,
    ],
    ['logits', data('three', [a]), /takes 2 numbers a row and the table has 1 columns of numbers .*: "a"\./],
    ['sklearn-columns', data('two', [a, b]), /takes "color", and the table has no such column/],
    [
      'sklearn-columns',
      data('two', [coded('a', expected.color), b, color]),
      /takes numbers as "a", and the table has text/,
    ],
    [
      'sklearn-matrix',
      data('three', [a, b], ['x', 'y', 'z']),
      /predicts the class "\w+", which the target does not have/,
    ],
  ];
  for (const [name, rows, message] of refused) {
    it(`${name}: ${message.source.slice(0, 60)}`, async () => {
      await assert.rejects(open(name, rows), { name: 'UserError', message });
    });
  }

  it('where onnxruntime is not installed', async () => {
    await assert.rejects(findRuntime(['/nowhere']), {
      code: 'onnxruntime-missing',
      advice: /npm install onnxruntime-web/,
    });
  });

  it('a file that is none, is cut off, or is not there', async () => {
    const read = () => fitted(onnx, three, {}, { model: broken });
    writeFileSync(broken, 'not a model at all, but text of some length');
    await assert.rejects(read(), { code: 'onnx-model' });
    writeFileSync(broken, readFileSync(join(folder, 'lightgbm.onnx')).subarray(0, 900));
    await assert.rejects(read(), { code: 'onnx-model', message: /this is no ONNX model|onnxruntime cannot read/ });
    await assert.rejects(open('no-such', three), { code: 'onnx-missing-file' });
  });
});
