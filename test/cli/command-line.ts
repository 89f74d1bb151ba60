import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../src/engine/random.ts';

/** Half of a command's time is reading its own source; the second one finds it read. */
const compileCache = join(tmpdir(), 'vitrine-compile-cache');
export const program = join(import.meta.dirname, '../../src/cli/main.ts');

/** How a command ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `vitrine WORDS...` in a folder, as a person would. */
export async function vitrine(folder: string, ...words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', NODE_COMPILE_CACHE: compileCache },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

/** As `vitrine`, where it must succeed; answers with what it printed. */
export async function succeeds(folder: string, ...words: readonly string[]): Promise<string> {
  const { code, out, err } = await vitrine(folder, ...words);
  assert.equal(code, 0, `vitrine ${words.join(' ')}\n${out}\n${err}`);
  return out;
}

/** A folder of its own with these files, gone when this process ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-cli-'));
  process.setMaxListeners(0);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Rows of `x,y,answer`: two numbers, and 'yes' mostly where x is above 0. */
export function answerRows(count: number, answer?: (row: number) => string): string[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, row) => {
    const [x, y] = [random.normal(), random.normal()];
    const usual = x + 0.2 * random.normal() > 0 ? 'yes' : 'no';
    return `${x.toFixed(3)},${y.toFixed(3)},${answer ? answer(row) : usual}`;
  });
}

export const answerTable = (rows: readonly string[]): string => `${['x,y,answer', ...rows].join('\n')}\n`;

/** Searches with the two cheapest learners and nothing beyond the search. */
export const quickSearch = `learners: [tree, logistic]
search: {workers: 1, seed: 1}
budget: {trials: 4}
explain: none
robustness: none
`;
