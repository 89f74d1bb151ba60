import assert from 'node:assert/strict';
import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Dataset, takeDataset } from '../../../src/engine/data/dataset.ts';
import { readSnapshot, writeSnapshot } from '../../../src/engine/data/snapshot.ts';
import { splitTest } from '../../../src/engine/data/splits/split.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { folder, load, table } from './data-file.ts';

const mixed = (): Promise<Dataset> =>
  load(
    table('n,word,flag,day,text,who,at,y', 101, (i) =>
      [
        i % 9 ? i / 7 : '',
        i % 8 ? `größe ${i % 5} 🐧` : '',
        i % 2,
        `2024-01-${10 + (i % 9)}`,
        `a long text, the ${i}th of many, "here"`.replaceAll(/["]/g, '').replaceAll(',', ' '),
        `g${i % 11}`,
        i,
        i % 3 ? 'a' : 'b',
      ].join(','),
    ),
    { target: 'y', group: 'who', ignore: ['at'] },
  );

const bytes = (array: Float64Array | Int32Array | Uint32Array) =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);

test('a data set comes back bit for bit', async () => {
  for (const data of [
    await mixed(),
    await load('x,y\n1,1.5\n,2.5\n-0,1e-300\n', { target: 'y', task: 'regression' }),
  ]) {
    const path = join(folder, 'whole.snapshot');
    await writeSnapshot(data, path);
    const back = await readSnapshot(path);
    assert.deepEqual(back, data);
    for (const [i, column] of data.features.columns.entries()) {
      const other = back.features.columns[i];
      if (column.kind === 'numeric' && other.kind === 'numeric')
        assert.ok(bytes(column.values).equals(bytes(other.values)));
      if (column.kind === 'coded' && other.kind === 'coded') assert.ok(bytes(column.codes).equals(bytes(other.codes)));
    }
  }
});

test('a snapshot of the rows outside the test part holds no row of it', async () => {
  const data = await mixed();
  const { rest, test: held } = splitTest(data, 0.2, createRandom(1));
  const path = join(folder, 'rest.snapshot');
  await writeSnapshot(takeDataset(data, rest), path);
  const back = await readSnapshot(path);
  assert.deepEqual(Array.from(back.rowIds), Array.from(rest));
  assert.ok(!back.rowIds.some((row) => held.includes(row)));
});

test('a full disk is said, and the file that was there is kept', {
  skip: !existsSync('/dev/full') && 'needs /dev/full',
}, async () => {
  const path = join(folder, 'kept.snapshot');
  const data = await mixed();
  await writeFile(path, 'what was there');
  await assert.rejects(
    writeSnapshot(data, path, () => open('/dev/full', 'w')),
    { name: 'UserError', code: 'disk-full', place: { file: path } },
  );
  assert.equal(await readFile(path, 'utf8'), 'what was there');
});

test('nothing is left beside a snapshot that could not be written', async () => {
  const path = join(folder, 'failed.snapshot');
  const data = await mixed();
  const before = readdirSync(folder);
  await assert.rejects(
    writeSnapshot(data, path, async (fresh) => {
      await writeFile(fresh, 'begun');
      return open(fresh, 'r');
    }),
    { code: 'EBADF' },
  );
  assert.deepEqual(readdirSync(folder), before);
});

test('what is no snapshot, or a part of one, is refused', async () => {
  const path = join(folder, 'broken.snapshot');
  await writeFile(path, 'something else entirely');
  await assert.rejects(readSnapshot(path), /not a snapshot/);
  await writeSnapshot(await mixed(), path);
  truncateSync(path, 3000);
  await assert.rejects(readSnapshot(path), /cut short/);
});
