import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { MessageToHost } from '../../src/shared/webview-protocol.ts';
import { launchBrowser } from '../host/workbench/browser.ts';
import { installWorkbench } from '../host/workbench/install.ts';
import { buildGallery, type GalleryPage } from './gallery.ts';

const linux = process.platform === 'linux' && process.arch === 'x64';
/** Options of a suite that needs a browser. */
export const inBrowser = { skip: linux ? false : 'the browser from npm runs on linux-x64' };

/** The gallery in a browser, for the suite that it is called in. */
export function browsedGallery() {
  let browser: Browser;
  let folder = '';
  let pages: GalleryPage[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-gallery-'));
    pages = await buildGallery(folder);
    browser = await launchBrowser(await installWorkbench());
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  /** Opens a page of the gallery; `faults` gathers what the browser complains of and whom the page calls. */
  async function open(name: string, theme: string): Promise<{ page: Page; faults: string[] }> {
    const found = pages.find((each) => each.name === name && each.theme === theme);
    assert.ok(found, `no page ${name} in ${theme}`);
    const faults: string[] = [];
    const colorScheme = theme.includes('dark') ? 'dark' : 'light';
    const page = await browser.newPage({ viewport: { width: found.width, height: 900 }, colorScheme });
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => !request.url().startsWith('file:') && faults.push(`asked for ${request.url()}`));
    await page.goto(pathToFileURL(join(folder, found.file)).href);
    await page.locator('main').first().waitFor();
    return { page, faults };
  }

  const sent = (page: Page) => page.evaluate<MessageToHost[]>('window.sent');
  /** The inputs of what the page asked of the engine by this operation. */
  const asked = async (page: Page, operation: string) =>
    (await sent(page)).flatMap((message) =>
      message.type === 'request' && message.operation === operation ? [message.input as Record<string, unknown>] : [],
    );

  return { pages: () => pages, open, sent, asked };
}
