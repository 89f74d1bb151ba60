import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { NumericColumn, Table } from '../../../src/engine/data/table.ts';
import { forest } from '../../../src/engine/learners/forest.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import { prepared } from '../../../src/engine/preparation/prepared-learner.ts';
import { images } from '../../../src/engine/preparation/steps/images.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { place, png } from '../data/images/drawn-images.ts';
import { fitted } from '../learners/conformance.ts';
import { coded, dataset, parted, tableOf } from '../learners/toy-data.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-images-'));
});
after(() => rmSync(folder, { recursive: true }));

const learnt = (features: Table) => {
  const target = { kind: 'values', values: new Float64Array(features.rowCount) } as const;
  return images.learn({ features, target, need: 'native', random: createRandom(1) }, {});
};

test('an image becomes the brightness of its fields and its colours; a missing one is missing', () => {
  const red = place(
    join(folder, 'red.png'),
    png(16, 16, 3, (x, _y, k) => (k === 0 && x >= 8 ? 200 : 0)),
  );
  const broken = place(join(folder, 'broken.png'), 'x');
  const table = tableOf([coded('photo', [red, null, broken, join(folder, 'gone.png')], 'image')]);
  const step = learnt(table);
  assert.ok(step);
  assert.equal(step.words, '70 columns from images; 2 images cannot be decoded and count as missing');
  const { columns } = images.restore(JSON.parse(JSON.stringify(step.state))).apply(table);
  const values = Object.fromEntries(columns.map((column) => [column.name, [...(column as NumericColumn).values]]));
  assert.equal(values['photo (row 1, column 1)'][0], 0);
  assert.ok(Math.abs(values['photo (row 3, column 8)'][0] - (0.299 * 200) / 255) < 1e-9);
  assert.ok(Math.abs(values['photo (mean of red)'][0] - 100 / 255) < 1e-9);
  assert.ok(Math.abs(values['photo (deviation of red)'][0] - 100 / 255) < 1e-9);
  for (const cells of Object.values(values)) assert.deepEqual(cells.slice(1), [Number.NaN, Number.NaN, Number.NaN]);
});

test('tables without images are left alone', () => assert.equal(learnt(tableOf([coded('a', ['b', 'c'])])), null));

test('a learner for tables learns from images', async () => {
  const random = createRandom(3);
  const truth = Array.from({ length: 80 }, () => random.integer(2));
  const paths = truth.map((kind, i) =>
    place(
      join(folder, `${i}.png`),
      png(12, 12, 1, (x, y) => (kind === (x < 6 === y < 6 ? 1 : 0) ? 160 : 60) + random.integer(60)),
    ),
  );
  const [train, test] = parted(dataset('binary', [coded('photo', paths, 'image')], truth, 2), 60);
  const model = await fitted(prepared(forest), train);
  const accuracy = metricValue('accuracy', await model.predict(test.features), test.target) as number;
  assert.ok(accuracy > 0.9, `${accuracy}`);
});
