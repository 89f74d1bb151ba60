import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { DataFindings } from '../../src/shared/results/data-findings.ts';
import { folder, once, write } from './workspace.ts';

/** A column that says the target in other words, and one that says nothing. */
function leaking(rows: number): string {
  const lines = ['size,status,same,answer'];
  for (let i = 0; i < rows; i++) {
    const wobble = ((i * 7919) % 101) / 101;
    const yes = (i * 31) % 7 < 3;
    lines.push(`${wobble.toFixed(3)},${yes ? 'paid' : 'open'},7,${yes ? 'yes' : 'no'}`);
  }
  return `${lines.join('\n')}\n`;
}

const found = (uri: vscode.Uri) =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, code }) => source === 'Vitrine' && String(code).startsWith('data/'));

/** What was found about these two columns, once it is as wanted. */
const codes = (uri: vscode.Uri, wanted: readonly string[]) =>
  once(`the findings ${wanted.join(', ') || 'to go'}`, vscode.languages.onDidChangeDiagnostics, () => {
    const names = found(uri).map(({ code }) => String(code));
    const of = names.filter((code) => ['data/target-leak', 'data/constant'].includes(code)).sort();
    return of.join() === [...wanted].sort().join() ? true : undefined;
  });

async function checked(name: string): Promise<vscode.TextDocument> {
  await write(`${name}.csv`, leaking(160));
  const file = await write(`${name}.vitrine.yaml`, `data:\n  path: ${name}.csv\n  target: answer\n`);
  const result = await vscode.commands.executeCommand<DataFindings>('vitrine.checkData', file);
  assert.equal(result.kind, 'data-findings');
  const uri = vscode.Uri.file(file);
  await codes(uri, ['data/target-leak', 'data/constant']);
  return vscode.workspace.openTextDocument(uri);
}

describe('the data of an experiment', () => {
  it('are checked, and what is wrong with them stands in the file, with remedies that mend it', async () => {
    const document = await checked('leaking');
    const { uri } = document;
    const leak = found(uri).find(({ code }) => code === 'data/target-leak')!;
    assert.equal(leak.severity, vscode.DiagnosticSeverity.Error);
    assert.match(leak.message, /"status"/);
    assert.equal(document.getText(leak.range), 'answer');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      leak.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title === 'Add status to data.ignore');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join('; '));
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /^ {2}ignore: \[status\]$/m);
    await codes(uri, ['data/constant']);
  });

  it('are looked at by a run as well, and what it finds stands in the file', async () => {
    await write('running.csv', leaking(160));
    const file = await write(
      'running.vitrine.yaml',
      'data:\n  path: running.csv\n  target: answer\nlearners: [tree]\nbudget: {trials: 1}\nexplain: none\nrobustness: none\n',
    );
    await vscode.workspace.openTextDocument(file);
    await vscode.commands.executeCommand('vitrine.run', file);
    await codes(vscode.Uri.file(file), ['data/target-leak', 'data/constant']);
  });

  it('are said no longer what they were once the file has another target', async () => {
    const { uri, lineAt } = await checked('renamed');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, lineAt(2).range, '  target: same');
    await vscode.workspace.applyEdit(edit);
    await codes(uri, []);
  });

  it('are said no longer what they were once they change', async () => {
    const { uri } = await checked('changing');
    await write('changing.csv', leaking(161));
    await codes(uri, []);
  });
});

describe('a suspicion', () => {
  it('is tested in a copy of the experiment with one thing changed, which may be done again', async () => {
    await write('doubted.csv', leaking(40));
    const lines = ['name: doubted', 'data: {path: doubted.csv, target: answer} # as delivered', ''];
    const file = await write('doubted.vitrine.yaml', lines.join('\n'));
    const edit = { how: 'add', key: ['data', 'ignore'], value: 'status' };
    for (const name of ['doubted-test.vitrine.yaml', 'doubted-test-2.vitrine.yaml']) {
      const copy = await vscode.commands.executeCommand<string>('vitrine.tryRemedy', file, edit);
      assert.equal(copy, join(folder(), name));
      assert.equal(
        await readFile(copy, 'utf8'),
        'name: doubted tested\ndata: {path: doubted.csv, target: answer, ignore: [status]} # as delivered\n',
      );
      assert.equal(vscode.window.activeTextEditor?.document.fileName, copy);
    }
    assert.equal(await readFile(file, 'utf8'), lines.join('\n'));
  });
});
