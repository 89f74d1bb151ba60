import { type Browser, chromium } from 'playwright-core';
import type { Workbench } from './parts.ts';

/** Starts the workbench's headless Chromium; its WebGL is computed on the CPU. */
export function launchBrowser(workbench: Workbench): Promise<Browser> {
  return chromium.launch({
    executablePath: workbench.browser,
    headless: true,
    chromiumSandbox: false,
    timeout: 60_000,
    args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-dev-shm-usage', '--lang=en-US'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: workbench.browserLibraries,
      FONTCONFIG_FILE: workbench.fontConfiguration,
    } as Record<string, string>,
  });
}
