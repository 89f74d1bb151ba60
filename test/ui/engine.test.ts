import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { engineProcesses, killEngine } from './engine-process.ts';
import { editFile } from './experiment-files.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** Complete trials, as the dashboard says: '12 complete, 2 running'. */
async function completeTrials(dashboard: Frame): Promise<number> {
  const words = await dashboard
    .getByText(/\d+ complete/)
    .first()
    .textContent();
  return Number(/(\d+) complete/.exec(words ?? '')?.[1]);
}

describe('the engine, as a process of its own', () => {
  let workbench: Workbench;
  let dashboard: Frame;

  before(async () => {
    workbench = await openWorkbench();
    await editFile(workbench, 'penguins.vitrine.yaml', (text) =>
      text.replace('time: 40s', 'time: 10m').replaceAll(': auto', ': none'),
    );
    await workbench.open('penguins.vitrine.yaml');
    await (await workbench.codeLens('Run')).click();
    dashboard = await workbench.webview('vitrine-dashboard');
    await dashboard
      .getByText(/\d+ complete/)
      .first()
      .waitFor();
  });
  after(() => workbench.close());

  it('is found again after a reload of the window, with the run going on', async () => {
    const engines = engineProcesses(workbench);
    assert.equal(engines.length, 1);
    const before = await completeTrials(dashboard);
    await workbench.reload();
    dashboard = await workbench.webview('vitrine-dashboard');
    await dashboard.getByText('Searching').first().waitFor();
    assert.ok((await completeTrials(dashboard)) >= before);
    assert.deepEqual(engineProcesses(workbench), engines);
    await workbench.page.locator('.statusbar-item', { hasText: 'penguins: searching' }).waitFor();
  });

  it('is missed when it dies: the dashboard says so and keeps what it last heard', async () => {
    await killEngine(workbench);
    await dashboard.getByText('The engine is not running').waitFor();
    assert.ok((await completeTrials(dashboard)) > 0);
    await workbench.page.locator('.statusbar-item', { hasText: 'penguins: searching' }).waitFor({ state: 'hidden' });
    await workbench.page
      .locator('.monaco-list[aria-label="Experiments"]')
      .getByText('the engine is not running')
      .waitFor();
    await workbench.screenshot('engine-killed');
  });

  it('is started again by the button, and says that the run was interrupted', async () => {
    await dashboard.getByRole('button', { name: 'Start it again' }).click();
    await dashboard.getByText('Interrupted').first().waitFor();
    assert.equal(engineProcesses(workbench).length, 1);
  });

  it('goes on with the interrupted run, and stops when it is told to', async () => {
    const before = await completeTrials(dashboard);
    await dashboard.getByRole('button', { name: 'Continue' }).click();
    await dashboard.getByText('Searching').first().waitFor();
    await dashboard.getByRole('button', { name: 'Stop' }).click();
    await dashboard.getByText('Stopped').first().waitFor();
    assert.ok((await completeTrials(dashboard)) >= before);
  });

  it('shows no error', () => assert.deepEqual(workbench.problems, []));
});
