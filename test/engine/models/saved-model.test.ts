import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { record } from '../../../src/engine/data/table.ts';
import { loadModel } from '../../../src/engine/index.ts';
import { logistic } from '../../../src/engine/learners/linear/logistic.ts';
import { tree } from '../../../src/engine/learners/tree.ts';
import { bundleToJson, writeBundle } from '../../../src/engine/models/bundle.ts';
import type { Model, ModelBundle } from '../../../src/engine/models/model.ts';
import { fitted } from '../learners/conformance.ts';
import { toy } from '../learners/toy-data.ts';

const data = toy('binary', { rows: 120, missing: 0.1 });
const folder = mkdtempSync(join(tmpdir(), 'vitrine-model-'));

function written(bundle: ModelBundle, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, bundleToJson(bundle));
  return path;
}

describe('a saved model on its own', () => {
  let model: Model;
  before(async () => {
    model = await fitted(tree, data);
  });

  it('predicts records as the fitted model does its table, from a file and from a folder', async () => {
    const { values } = await model.predict(data.features);
    const rows = Array.from({ length: 30 }, (_, row) => record(data.features, row));
    await writeBundle(model.save(), join(folder, 'bundle'));
    for (const path of [written(model.save(), 'tree.json'), join(folder, 'bundle')]) {
      const saved = await loadModel(path);
      const found = await saved.predict(rows);
      assert.deepEqual(
        found.map(({ probabilities }) => probabilities?.['class 1']),
        rows.map((_, row) => values[2 * row + 1]),
      );
      saved.close();
    }
  });

  it('says which column is missing, and which value is no number', async () => {
    const saved = await loadModel(written(model.save(), 'tree.json'));
    const { count, ...rest } = record(data.features, 0);
    await assert.rejects(saved.predict([{ ...rest, counts: count }]), {
      code: 'column-missing',
      advice: 'Did you mean "counts"?',
    });
    await assert.rejects(saved.predict([{ ...rest, count: 'many' }]), {
      code: 'column-value',
      message: '"many" in column "count", row 1, is not a number.',
    });
    const [strange] = await saved.predict([{ ...rest, count: '3', color: 'violet', flag: true, x: null }]);
    assert.ok(typeof strange.prediction === 'string');
  });

  it('is refused where its learner is not known, and does not load one', async () => {
    const path = written({ ...model.save(), learner: './evil.js' }, 'unknown.json');
    await assert.rejects(loadModel(path), { code: 'unknown-learner', message: /"\.\/evil\.js"/ });
  });

  it('is refused where its content cannot be what the learner saved, however right its hash', async () => {
    const { arrays, ...rest } = model.save();
    const left = Int32Array.from(arrays.left, () => 0);
    const hostile: Record<string, ModelBundle> = {
      'a tree that goes round in circles': { ...rest, arrays: { ...arrays, left } },
      'an array of another kind': { ...rest, arrays: { ...arrays, feature: new Float64Array(3) } },
      'no arrays': { ...rest, arrays: {} },
      'no state': { ...rest, arrays, state: {} },
      'a preparation that is not known': {
        ...rest,
        arrays,
        state: { preparation: { version: 1, steps: [{ name: 'run' }] } },
      },
    };
    for (const [name, bundle] of Object.entries(hostile))
      await assert.rejects(loadModel(written(bundle, 'hostile.json')), { name: 'UserError' }, name);
  });

  it('is refused where arrays are too short for what it predicts', async () => {
    const linear = (await fitted(logistic, data)).save();
    const short = { ...linear, arrays: { weights: (linear.arrays.weights as Float64Array).slice(0, 2) } };
    const saved = await loadModel(written(short, 'short.json'));
    await assert.rejects(saved.predict([record(data.features, 0)]), { code: 'model-damaged' });
  });
});
