import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/workbench/browser.ts';
import { installWorkbench } from '../host/workbench/install.ts';
import { type Settings, WorkbenchServer } from '../host/workbench/server.ts';
import { DriverHub } from './driver/hub.ts';
import { installDriver } from './driver/install.ts';
import { socketVariable } from './driver/messages.ts';

export interface DrivenServer {
  readonly server: WorkbenchServer;
  readonly hub: DriverHub;
}

const started = new Map<string, Promise<DrivenServer>>();
let browser: Promise<Browser> | undefined;
let home: Promise<string> | undefined;

/** A folder for this test file's own things; it goes when the file is done. */
export function ownFolder(): Promise<string> {
  home ??= mkdtemp(join(tmpdir(), 'vu-'));
  return home;
}

async function start(settings: Settings, number: number): Promise<DrivenServer> {
  const folder = join(await ownFolder(), `server-${number}`);
  const extensions = join(folder, 'extensions');
  await mkdir(folder);
  const socket = join(folder, 'driver');
  const [workbench] = await Promise.all([installWorkbench(), installDriver(extensions)]);
  const hub = await DriverHub.listen(socket);
  const server = await WorkbenchServer.start(workbench, {
    settings,
    extensions,
    environment: { [socketVariable]: socket },
  });
  return { server, hub };
}

/** The server with these settings: settings are read reliably at its start only, so each set has a server of its own. */
export function serverWith(settings: Settings): Promise<DrivenServer> {
  const key = JSON.stringify(settings);
  const running = started.get(key) ?? start(settings, started.size);
  started.set(key, running);
  return running;
}

export function sharedBrowser(): Promise<Browser> {
  browser ??= installWorkbench().then(launchBrowser);
  return browser;
}

after(async () => {
  await (await browser)?.close();
  for (const running of started.values()) {
    const { server, hub } = await running;
    await hub.close();
    await server.stop();
  }
  if (home) await rm(await home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
});
