import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { engineOfWindow, folder, once, study, write } from './workspace.ts';

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
const opened: string[] = [];

async function open(path: string, wishes?: object): Promise<string | undefined> {
  const address = await vscode.commands.executeCommand<string | undefined>(
    'vitrine.openStudy',
    vscode.Uri.file(path),
    wishes,
  );
  if (address !== undefined) opened.push(address);
  return address;
}

describe('a study of another program', () => {
  const root = vscode.extensions.getExtension('vitrine.vitrine')?.extensionPath ?? '';
  let database: string;

  before(async () => {
    database = join(folder(), 'tuning.db');
    await copyFile(join(root, 'test/engine/import/fixtures/optuna-5.db'), database);
  });
  after(async () => {
    for (const file of opened) await vscode.commands.executeCommand('vitrine.closeStudy', { file });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens in the dashboard, the one of several that was chosen', async () => {
    const address = await open(database, { study: 'two goals' });
    assert.equal(address, `${database}#study=two%20goals`);
    const snapshot = await study(address, 'the study to be read', ({ run }) => run === 'imported');
    assert.match(snapshot.message, /Optuna study "two goals", read from tuning\.db/);
    assert.equal(snapshot.counts.complete, 12);
    assert.deepEqual(
      snapshot.objectives.map(({ metric }) => metric),
      ['cost (Optuna)', 'gain'],
    );
    assert.ok(snapshot.leaderboard.length > 0);
  });

  it('opens a trial in a panel, which asks nothing of a model that is not there', async () => {
    const file = `${database}#study=conditional`;
    await vscode.commands.executeCommand('vitrine.openTrial', { file, trial: 0 });
    await once('the tab of the trial', vscode.window.tabGroups.onDidChangeTabs, () =>
      tabs().find(({ label }) => label.startsWith('Trial 0: ')),
    );
    const engine = await engineOfWindow();
    const { hasModel, trial } = await engine.request('trial.show', { file, trial: 0 });
    engine.dispose();
    assert.equal(hasModel, false);
    assert.equal(trial.params.kind, 'network');
  });

  it('is watched while another program goes on with it', async () => {
    const table = await write('tuning.csv', 'params_x,value\n1,0.5\n2,0.25\n');
    const address = await open(table);
    assert.equal(address, table);
    await study(table, 'two trials', ({ counts }) => counts.complete === 2);
    await writeFile(table, 'params_x,value\n1,0.5\n2,0.25\n3,0.125\n');
    const grown = await study(table, 'a third trial', ({ counts }) => counts.complete === 3);
    assert.equal(grown.best, 2);
  });

  it('takes the column and the direction that a person named', async () => {
    const table = await write('plain.csv', 'x,y\n1,0.5\n2,0.25\n');
    const address = await open(table, { values: ['y'], directions: ['maximize'] });
    assert.equal(address, `${table}#value=y&direction=maximize`);
    const { best, objectives } = await study(address ?? '', 'the table', ({ run }) => run === 'imported');
    assert.deepEqual(objectives, [{ metric: 'y', direction: 'maximize' }]);
    assert.equal(best, 0);
  });

  it('is not what a file with such a name must be: that is said, and nothing opens', async () => {
    const picture = join(folder(), 'picture.db');
    await writeFile(picture, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    assert.equal(await open(picture), undefined);
    const engine = await engineOfWindow();
    await assert.rejects(engine.request('study.inspect', { path: picture }), /it is a PNG picture/);
    engine.dispose();
  });
});
