import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('the workbench of the user-interface tests', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
    await writeFile(join(workbench.folder, 'note.md'), '# A note\n\nwith `code` → and 97 %\n');
  });
  after(() => workbench.close());

  it('opens a file of the folder', async () => {
    const editor = await workbench.open('note.md');
    await editor.getByText('A note').waitFor();
  });

  it('runs a command of the palette and finds the webview that it shows', async () => {
    await workbench.open('note.md');
    await workbench.palette('Markdown: Open Preview to the Side');
    const preview = await workbench.webview('h1');
    assert.equal(await preview.locator('h1').textContent(), 'A note');
  });

  it('takes pictures in every kind of theme', async () => {
    const pictures = await workbench.screenshot('smoke', 'light', 'high-contrast', 'high-contrast-light', 'dark');
    assert.equal(pictures.length, 4);
  });

  it('loads its window again', async () => {
    await workbench.open('note.md');
    await workbench.reload();
    await workbench.page.locator('.monaco-editor', { hasText: 'A note' }).waitFor();
    await workbench.execute('workbench.action.closeAllEditors');
    await workbench.page.locator('.editor-group-container.empty').first().waitFor();
  });

  it('shows no error', () => assert.deepEqual(workbench.problems, []));
});

describe('a folder that is not trusted', () => {
  it('opens in restricted mode', async () => {
    const workbench = await openWorkbench({ trust: false });
    await workbench.page.getByText('Restricted Mode').first().waitFor();
    await workbench.close();
  });
});
