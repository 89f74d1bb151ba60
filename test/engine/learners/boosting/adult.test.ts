import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { takeDataset } from '../../../../src/engine/data/dataset.ts';
import { loadDataset } from '../../../../src/engine/data/load-dataset.ts';
import { loadTestDataset } from '../../../../src/engine/data/load-test-dataset.ts';
import { splitValidation } from '../../../../src/engine/data/splits/split.ts';
import { boosting } from '../../../../src/engine/learners/boosting/boosting.ts';
import { metricValue } from '../../../../src/engine/metrics/measure.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { fitted } from '../conformance.ts';

const folder = fileURLToPath(new URL('../../../../../shared/data/tabular/adult/', import.meta.url));
const skip = existsSync(folder) ? false : 'the shared tables are not here';

test('on adult the defaults reach a test log loss of 0.290 (LightGBM 0.2859)', { skip }, async () => {
  const { signal } = new AbortController();
  const train = await loadDataset({ path: `${folder}train.csv.gz`, target: 'target' }, signal);
  const held = await loadTestDataset({ path: `${folder}test.csv.gz` }, train, signal);
  const [fold] = splitValidation(train, { holdout: 0.2 }, createRandom(1)).folds;
  const model = await fitted(boosting, takeDataset(train, fold.train), {
    validation: takeDataset(train, fold.validation),
  });
  const loss = metricValue('log_loss', await model.predict(held.features), held.target)!;
  assert.ok(loss <= 0.29, `${loss}`);
});
