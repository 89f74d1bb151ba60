import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { once, write } from './workspace.ts';

const diagnosticsOf = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Vitrine');

/** The codes, once they are as many as wanted. */
const codes = (uri: vscode.Uri, wanted: readonly string[]) =>
  once(`the diagnostics ${wanted.join(', ') || 'to go'}`, vscode.languages.onDidChangeDiagnostics, () => {
    const found = diagnosticsOf(uri).map(({ code }) => String(code));
    return found.sort().join() === [...wanted].sort().join() ? found : undefined;
  });

async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(await write(name, text)));
  await vscode.window.showTextDocument(document);
  return document;
}

const experiment = (lines: readonly string[]) => `${lines.join('\n')}\n`;
const data = 'data: {path: penguins.csv, target: species}';

describe('an experiment file in the editor', () => {
  it('is YAML, and has no fault as it comes with the example', async () => {
    const [uri] = await vscode.workspace.findFiles('penguins.vitrine.yaml');
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'yaml');
    await codes(uri, []);
  });

  it('is told what is wrong, by the text and by the data, each with its place', async () => {
    const { uri } = await open(
      'broken.vitrine.yaml',
      experiment([
        'name: broken',
        'data: {path: penguins.csv, target: specie}',
        'lerners: [tree]',
        'budget: {time: -3s}',
      ]),
    );
    await codes(uri, ['unknown-column', 'unknown-key', 'bad-quantity']);
    const column = diagnosticsOf(uri).find(({ code }) => code === 'unknown-column');
    assert.match(column?.message ?? '', /species/);
    assert.deepEqual([column?.range.start.line, column?.range.start.character], [1, 35]);
    assert.equal(column?.severity, vscode.DiagnosticSeverity.Error);
  });

  it('is checked again after the last of many edits', async () => {
    const document = await open('edited.vitrine.yaml', experiment(['name: edited', data]));
    await codes(document.uri, []);
    for (let i = 0; i < 10; i++) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.lineAt(0).range.end, 'x');
      await vscode.workspace.applyEdit(edit);
    }
    const last = new vscode.WorkspaceEdit();
    last.insert(document.uri, new vscode.Position(document.lineCount - 1, 0), 'nonsense: 1\n');
    await vscode.workspace.applyEdit(last);
    await codes(document.uri, ['unknown-key']);
  });

  it('is checked again when its data changes', async () => {
    await write('moving.csv', 'a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n');
    const document = await open(
      'moving.vitrine.yaml',
      experiment(['data: {path: moving.csv, target: c, split: {test: none}}']),
    );
    await codes(document.uri, ['unknown-column']);
    await write('moving.csv', 'a,c\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n');
    await codes(document.uri, []);
  });

  it('mends a misspelt key and a misspelt column', async () => {
    const document = await open(
      'mended.vitrine.yaml',
      experiment(['data: {path: penguins.csv, target: specie}', 'lerners: [tree]']),
    );
    await codes(document.uri, ['unknown-column', 'unknown-key']);
    const fixes: Record<string, string> = {
      'unknown-column': 'Change to species',
      'unknown-key': 'Change to learners',
    };
    for (const code of Object.keys(fixes)) {
      const { range } = diagnosticsOf(document.uri).find((found) => found.code === code)!;
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title }) => title === fixes[code]);
      assert.ok(fix?.edit, `${code} has no fix among: ${actions.map(({ title }) => title).join('; ')}`);
      await vscode.workspace.applyEdit(fix.edit);
    }
    await codes(document.uri, []);
    assert.equal(document.getText(), experiment(['data: {path: penguins.csv, target: species}', 'learners: [tree]']));
  });

  it('suggests keys, columns of the data, data files and learners', async () => {
    const document = await open('suggested.vitrine.yaml', experiment([data, 'learners: []', '']));
    await codes(document.uri, ['out-of-range']);
    const at = async (line: number, character: number) => {
      const position = new vscode.Position(line, character);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const target = await at(0, data.indexOf('species'));
    assert.ok(target.includes('species') && target.includes('island'), target.join());
    const path = await at(0, data.indexOf('penguins.csv'));
    assert.ok(path.includes('penguins.csv'), path.join());
    const learners = await at(1, 'learners: ['.length);
    assert.ok(learners.includes('boosting'), learners.join());
    const keys = await at(2, 0);
    assert.ok(keys.includes('budget') && !keys.includes('data'), keys.join());
  });

  it('says what a key means and what is known of a column', async () => {
    const document = await open('hovered.vitrine.yaml', experiment([data, 'budget: {time: 10m}']));
    await codes(document.uri, []);
    const at = async (line: number, character: number) => {
      const position = new vscode.Position(line, character);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        position,
      );
      return hovers.flatMap(({ contents }) => contents.map((text) => (typeof text === 'string' ? text : text.value)));
    };
    const target = await at(0, data.indexOf('species') + 2);
    assert.match(target.join(), /species.*category, 3 different values/);
    const time = await at(1, 'budget: {time: 1'.length);
    assert.match(time.join(), /600 seconds/);
  });

  it('has lenses to run it and to open its dashboard', async () => {
    const document = await open('lensed.vitrine.yaml', experiment(['name: lensed', data]));
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const commands = found.map(({ command }) => [command?.command, command?.arguments?.[0]]);
    assert.deepEqual(commands, [
      ['vitrine.run', document.fileName],
      ['vitrine.openDashboard', document.fileName],
    ]);
  });
});
