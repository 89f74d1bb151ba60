import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import type { TrialRecord } from '../../src/shared/trial.ts';
import { answerRows, answerTable, folderWith, quickSearch, succeeds, vitrine } from './command-line.ts';

const file = 'e.vitrine.yaml';
const project = () =>
  folderWith({
    'data.csv': answerTable(answerRows(60)),
    [file]: `data: {path: data.csv, target: answer, split: {validation: {folds: 2}}}\n${quickSearch}`,
  });
const storeOf = (folder: string) => join(folder, '.vitrine', 'vitrine.db');
const trialsOf = async (folder: string): Promise<TrialRecord[]> =>
  JSON.parse(await succeeds(folder, 'trials', file, '--format', 'json'));
const damaged = (folder: string) => readdirSync(join(folder, '.vitrine')).filter((name) => name.includes('damaged'));

describe('a store that cannot be used', { concurrency: 2 }, () => {
  it('is locked: said, and nothing is lost', async () => {
    const folder = project();
    await succeeds(folder, 'run', file);
    const before = await trialsOf(folder);
    const holder = new DatabaseSync(storeOf(folder));
    holder.exec('BEGIN IMMEDIATE');
    const { code, err } = await vitrine(folder, 'run', file);
    assert.equal(code, 1);
    assert.match(err, /^error: \.vitrine\/vitrine\.db: the store is locked by another program\. Close what holds it/);
    assert.equal(err.trimEnd().split('\n').length, 1);
    assert.deepEqual(await trialsOf(folder), before, 'reading goes on');
    holder.exec('ROLLBACK');
    holder.close();
    await succeeds(folder, 'run', file);
    assert.equal((await trialsOf(folder)).length, 8);
  });

  it('is from a newer version: said by every command, and left as it is', async () => {
    const folder = project();
    await succeeds(folder, 'run', file);
    const store = new DatabaseSync(storeOf(folder));
    store.exec('PRAGMA user_version = 999');
    store.close();
    const bytes = readFileSync(storeOf(folder));
    for (const words of [
      ['run', file],
      ['trials', file],
      ['report', file],
    ]) {
      const { code, err } = await vitrine(folder, ...words);
      assert.equal(code, 1, words[0]);
      assert.match(err, /^error: .*written by a newer Vitrine \(version 999.*Update Vitrine.*not touched/, words[0]);
    }
    assert.deepEqual(readFileSync(storeOf(folder)), bytes);
    assert.deepEqual(damaged(folder), []);
  });

  for (const [name, damage] of [
    ['is no database', (bytes: Buffer) => Buffer.from('nothing but words\n'.repeat(bytes.length / 20))],
    ['has a damaged page', (bytes: Buffer) => Buffer.from(bytes).fill(0x5a, 4096, 3 * 4096)],
    ['was cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 6000)],
  ] as const) {
    it(`${name}: kept aside, said, and a new one begun`, async () => {
      const folder = project();
      await succeeds(folder, 'run', file);
      const broken = damage(readFileSync(storeOf(folder)));
      writeFileSync(storeOf(folder), broken);
      const told = await vitrine(folder, 'trials', file);
      assert.equal(told.code, 1);
      assert.match(told.err, /The store was damaged\. It is kept as .*vitrine\.db\.damaged-1/);
      assert.deepEqual(readFileSync(`${storeOf(folder)}.damaged-1`), broken);
      await succeeds(folder, 'run', file);
      assert.equal((await trialsOf(folder)).length, 4);
      assert.deepEqual(readFileSync(`${storeOf(folder)}.damaged-1`), broken);
    });
  }

  it('is damaged when a run begins: the run says so and goes on with a new one', async () => {
    const folder = project();
    await succeeds(folder, 'run', file);
    writeFileSync(storeOf(folder), 'this is no database'.repeat(500));
    assert.match(await succeeds(folder, 'run', file), /^note: The store was damaged\. It is kept as .*damaged-1/m);
    assert.deepEqual(damaged(folder), ['vitrine.db.damaged-1']);
  });
});
