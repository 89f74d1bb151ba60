import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inspectData } from '../../../../src/engine/data/inspect-data.ts';
import { loadDataset } from '../../../../src/engine/data/load-dataset.ts';
import { loadRows } from '../../../../src/engine/data/load-rows.ts';
import { loadTestDataset } from '../../../../src/engine/data/load-test-dataset.ts';
import { readSnapshot, writeSnapshot } from '../../../../src/engine/data/snapshot.ts';
import type { CodedColumn, Table } from '../../../../src/engine/data/table.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { UserError } from '../../../../src/shared/faults.ts';
import { drawShapes, place, png } from './drawn-images.ts';

const signal = new AbortController().signal;
let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-images-'));
  drawShapes(join(root, 'shapes'), 6, 8, createRandom(1));
});
after(() => rmSync(root, { recursive: true }));

const load = (path: string, target = 'class') => loadDataset({ path: join(root, path), target }, signal);
const images = ({ columns }: Table) => columns.find(({ type }) => type === 'image') as CodedColumn;

describe('a folder of folders', () => {
  test('is a table of images and their classes, in order', async () => {
    const { info, features, target } = await load('shapes');
    assert.deepEqual([info.rowCount, info.task, info.classes], [12, 'binary', ['circle', 'square']]);
    const column = images(features);
    assert.deepEqual(
      Array.from(column.codes.subarray(0, 2), (code) => relative(root, column.levels[code])),
      [join('shapes', 'circle', '0.png'), join('shapes', 'circle', '1.png')],
    );
    assert.ok(target.kind === 'classes' && target.codes.filter((code) => code === 1).length === 6);
    assert.deepEqual(info.notes, []);
    assert.equal(info.columns[0].levels?.[0].level, 'circle/0.png');
  });

  test('hidden files are passed over, other files are named, and broken images are missing', async () => {
    drawShapes(join(root, 'mixed'), 3, 8, createRandom(2));
    place(join(root, 'mixed', '.DS_Store'), 'x');
    place(join(root, 'mixed', 'circle', '.hidden.png'), 'x');
    place(join(root, 'mixed', 'circle', 'readme.txt'), 'x');
    place(
      join(root, 'mixed', 'circle', 'deeper', 'below.png'),
      png(4, 4, 1, () => 9),
    );
    place(join(root, 'mixed', 'square', 'blank.png'), '');
    place(join(root, 'mixed', 'square', 'wrong.jpg'), 'this is no picture');
    const { info, features } = await load('mixed');
    assert.equal(info.rowCount, 9);
    assert.deepEqual(info.notes.slice(0, 2), [
      'Left out, since they are no PNG or JPEG in the folder of a class: "circle/readme.txt".',
      'In "image", 2 images cannot be read and count as missing: "square/blank.png" is empty, "square/wrong.jpg" is neither PNG nor JPEG.',
    ]);
    assert.equal(images(features).codes.filter((code) => code < 0).length, 2);
    assert.equal(info.columns[0].missing, 2);
  });

  test('without images it is refused', async () => {
    place(join(root, 'words', 'a', 'b.txt'), 'x');
    const isTold = (error: unknown) => error instanceof UserError && error.code === 'data-no-images';
    await assert.rejects(load('words'), isTold);
  });

  test('the hash follows the content and the names, not the place', async () => {
    drawShapes(join(root, 'here', 'a'), 2, 8, createRandom(3));
    const first = (await load('here/a')).info.hash;
    renameSync(join(root, 'here', 'a'), join(root, 'here', 'b'));
    assert.equal((await load('here/b')).info.hash, first);
    place(
      join(root, 'here', 'b', 'circle', '0.png'),
      png(4, 4, 1, () => 9),
    );
    const second = (await load('here/b')).info.hash;
    assert.notEqual(second, first);
    renameSync(join(root, 'here', 'b', 'circle', '1.png'), join(root, 'here', 'b', 'circle', '7.png'));
    assert.notEqual((await load('here/b')).info.hash, second);
  });
});

describe('a table with a column of paths', () => {
  const table = (rows: readonly string[]) => ['photo,size,kind', ...rows].join('\n');
  const rows = Array.from(
    { length: 12 },
    (_, i) => `shapes/${i % 2 ? 'circle' : 'square'}/${i >> 1}.png,${i},${i % 2 ? 'round' : 'angular'}`,
  );

  test('is found by what the texts are and what lies beside it', async () => {
    place(join(root, 'table.csv'), table([...rows, 'shapes/gone.PNG,3,round']));
    const { info, features } = await load('table.csv', 'kind');
    assert.deepEqual(
      info.columns.map(({ type, reason }) => [type, reason]),
      [
        ['image', 'all values are paths of images'],
        ['integer', 'every value is a whole number'],
        ['category', '2 different values that are not numbers'],
      ],
    );
    assert.match(info.notes[0], /^In "photo", 1 image cannot .* "shapes\/gone.PNG" is not there\.$/);
    assert.equal(images(features).codes.at(-1), -1);
    const seen = await inspectData({ path: join(root, 'table.csv') }, signal);
    assert.equal(seen.columns[0].type, 'image');
  });

  test('paths of nothing are identifiers as before, unless the person says so', async () => {
    const named = Array.from({ length: 30 }, (_, i) => `nowhere/${i}.png,${i},${i % 2 ? 'round' : 'angular'}`);
    writeFileSync(join(root, 'nowhere.csv'), table(named));
    assert.equal((await load('nowhere.csv', 'kind')).info.columns[0].type, 'id');
    const wishes = { path: join(root, 'nowhere.csv'), target: 'kind', types: { photo: 'image' } } as const;
    const given = await loadDataset(wishes, signal);
    assert.match(given.info.notes.join(' '), /30 images cannot be read .* and 27 more/);
  });

  test('rows to predict and test rows are found beside their own file; snapshots keep paths', async () => {
    place(join(root, 'table.csv'), table(rows));
    const train = await load('table.csv', 'kind');
    drawShapes(join(root, 'other', 'shapes'), 6, 8, createRandom(5));
    const other = place(join(root, 'other', 'table.csv'), table(rows));
    const test = await loadTestDataset({ path: other }, train, signal);
    const first = ({ codes, levels }: CodedColumn) => levels[codes[0]];
    assert.equal(first(images(test.features)), join(root, 'other', 'shapes', 'square', '0.png'));
    assert.notEqual(test.info.hash, train.info.hash);
    const { rows: predicted } = await loadRows(
      { path: other },
      { columns: [{ name: 'photo', type: 'image' }] },
      signal,
    );
    assert.equal(first(images(predicted)), first(images(test.features)));
    await writeSnapshot(train, join(root, 'snapshot.bin'));
    assert.deepEqual((await readSnapshot(join(root, 'snapshot.bin'))).features, train.features);
  });
});
