import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { EngineClient } from '../../src/engine/client/engine-client.ts';
import type { TrialDetail } from '../../src/shared/results/study.ts';
import { within } from './workbench/time-limit.ts';
import { clouds, engineOfWindow, folder, once, study, write, writeExperiment } from './workspace.ts';

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

describe('a run from the editor', () => {
  let file: string;
  let engine: EngineClient;

  before(async () => {
    file = await writeExperiment('small');
  });
  after(async () => {
    engine?.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('refuses a file with faults, and starts nothing', async () => {
    const faulty = await writeExperiment('faulty', ['budget: {trials: many}']);
    assert.equal(await vscode.commands.executeCommand('vitrine.run', faulty), undefined);
    const { run } = await study(faulty, 'the study to be read', () => true);
    assert.equal(run, 'none');
  });

  it('goes to its end and leaves a leaderboard', async () => {
    assert.equal(await vscode.commands.executeCommand('vitrine.run', file), file);
    const snapshot = await study(file, 'the run to finish', ({ run }) => run === 'finished' || run === 'failed');
    assert.equal(snapshot.run, 'finished', snapshot.message);
    assert.ok(snapshot.best !== null && snapshot.leaderboard.length > 0);
    engine = await engineOfWindow();
  });

  it('opens a trial in a panel of its own', async () => {
    await vscode.commands.executeCommand('vitrine.openTrial', { file, trial: 0 });
    await once('the tab of the trial', vscode.window.tabGroups.onDidChangeTabs, () =>
      tabs().find(({ label }) => label === 'Trial 0: small'),
    );
  });

  /** The trial as stored, once the analysis that the panel asked for is in it. */
  const analysed = async (what: string, has: (detail: TrialDetail) => boolean) => {
    const found = Promise.withResolvers<TrialDetail>();
    const look = () =>
      engine
        .request('trial.show', { file, trial: 0 })
        .then((detail) => has(detail) && found.resolve(detail), found.reject);
    const listening = engine.onStudyChanged(look);
    await engine.watch([file]);
    await look();
    try {
      return await within(50, what, found.promise);
    } finally {
      listening.dispose();
    }
  };

  it('explains a trial in its panel', async () => {
    await vscode.commands.executeCommand('vitrine.explainTrial', { file, trial: 0 });
    const { explanations } = await analysed('the explanation', (detail) =>
      detail.explanations.some(({ kind }) => kind === 'permutation-importance'),
    );
    assert.ok(explanations.every(({ seed }) => Number.isInteger(seed)));
  });

  it('attacks a trial in its panel', async () => {
    await vscode.commands.executeCommand('vitrine.attackTrial', { file, trial: 0 });
    const { robustness } = await analysed('the attack', (detail) => detail.robustness !== null);
    assert.ok(robustness);
  });

  it('exports the model of a trial', async () => {
    const output = join(folder(), 'small.model.json');
    assert.equal(await vscode.commands.executeCommand('vitrine.exportModel', { file, trial: 'best' }, output), output);
    assert.equal(typeof JSON.parse(await readFile(output, 'utf8')), 'object');
  });

  it('writes the model card of a trial', async () => {
    const path = await vscode.commands.executeCommand<string>(
      'vitrine.writeModelCard',
      { file, trial: 'best' },
      join(folder(), 'card'),
    );
    assert.equal(path, join(folder(), 'card', 'README.md'));
    assert.match(await readFile(path, 'utf8'), /^# small: /);
    assert.match(await readFile(join(folder(), 'card', 'model-card.md'), 'utf8'), /^## Intended use$/m);
  });

  it('writes the report', async () => {
    const path = await vscode.commands.executeCommand<string>('vitrine.openReport', file);
    assert.match(await readFile(path, 'utf8'), /<!doctype html>/i);
  });

  it('stops when it is told to, and keeps what has finished', async () => {
    const long = await writeExperiment('long', ['budget: {time: 10m}']);
    await vscode.commands.executeCommand('vitrine.run', long);
    await study(long, 'a trial to finish', ({ counts }) => counts.complete > 0);
    assert.equal(await vscode.commands.executeCommand('vitrine.stop', long), true);
    const snapshot = await study(long, 'the run to stop', ({ run }) => run === 'stopped' || run === 'failed');
    assert.equal(snapshot.run, 'stopped', snapshot.message);
    assert.ok(snapshot.counts.complete > 0);
  });
});

describe('a table', () => {
  it('becomes an experiment without faults', async () => {
    const table = await write('fresh.csv', clouds(40));
    const file = await vscode.commands.executeCommand<string>('vitrine.newExperiment', vscode.Uri.file(table), 'kind');
    assert.equal(file, join(folder(), 'fresh.vitrine.yaml'));
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.fileName, file);
    assert.match(document?.getText() ?? '', /target: kind/);
    assert.deepEqual(vscode.languages.getDiagnostics(vscode.Uri.file(file)), []);
  });

  it('is shown with the type of each column and the reason', async () => {
    const table = await write('shown.csv', clouds(40));
    const page = await vscode.commands.executeCommand<string>('vitrine.exploreData', vscode.Uri.file(table));
    assert.match(page, /40 rows, 4 columns/);
    assert.match(page, /\| \*\*width\*\* \| number \|/);
    await once('the tab of the page', vscode.window.tabGroups.onDidChangeTabs, () =>
      tabs().find(({ label }) => label.includes('shown.csv')),
    );
  });
});
