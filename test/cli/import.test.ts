import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { folderWith, succeeds, vitrine } from './command-line.ts';

const fixtures = join(import.meta.dirname, '../engine/import/fixtures');

function folderWithStudies(): string {
  const folder = folderWith({ 'picture.db': Buffer.from('89504e470d0a1a0a', 'hex'), 'runs.csv': 'x,y\n1,2\n3,4\n' });
  cpSync(join(fixtures, 'optuna-5.db'), join(folder, 'optuna.db'));
  return folder;
}

describe('vitrine import', () => {
  it('keeps one study of several, which every command then takes by its file', async () => {
    const folder = folderWithStudies();
    const several = await vitrine(folder, 'import', 'optuna.db');
    assert.equal(several.code, 1);
    assert.match(several.err, /optuna\.db: it holds 3 studies\. .*"two goals" \(12 trials\)/);
    const told = await succeeds(folder, 'import', 'optuna.db', '--study', 'conditional');
    assert.match(told, /Imported "conditional" of Optuna: 16 trials\./);
    const table = await succeeds(folder, 'trials', 'optuna.db');
    assert.match(table, /value/);
    assert.doesNotMatch(table, /undefined|NaN/);
    assert.match(await succeeds(folder, 'why', 'optuna.db', '--trial', '1'), /did not write down why/);
    const csv = await succeeds(folder, 'trials', 'optuna.db', '--format', 'csv');
    assert.match(csv, /^trial,learner,state,value,params\.dropout/);
  });

  it('takes the value that a person names, and says what is missing', async () => {
    const folder = folderWithStudies();
    const asked = await vitrine(folder, 'import', 'runs.csv');
    assert.equal(asked.code, 1);
    assert.match(asked.err, /runs\.csv: it does not say which number was searched for\. Say which: --value NAME/);
    const json = await succeeds(folder, 'import', 'runs.csv', '--value', 'y', '--direction', 'maximize', '--json');
    assert.equal(JSON.parse(json).trials, 2);
    assert.match(await succeeds(folder, 'trials', 'runs.csv'), /^\s*trial.*y/);
  });

  it('refuses what is no study, and what is not there', async () => {
    const folder = folderWithStudies();
    const picture = await vitrine(folder, 'import', 'picture.db');
    assert.equal(picture.code, 1);
    assert.match(picture.err, /picture\.db: this is no study that Vitrine can read: it is a PNG picture\./);
    assert.equal((await vitrine(folder, 'import', 'no.db')).code, 1);
  });

  it('reads a study where it lies too, and writes it whole', async () => {
    const folder = folderWithStudies();
    const address = 'optuna.db#study=two%20goals';
    assert.match(await succeeds(folder, 'trials', address, '-o', 'out.json'), /Wrote 12 trials to out\.json/);
    const { kind, name, trials } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
    assert.deepEqual([kind, name, trials.length], ['vitrine-study', 'two goals', 12]);
  });
});
