import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { engineOfWindow, folder, study, write } from './workspace.ts';

const open = (model: string, wishes: object) =>
  vscode.commands.executeCommand<string | undefined>('vitrine.openModel', vscode.Uri.file(model), wishes);

describe('a model of another program', () => {
  const root = vscode.extensions.getExtension('vitrine.vitrine')?.extensionPath ?? '';
  const fixtures = join(root, 'test/engine/models/onnx/fixtures');
  let model: string;
  let data: vscode.Uri;

  before(async () => {
    model = join(folder(), 'torch.onnx');
    await copyFile(join(fixtures, 'torch.onnx'), model);
    const { a, b, color, three } = JSON.parse(await readFile(join(fixtures, 'expected.json'), 'utf8'));
    const lines = three.map((name: string, i: number) => `${a[i]},${b[i]},${color[i]},${name}`);
    data = vscode.Uri.file(await write('rows.csv', `a,b,color,three\n${lines.join('\n')}\n`));
  });
  after(async () => {
    await vscode.commands.executeCommand('vitrine.closeStudy', { file: model });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('that does not fit the table starts a trial that says why, and no study is answered', async () => {
    assert.equal(await open(model, { data, target: 'color' }), undefined);
    const engine = await engineOfWindow();
    const { trials } = await engine.request('trials.list', { file: model });
    engine.dispose();
    const message = trials.find(({ learner }) => learner === 'onnx')?.message;
    assert.match(message ?? '', /outputs can be the probabilities of 2 classes/);
  });

  it('is judged beside the constant baseline and explained', async () => {
    assert.equal(await open(model, { data, target: 'three', ignore: ['color'] }), model);
    const snapshot = await study(model, 'the run to be over', ({ run }) => run === 'finished' || run === 'failed');
    assert.equal(snapshot.run, 'finished', snapshot.message);
    assert.deepEqual(
      snapshot.leaderboard.map(({ learner }) => learner),
      ['onnx', 'constant'],
    );
    const engine = await engineOfWindow();
    const { explanations } = await engine.request('trial.show', { file: model, trial: snapshot.best ?? -1 });
    engine.dispose();
    assert.ok(explanations.some(({ kind }) => kind === 'permutation-importance'));
  });
});
