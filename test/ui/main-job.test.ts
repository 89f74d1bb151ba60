import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { editFile } from './experiment-files.ts';
import { notification } from './notifications.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('the main job in the window', () => {
  let workbench: Workbench;
  let dashboard: Frame;

  before(async () => {
    workbench = await openWorkbench({ width: 1440, height: 900 });
    await editFile(workbench, 'penguins.vitrine.yaml', (text) => text.replace('time: 40s', 'time: 8s'));
    await workbench.open('penguins.vitrine.yaml');
  });
  after(() => workbench.close());

  it('starts from the lens and shows the best so far while it searches', async () => {
    await (await workbench.codeLens('Run')).click();
    dashboard = await workbench.webview('vitrine-dashboard');
    await dashboard.getByText('Searching').first().waitFor();
    await dashboard.locator('vitrine-best-so-far').waitFor();
    await workbench.page.locator('.statusbar-item', { hasText: 'penguins: searching' }).waitFor();
    await workbench.codeLens('Stop');
    await workbench.screenshot('run-under-way');
  });

  it('ends with a leaderboard, in the dashboard and in the tree', async () => {
    await dashboard.getByText('Finished').first().waitFor();
    await dashboard.locator('vitrine-leaderboard').waitFor();
    const tree = workbench.page.locator('.monaco-list[aria-label="Experiments"]');
    await tree.getByText(/^finished, \d+ trials$/).waitFor();
    assert.ok((await tree.getByText(/^Trial \d+: /).count()) >= 2);
    await notification(workbench, 'penguins: finished. Best: trial');
    await workbench.screenshot('run-finished');
    await workbench.execute('notifications.hideList');
  });

  it('looks well in every kind of theme', async () => {
    await workbench.screenshot('dashboard', 'light', 'high-contrast', 'high-contrast-light', 'dark');
  });

  it('opens the trial panel from the tree, with its explanation', async () => {
    await workbench.page
      .locator('.monaco-list[aria-label="Experiments"]')
      .getByText(/^Trial \d+: /)
      .first()
      .click();
    const panel = await workbench.webview('vitrine-trial');
    await panel.locator('vitrine-explanations').waitFor();
    await workbench.screenshot('trial-panel', 'light', 'high-contrast', 'dark');
    await panel.getByRole('tab', { name: 'Robustness' }).click();
    await panel.locator('vitrine-robustness').waitFor();
    await workbench.screenshot('trial-robustness');
    await panel.getByRole('tab', { name: 'Cost' }).click();
    await panel.locator('vitrine-study-energy').waitFor();
    await workbench.screenshot('trial-cost');
  });

  it('begins an analysis in the panel, and gives it up when told to', async () => {
    const trials = workbench.page.locator('.monaco-list[aria-label="Experiments"]').getByText(/^Trial \d+: /);
    await trials.last().click();
    const panel = await workbench.webview('vitrine-analysis-panel >> text=Not explained yet');
    await panel.getByRole('button', { name: 'Explain this trial' }).click();
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await panel.getByText('Not explained yet').waitFor();
    await panel.getByRole('button', { name: 'Explain this trial' }).click();
    await panel.locator('vitrine-permutation-importance').waitFor();
    await workbench.execute('workbench.action.closeActiveEditor');
  });

  it('opens the ensemble from the tree, and explains it as it does a trial', async () => {
    await workbench.page
      .locator('.monaco-list[aria-label="Experiments"]')
      .getByText(/^Ensemble of/)
      .click();
    const panel = await workbench.webview('vitrine-ensemble-header');
    await panel.getByRole('button', { name: 'Explain', exact: true }).first().click();
    await panel.locator('vitrine-explanations vitrine-figure').first().waitFor();
    await panel.getByRole('tab', { name: 'Compare' }).click();
    await panel.getByRole('button', { name: 'Compare', exact: true }).click();
    await panel.getByRole('heading', { name: 'Which is better' }).waitFor();
    await workbench.screenshot('ensemble-compared');
    await panel.getByRole('tab', { name: 'Members' }).click();
    await panel.getByRole('cell', { name: 'Together' }).waitFor();
    await workbench.execute('workbench.action.closeActiveEditor');
  });

  it('shows what a trial cost, chosen from the palette', async () => {
    await workbench.palette('Vitrine: Show Cost');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Trial' }).first().click();
    const panel = await workbench.webview('vitrine-trial');
    await panel.locator('vitrine-study-energy').waitFor();
  });

  it('shows the same section of the trial when its panel was hidden meanwhile', async () => {
    await workbench.open('penguins.vitrine.yaml');
    await workbench.page.getByRole('tab', { name: /^Trial/ }).click();
    const panel = await workbench.webview('vitrine-trial');
    await panel.locator('vitrine-study-energy').waitFor();
  });

  it('takes the trial panel up again after a reload of the window, at its section', async () => {
    const before = await workbench.webview('vitrine-trial');
    // A section that was never open tells what is written down now from what was written down before.
    await before.getByRole('tab', { name: 'Configuration' }).click();
    await before.locator('vitrine-configuration').waitFor();
    await workbench.remembered('vitrine.trial', '"section":"configuration"');
    await workbench.reload();
    const panel = await workbench.webview('vitrine-trial-header');
    await panel.locator('vitrine-configuration').waitFor();
    await workbench.execute('vitrine.openDashboard');
    dashboard = await workbench.webview('vitrine-dashboard');
    await dashboard.getByText('Finished').first().waitFor();
  });

  it('shows the report in a panel, where the browser is on another machine', async () => {
    await dashboard.getByLabel('Open report').click();
    const report = await workbench.webview('vitrine-report');
    await report.getByText('penguins').first().waitFor();
    await workbench.screenshot('report-panel', 'light', 'dark');
  });

  it('says undefined or NaN nowhere, and shows no error', async () => {
    for (const frame of workbench.page.frames())
      assert.equal(await frame.getByText(/\bundefined\b|\bNaN\b|\[object Object\]/).count(), 0);
    assert.deepEqual(workbench.problems, []);
  });
});
