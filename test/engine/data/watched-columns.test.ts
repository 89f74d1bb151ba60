import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadDataset } from '../../../src/engine/data/load-dataset.ts';
import { loadRows } from '../../../src/engine/data/load-rows.ts';
import { loadTestDataset } from '../../../src/engine/data/load-test-dataset.ts';

const { signal } = new AbortController();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-watched-'));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const lines = (sexes: string) =>
  ['age,sex,answer', ...[...sexes].map((sex, row) => `${20 + row},${sex},${row % 2 ? 'yes' : 'no'}`)].join('\n');
const path = written('people.csv', lines('mmffmf'));
const swapped = written('swapped.csv', lines('ffmmfm'));
const load = (from: string, wishes: { sensitive?: string[]; judged?: string[] }) =>
  loadDataset({ path: from, target: 'answer', ignore: ['sex'], ...wishes }, signal);

describe('a column that is ignored and watched', () => {
  it('is kept beside the rows and no feature', async () => {
    const { features, keys, info } = await load(path, { sensitive: ['sex'] });
    assert.deepEqual(
      features.columns.map(({ name }) => name),
      ['age'],
    );
    const [sex] = keys.columns;
    assert.ok(sex.name === 'sex' && sex.kind === 'coded');
    assert.deepEqual(
      Array.from(sex.codes, (code) => sex.levels[code]),
      [...'mmffmf'],
    );
    assert.equal(info.columns.find(({ name }) => name === 'sex')?.role, 'ignored');
    assert.deepEqual((await load(path, {})).keys.columns, []);
  });

  it('changes the hash only where trials are judged by it', async () => {
    const hashOf = async (from: string, wishes: { sensitive?: string[]; judged?: string[] }) =>
      (await load(from, wishes)).info.hash;
    const plain = await hashOf(path, {});
    assert.equal(await hashOf(path, { sensitive: ['sex'] }), plain);
    assert.equal(await hashOf(swapped, { sensitive: ['sex'] }), plain);
    const judged = await hashOf(path, { judged: ['sex'] });
    assert.notEqual(judged, plain);
    assert.notEqual(await hashOf(swapped, { judged: ['sex'] }), judged);
  });

  it('comes with a test file that has it, coded alike, and is no fault of one that has not', async () => {
    const train = await load(path, { sensitive: ['sex'] });
    const [sex] = (await loadTestDataset({ path: swapped }, train, signal)).keys.columns;
    assert.ok(sex.kind === 'coded' && train.keys.columns[0].kind === 'coded');
    assert.deepEqual(sex.levels, train.keys.columns[0].levels);
    const blind = written('blind.csv', 'age,answer\n30,yes\n31,no\n');
    assert.deepEqual((await loadTestDataset({ path: blind }, train, signal)).keys.columns, []);
  });

  it('is asked for where rows are decided by it, with the name that may be meant', async () => {
    const columns = [{ name: 'age', type: 'integer' }];
    const groups = { name: 'sex', type: 'category', levels: ['m', 'f'] };
    const loaded = await loadRows({ path }, { columns }, signal, groups);
    assert.deepEqual(
      loaded.rows.columns.map(({ name }) => name),
      ['age'],
    );
    assert.equal(loaded.groups?.name, 'sex');
    const renamed = written('renamed.csv', 'age,Sex\n30,m\n');
    await assert.rejects(
      loadRows({ path: renamed }, { columns }, signal, groups),
      (error: Error & { advice?: string }) => {
        assert.match(error.message, /decides by a threshold for each group of "sex", and there is no such column here/);
        assert.match(error.advice ?? '', /"Sex" may be meant/);
        return true;
      },
    );
  });
});
