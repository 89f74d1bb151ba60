#!/usr/bin/env node
// Stands where VS Code's executable stands for @vscode/test-electron: takes its flags, runs the suite in the
// extension host of a workbench from npm, and ends with the suite's exit code.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { installWorkbench } from './install.ts';
import { root } from './parts.ts';
import { WorkbenchServer } from './server.ts';
import { within } from './time-limit.ts';

const suiteMinutes = 8;

function readFlags() {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'disable-workspace-trust': { type: 'boolean' },
    },
  });
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
  const folder = positionals[0];
  if (typeof extension !== 'string' || typeof tests !== 'string' || folder === undefined) {
    throw new Error('Wanted: FOLDER --extensionDevelopmentPath=FOLDER --extensionTestsPath=FILE');
  }
  const trusted = values['disable-workspace-trust'] === true;
  return { extension: resolve(extension), tests: resolve(tests), folder: resolve(folder), trusted };
}

/** The page's console is too talkative for the terminal. */
async function logPath(): Promise<string> {
  const folder = join(root, 'test-results');
  await mkdir(folder, { recursive: true });
  return join(folder, 'workbench.log');
}

/** Resolves to the suite's exit code, which the workbench hands to the page when its extension host ends. */
async function suiteEnd(page: Page): Promise<number> {
  const ended = Promise.withResolvers<number>();
  page.once('crash', () => ended.reject(new Error('The workbench page crashed.')));
  page.once('close', () => ended.reject(new Error('The workbench page was closed.')));
  await page.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));
  const log = createWriteStream(await logPath());
  await page.exposeFunction('codeAutomationLog', (kind: string, words: unknown[]) => {
    log.write(`${kind} ${format(...words)}\n`);
  });
  return ended.promise;
}

/** How the window looked when a test had failed, or nothing came any more. */
async function takePicture(page: Page): Promise<void> {
  try {
    await page.screenshot({ path: join(root, 'test-results/workbench.png') });
  } catch (error) {
    console.error('There is no picture of the window:', error);
  }
}

const flags = readFlags();
const workbench = await installWorkbench();
const server = await WorkbenchServer.start(workbench, {
  settings: { 'security.workspace.trust.enabled': !flags.trusted },
});
const browser = await launchBrowser(workbench);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const end = suiteEnd(page);
  const remote = (path: string) => `vscode-remote://${new URL(server.url).host}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(flags.extension)],
    ['extensionTestsPath', remote(flags.tests)],
  ];
  const query = new URLSearchParams({ folder: flags.folder, payload: JSON.stringify(payload) });
  await page.goto(`${server.url}/?${query}`);
  process.exitCode = await within(suiteMinutes * 60, 'the suite to end', end).catch((error: unknown) => {
    console.error(error);
    return 1;
  });
  if (process.exitCode !== 0) await takePicture(page);
} finally {
  await browser.close();
  await server.stop();
}
