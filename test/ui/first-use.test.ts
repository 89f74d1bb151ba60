import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('a folder without an experiment', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ folder: 'media/walkthrough', width: 1440, height: 900 });
    await workbench.execute('workbench.view.extension.vitrine');
  });
  after(() => workbench.close());

  it('says what an experiment is, and how to make one', async () => {
    const welcome = workbench.page.locator('.welcome-view-content');
    await welcome.getByText('An experiment is one file, NAME.vitrine.yaml').waitFor();
    await welcome.getByRole('button', { name: 'New experiment from data' }).waitFor();
    await welcome.getByRole('button', { name: 'First steps' }).click();
  });

  it('has a walkthrough of five steps', async () => {
    const walkthrough = workbench.page.locator('.gettingStartedContainer');
    await walkthrough.getByText('First steps with Vitrine').first().waitFor();
    assert.equal(await walkthrough.locator('.getting-started-step').count(), 5);
    await walkthrough.getByText('Run the search').first().click();
    await workbench.webview('h1 >> text=Watch the search');
    await workbench.screenshot('walkthrough', 'light', 'dark');
  });

  it('shows no error', () => assert.deepEqual(workbench.problems, []));
});
