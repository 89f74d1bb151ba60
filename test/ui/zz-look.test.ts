import { after, before, describe, it } from 'node:test';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('look', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ width: 1440, height: 1000, theme: 'dark' });
  });
  after(() => workbench.close());
  const shot = (name: string) => workbench.page.screenshot({ path: `/tmp/uilook/${name}.png` });
  it('run', async () => {
    await workbench.execute('workbench.view.extension.vitrine');
    await workbench.open('penguins.vitrine.yaml');
    const dash = await workbench.webview('vitrine-dashboard', 60);
    await new Promise((r) => setTimeout(r, 3000));
    await shot('1-start');
    await dash.getByRole('button', { name: 'Run' }).first().click();
    await new Promise((r) => setTimeout(r, 15000));
    await shot('2-searching');
    await dash.getByText('Finished').first().waitFor({ timeout: 100000 });
    await new Promise((r) => setTimeout(r, 1500));
    await shot('3-finished');
    await dash.getByRole('button', { name: /^Open trial .* rank 1$/ }).click();
    const trial = await workbench.webview('vitrine-trial', 60);
    await trial.getByText('Which columns matter').waitFor();
    await new Promise((r) => setTimeout(r, 1000));
    await shot('4-trial');
    await trial.getByRole('tab', { name: 'Robustness' }).click();
    await new Promise((r) => setTimeout(r, 1000));
    await shot('5-robustness');
    await trial.getByRole('tab', { name: 'Architecture' }).click();
    await new Promise((r) => setTimeout(r, 1000));
    await shot('6-architecture');
    for (const theme of ['light', 'high-contrast', 'high-contrast-light'] as const) {
      await workbench.setTheme(theme);
      await new Promise((r) => setTimeout(r, 700));
      await shot(`7-${theme}`);
    }
    console.log(workbench.problems);
  });
});
