import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { editFile } from './experiment-files.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('the search explains itself in the window', () => {
  let workbench: Workbench;
  let dashboard: Frame;

  before(async () => {
    workbench = await openWorkbench({ width: 1440, height: 1400 });
    await editFile(workbench, 'penguins.vitrine.yaml', (text) =>
      text
        .replace(
          'search: { seed: 1 }',
          'search: { seed: 1, sampler: gp }\nlearners: [logistic, tree]\nobjectives: [log_loss, model_size]',
        )
        .replace('time: 40s', 'trials: 24'),
    );
    await workbench.open('penguins.vitrine.yaml');
    await (await workbench.codeLens('Run')).click();
    dashboard = await workbench.webview('vitrine-dashboard');
    await dashboard.getByText('Finished').first().waitFor({ timeout: 180_000 });
  });
  after(() => workbench.close());

  it('says at once what its record holds', async () => {
    await dashboard.getByRole('tab', { name: 'Search' }).click();
    await dashboard.getByRole('heading', { name: 'The search, step by step' }).waitFor();
    await dashboard.getByRole('heading', { name: 'Explore against exploit' }).waitFor();
    await dashboard.getByRole('heading', { name: 'Runs side by side' }).waitFor();
    await workbench.execute('notifications.clearAll');
  });

  it('computes its analyses when they are asked for', async () => {
    for (const [action, result] of [
      ['Look ahead', 'vitrine-search-outlook'],
      ['Find what matters', 'vitrine-hyperparameter-importance'],
      ['Draw the dependence', 'vitrine-search-dependence'],
      ['Draw the map', 'vitrine-search-footprint'],
      ['Follow the front', 'vitrine-importance-along-front'],
    ]) {
      await dashboard.getByRole('button', { name: action }).click();
      await dashboard.locator(result).waitFor({ timeout: 120_000 });
    }
    await dashboard.locator('vitrine-search-replay').scrollIntoViewIfNeeded();
    await workbench.screenshot('search', 'light', 'high-contrast', 'dark');
    await dashboard.locator('vitrine-dependence-panel').scrollIntoViewIfNeeded();
    await workbench.screenshot('search-analyses', 'light', 'high-contrast', 'dark');
    await dashboard.locator('vitrine-search-effort').scrollIntoViewIfNeeded();
    await workbench.screenshot('search-effort', 'light', 'dark');
    await dashboard.locator('vitrine-pareto-panel').scrollIntoViewIfNeeded();
    await workbench.screenshot('search-front', 'light', 'dark');
  });

  it('goes back to an earlier moment', async () => {
    const slider = dashboard.getByRole('slider');
    await slider.focus();
    await workbench.page.keyboard.press('PageDown');
    await dashboard.getByText(/are as it stood when \d+ of 24 trials had ended/).waitFor();
    await dashboard.getByRole('button', { name: 'Now' }).click();
    await dashboard.getByText(/are as it stood when/).waitFor({ state: 'detached' });
  });

  it('says in the panel of a trial why it was tried', async () => {
    const trials = workbench.page.locator('.monaco-list[aria-label="Experiments"]').getByText(/^Trial \d+: /);
    await trials.first().click();
    const panel = await workbench.webview('vitrine-trial');
    await panel.getByRole('tab', { name: 'Why it was tried' }).click();
    await panel.getByRole('heading', { name: 'Why it was suggested' }).waitFor();
    await panel.getByRole('heading', { name: 'What came of it' }).waitFor();
    await workbench.screenshot('search-why', 'light', 'high-contrast', 'dark');
  });

  it('tells it in the report too', async () => {
    await dashboard.getByLabel('Open report').click();
    const report = await workbench.webview('vitrine-report');
    await report.getByRole('heading', { name: 'Why the search went this way' }).scrollIntoViewIfNeeded();
    await workbench.screenshot('search-report', 'light', 'dark');
  });

  it('says undefined or NaN nowhere, and shows no error', async () => {
    for (const frame of workbench.page.frames())
      assert.equal(await frame.getByText(/\bundefined\b|\bNaN\b|\[object Object\]/).count(), 0);
    assert.deepEqual(workbench.problems, []);
  });
});
