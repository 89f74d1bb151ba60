// `npm run package`: the extension for this platform as a .vsix, packed from a folder of its own that holds what runs
// and nothing else, then unpacked and tried.
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './run.ts';
import { runtimeDependencies } from './runtime-dependencies.ts';
import { tryPackage } from './try-package.ts';

const target = `${process.platform}-${process.arch}`;
const shipped = ['bin', 'dist', 'media', 'README.md', 'CHANGELOG.md', 'LICENSE'] as const;

/** The manifest without what only building and testing need, and with the one dependency that is not bundled. */
async function stageManifest(stage: string): Promise<{ name: string; version: string }> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { scripts: _, devDependencies: __, allowScripts: ___, files: ____, ...rest } = manifest;
  const native = '@duckdb/node-api';
  const staged = { ...rest, dependencies: { [native]: manifest.dependencies[native] } };
  await writeFile(join(stage, 'package.json'), JSON.stringify(staged, null, 2));
  return manifest;
}

async function stageFiles(stage: string): Promise<void> {
  const isNeeded = (path: string) => !path.endsWith('.map') && path !== join(root, 'dist/types');
  for (const part of shipped) await cp(join(root, part), join(stage, part), { recursive: true, filter: isNeeded });
  // Already chosen; vsce wants the file all the same.
  await writeFile(join(stage, '.vscodeignore'), '**/*.map\n');
  for (const { name, folder } of await runtimeDependencies(root, '@duckdb/node-api')) {
    await mkdir(join(stage, 'node_modules', name), { recursive: true });
    const isCode = (path: string) => !/\.(map|d\.ts)$/.test(path);
    await cp(folder, join(stage, 'node_modules', name), { recursive: true, filter: isCode });
  }
}

async function pack(): Promise<string> {
  const stage = await mkdtemp(join(tmpdir(), 'vitrine-package-'));
  try {
    const { name, version } = await stageManifest(stage);
    await stageFiles(stage);
    const file = join(root, `${name}-${target}-${version}.vsix`);
    const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
    const flags = ['--target', target, '--out', file, '--allow-missing-repository', '--no-rewrite-relative-links'];
    await run(process.execPath, [vsce, 'package', ...flags], stage);
    return file;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

await run(process.execPath, [join(root, 'build/build.ts'), '--clean'], root);
const file = await pack();
await tryPackage(file);
const mebibytes = ((await stat(file)).size / 2 ** 20).toFixed(1);
console.log(`${file}: ${mebibytes} MiB for ${target}; unpacked and tried.`);
