import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { launchBrowser } from '../host/workbench/browser.ts';
import { installWorkbench } from '../host/workbench/install.ts';
import { buildGallery } from './gallery.ts';

/** Screenshots of scenes, for people to look at: node test/webview/look.ts FOLDER [PART-OF-NAME] [THEME,...] */
const [given, part = '', wanted = 'dark,light,hc-dark,hc-light'] = process.argv.slice(2);
if (!given) throw new Error('usage: node test/webview/look.ts FOLDER [PART-OF-NAME] [THEME,...]');
const folder = resolve(given);
const pages = await buildGallery(join(folder, 'pages'));
await mkdir(folder, { recursive: true });
const browser = await launchBrowser(await installWorkbench());
for (const { file, name, theme, width, press } of pages) {
  if (!name.includes(part) || !wanted.split(',').includes(theme)) continue;
  const colorScheme = theme.includes('dark') ? 'dark' : 'light';
  const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme });
  page.on('console', (message) => console.log(`${name} ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => console.log(`${name}: ${error.stack}`));
  await page.goto(`file://${join(folder, 'pages', file)}`);
  await page.waitForTimeout(400);
  for (const label of press) {
    const tab = page.getByRole('tab', { name: label });
    const named = page
      .getByLabel(label)
      .or(page.getByText(label, { exact: true }))
      .first();
    await ((await tab.count()) > 0 ? tab : named).click();
  }
  await page.waitForTimeout(press.length > 0 ? 400 : 50);
  await page.screenshot({ path: join(folder, `${name}.${theme}.png`), fullPage: true });
  await page.close();
}
await browser.close();
