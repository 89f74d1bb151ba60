import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, formatMessages, type Message, type OutputFile } from 'esbuild';
import { buildOptions, copies, entries } from './entries.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Replaces a file at once, so that an engine started in the middle of a build never reads half a bundle. */
async function place(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await write(temporary);
  await rename(temporary, path);
}

async function writeIfChanged(file: OutputFile): Promise<void> {
  const old = existsSync(file.path) ? await readFile(file.path) : undefined;
  if (!old?.equals(file.contents)) await place(file.path, (temporary) => writeFile(temporary, file.contents));
}

async function print(messages: Message[], kind: 'error' | 'warning'): Promise<void> {
  const color = process.stdout.isTTY;
  for (const text of await formatMessages(messages, { kind, color })) console.error(text);
}

interface Bundles {
  readonly files: readonly string[];
  readonly good: boolean;
}

/** Bundles every entry whose source is there, and prints what fails; the kinds that succeed are written all the same. */
async function bundle(): Promise<Bundles> {
  const present = entries.filter((entry) => existsSync(join(root, entry.source)));
  const runs = buildOptions(present).map((options) => build({ ...options, absWorkingDir: root }));
  const results = await Promise.allSettled(runs);
  const files: OutputFile[] = [];
  for (const result of results) {
    if (result.status === 'rejected') await print(result.reason.errors ?? [{ text: String(result.reason) }], 'error');
    else {
      await print(result.value.warnings, 'warning');
      files.push(...(result.value.outputFiles ?? []));
    }
  }
  await Promise.all(files.map(writeIfChanged));
  return { files: files.map((file) => file.path), good: results.every((result) => result.status === 'fulfilled') };
}

async function copyAssets(): Promise<string[]> {
  return Promise.all(
    copies.map(async ({ from, to }) => {
      const path = join(dist, to);
      await place(path, (temporary) => copyFile(join(root, from), temporary));
      return path;
    }),
  );
}

/**
 * Chunks are named by their content, so each build leaves the last one's behind. An engine that is still running may
 * yet import those lazily: they go after an hour, or with --clean (before packaging) at once.
 */
async function removeStale(kept: readonly string[]): Promise<void> {
  const keep = new Set(kept.map((path) => relative(dist, path)));
  const newest = process.argv.includes('--clean') ? Number.POSITIVE_INFINITY : Date.now() - 3_600_000;
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(dist, path);
    if (!entry.isFile() || keep.has(name) || name.startsWith(`types${sep}`)) continue;
    if ((await stat(path)).mtimeMs < newest) await rm(path, { force: true });
  }
}

function declareTypes(): Promise<boolean> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const child = spawn(process.execPath, [tsc, '-p', join(root, 'build/tsconfig.types.json')], { stdio: 'inherit' });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code === 0));
  });
}

const start = performance.now();
const absent = entries.filter((entry) => !existsSync(join(root, entry.source)));
const hasLibrary = !absent.some((entry) => entry.output === 'engine/index.js');
const [bundles, copied, typed] = await Promise.all([bundle(), copyAssets(), hasLibrary ? declareTypes() : false]);
if (bundles.good) await removeStale([...bundles.files, ...copied]);
for (const entry of absent) console.error(`absent: ${entry.source} (becomes dist/${entry.output})`);
const good = bundles.good && typed && absent.length === 0;
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(good ? `built dist/ in ${seconds} s` : `the build failed after ${seconds} s`);
process.exitCode = good ? 0 : 1;
