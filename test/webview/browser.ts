import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const workbench = resolve(import.meta.dirname, '../../.vscode-test/workbench');
const executablePath = join(workbench, 'browser/chromium');

/** The browser that the in-editor tests install with npm. */
export const hasBrowser = (): boolean => existsSync(executablePath);

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(workbench, 'browser/al2023/lib'),
      FONTCONFIG_FILE: join(workbench, 'fonts.conf'),
    },
  });
