import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('the extension', () => {
  const extension = vscode.extensions.getExtension('vitrine.vitrine');

  it('is loaded from this repository and becomes active', async () => {
    assert.ok(extension, 'vitrine.vitrine is not among the extensions');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('runs where the files are', () => {
    assert.equal(extension?.extensionKind, vscode.ExtensionKind.Workspace);
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });
});
