import assert from 'node:assert/strict';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../host/workbench/parts.ts';
import { editFile } from './experiment-files.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const wanted = process.env.VITRINE_DOCS_IMAGES === '1';
const mostBytes = 300_000;

/** Makes docs/images again: `VITRINE_DOCS_IMAGES=1 npm test -- build ui test/ui/docs-images.test.ts`. */
describe('the pictures of the documentation', {
  skip: !wanted && 'made on request, with VITRINE_DOCS_IMAGES=1',
}, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      width: 1440,
      height: 1100,
      settings: { 'window.commandCenter': false, 'window.title': 'penguins' },
    });
  });
  after(() => workbench.close());

  async function keep(name: string): Promise<void> {
    const [picture] = await workbench.screenshot(`docs-${name}`);
    const { size } = await stat(picture);
    assert.ok(size < mostBytes, `${name}: ${size} bytes`);
    const folder = join(root, 'docs/images');
    await mkdir(folder, { recursive: true });
    await copyFile(picture, join(folder, `${name}.png`));
  }

  /** Pulls the side bar's edge, so that the dashboard has room. */
  async function widenSideBar(pixels: number): Promise<void> {
    const { page } = workbench;
    const edge = await page.locator('.part.sidebar').boundingBox();
    assert.ok(edge);
    const y = edge.y + edge.height / 2;
    await page.mouse.move(edge.x + edge.width + 1, y);
    await page.mouse.down();
    await page.mouse.move(edge.x + edge.width + pixels, y, { steps: 10 });
    await page.mouse.up();
    await page.mouse.move(0, 0);
  }

  it('the dashboard', async () => {
    await workbench.open('penguins.vitrine.yaml');
    await (await workbench.codeLens('Run')).click();
    const dashboard = await workbench.webview('vitrine-dashboard');
    await widenSideBar(180);
    await dashboard.getByText('Finished').first().waitFor({ timeout: 120_000 });
    await workbench.codeLens('Run');
    await keep('dashboard');
  });

  it('the trial panel', async () => {
    await workbench.page
      .locator('.monaco-list[aria-label="Experiments"]')
      .getByText(/^Trial \d+: /)
      .first()
      .click();
    const panel = await workbench.webview('vitrine-trial');
    await panel.locator('vitrine-permutation-importance').waitFor();
    await keep('trial-panel');
  });

  it('the diagnostics', async () => {
    await workbench.execute('workbench.action.closeAllEditors');
    await editFile(workbench, 'penguins.vitrine.yaml', (text) =>
      text.replace('target: species', 'target: specie').replace('budget:', 'budgt:').replace('folds: 5', 'folds: 1'),
    );
    const editor = await workbench.open('penguins.vitrine.yaml');
    await workbench.execute('workbench.action.closeSidebar');
    await workbench.execute('workbench.actions.view.problems');
    await workbench.page.locator('.markers-panel').getByText('unknown-column').waitFor();
    await editor.getByText('specie', { exact: true }).hover();
    await workbench.page.locator('.monaco-hover').getByText('Did you mean').first().waitFor();
    await keep('diagnostics');
  });
});
