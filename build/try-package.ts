import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';
import { run } from './run.ts';

async function unpack(file: string, folder: string): Promise<void> {
  const zip = await JSZip.loadAsync(await readFile(file));
  for (const entry of Object.values(zip.files)) {
    if (entry.dir) continue;
    const path = join(folder, entry.name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await entry.async('nodebuffer'));
  }
}

/** Asks DuckDB through the packed library's own place, and fails when it was found anywhere else. */
const askDuckdb = `
  const { createRequire } = await import('node:module');
  const place = createRequire(process.argv[1]).resolve('@duckdb/node-api');
  if (!place.startsWith(process.argv[2])) throw new Error('DuckDB came from ' + place);
  const { DuckDBInstance } = await import(place);
  const connection = await (await DuckDBInstance.create()).connect();
  const [[answer]] = (await connection.runAndReadAll('select 6 * 7')).getRows();
  if (answer !== 42) throw new Error('DuckDB answered ' + answer);
  await import(process.argv[1]);
  console.log('DuckDB and the library load from inside the package.');`;

/** Unpacks a .vsix where no other node_modules can be found, loads its engine there and reads a table with its command. */
export async function tryPackage(file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-try-'));
  try {
    await unpack(file, folder);
    const extension = join(folder, 'extension');
    const library = join(extension, 'dist/engine/index.js');
    await run(process.execPath, ['--input-type=module', '-e', askDuckdb, library, extension], folder);
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 2 ? 'yes' : 'no'}`);
    await writeFile(join(folder, 'table.csv'), `size,answer\n${rows.join('\n')}\n`);
    const command = join(extension, 'bin/vitrine.mjs');
    await run(process.execPath, [command, 'init', 'table.csv', '--target', 'answer'], folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
