import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineProcesses } from './engine-process.ts';
import { editFile } from './experiment-files.ts';
import { notification } from './notifications.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('a folder that is not trusted', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ trust: false });
    await editFile(workbench, 'penguins.vitrine.yaml', (text) => text.replace('budget:', 'budgets:'));
    await workbench.open('penguins.vitrine.yaml');
  });
  after(() => workbench.close());

  it('has its experiment files checked', async () => {
    await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
  });

  it('refuses to train, with the way to trust', async () => {
    await (await workbench.codeLens('Run')).click();
    const refusal = await notification(workbench, 'Training waits until this folder is trusted');
    await workbench.screenshot('restricted-run');
    await refusal.getByRole('button', { name: 'Manage trust' }).click();
    await workbench.page.locator('.workspace-trust-editor').waitFor();
  });

  it('says in the dashboard that training waits', async () => {
    await workbench.execute('vitrine.openDashboard');
    const dashboard = await workbench.webview('vitrine-dashboard');
    await dashboard.getByText('Restricted mode').waitFor();
    await workbench.screenshot('restricted-dashboard', 'light', 'dark');
  });

  it('starts no engine', () => assert.deepEqual(engineProcesses(workbench), []));

  it('can be run once the person trusts it', async () => {
    await workbench.execute('workbench.trust.manage');
    await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    const dashboard = await workbench.webview('vitrine-dashboard');
    await dashboard.getByText('Restricted mode').waitFor({ state: 'hidden' });
    await dashboard.getByRole('button', { name: 'Run' }).waitFor();
  });

  it('shows no error', () => assert.deepEqual(workbench.problems, []));
});
