import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { buildGallery } from './gallery.ts';
import { scenes } from './scenes.ts';

/** Screenshots of scenes, for people to look at: node test/webview/look.ts FOLDER [SCENE-PART] [THEME,...] */
const [folder, part = '', wanted = 'dark,light,hc-dark,hc-light'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node test/webview/look.ts FOLDER [SCENE-PART] [THEME,...]');
const pages = join(folder, 'pages');
await buildGallery(pages);
await mkdir(folder, { recursive: true });
const workbench = resolve(import.meta.dirname, '../../.vscode-test/workbench');
const browser = await chromium.launch({
  executablePath: join(workbench, 'browser/chromium'),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  env: {
    ...process.env,
    LD_LIBRARY_PATH: join(workbench, 'browser/al2023/lib'),
    FONTCONFIG_FILE: join(workbench, 'fonts.conf'),
  },
});
for (const scene of scenes.filter(({ name }) => name.includes(part))) {
  for (const theme of wanted.split(',')) {
    const page = await browser.newPage({ viewport: { width: scene.width, height: 700 } });
    page.on('console', (message) => console.log(`${scene.name} ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => console.log(`${scene.name}: ${error.stack}`));
    await page.goto(`file://${join(pages, `${scene.name}.${theme}.html`)}`);
    await page.waitForTimeout(300);
    for (const label of scene.press ?? [])
      await page
        .getByLabel(label)
        .or(page.getByText(label, { exact: true }))
        .first()
        .click();
    await page.waitForTimeout(scene.press ? 400 : 100);
    const violations = await page.evaluate('window.violations');
    if ((violations as string[]).length > 0) console.log(scene.name, violations);
    await page.screenshot({ path: join(folder, `${scene.name}.${theme}.png`), fullPage: true });
    await page.close();
  }
}
await browser.close();
