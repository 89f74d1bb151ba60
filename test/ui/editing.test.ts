import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { editFile } from './experiment-files.ts';
import { notification } from './notifications.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('experiment files in the window', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench.close());

  it('shows what is wrong under the words, and in Problems', async () => {
    await editFile(workbench, 'penguins.vitrine.yaml', (text) =>
      text.replace('target: species', 'target: specie').replace('budget:', 'budgt:').replace('folds: 5', 'folds: 1'),
    );
    const editor = await workbench.open('penguins.vitrine.yaml');
    await workbench.execute('workbench.actions.view.problems');
    const problems = workbench.page.locator('.markers-panel');
    for (const code of ['unknown-column', 'unknown-key', 'out-of-range']) await problems.getByText(code).waitFor();
    await editor.locator('.squiggly-error').first().waitFor();
    await editor.getByText('specie', { exact: true }).hover();
    await workbench.page.locator('.monaco-hover').getByText('Did you mean').first().waitFor();
    await workbench.screenshot('diagnostics', 'light', 'high-contrast', 'dark');
  });

  it('makes an experiment from a table by a right click and two choices', async () => {
    await workbench.execute('workbench.view.explorer');
    await workbench.page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: 'penguins.csv' })
      .click({ button: 'right' });
    await workbench.page.getByRole('menuitem', { name: 'Explore with Vitrine' }).hover();
    // A click so soon after the menu opened is ignored, as part of the click that opened it.
    await workbench.page.keyboard.press('Enter');
    const page = await workbench.webview('table');
    await page.getByText('bill_length_mm').first().waitFor();
    await workbench.screenshot('explore-data');
    const offer = await notification(workbench, 'Search for models of penguins.csv');
    await offer.getByRole('button', { name: 'Create experiment' }).click();
    const picker = workbench.page.locator('.quick-input-widget');
    await picker.getByText('Suggested:').waitFor();
    await workbench.screenshot('choose-target');
    await picker.locator('.monaco-list-row', { hasText: 'island' }).click();
    await picker.getByText('Another name for the new experiment file').waitFor();
    await picker.locator('input[type="text"]').fill('islands');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.monaco-editor[data-uri$="islands.vitrine.yaml"]').waitFor();
    const file = join(workbench.folder, 'islands.vitrine.yaml');
    assert.ok(existsSync(file));
    assert.match(await readFile(file, 'utf8'), /target: island/);
  });

  it('shows no error', () => assert.deepEqual(workbench.problems, []));
});
