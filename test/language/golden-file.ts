import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';

/**
 * Compares a value with the golden file beside its input. With UPDATE_GOLDENS=1 the file is written instead; otherwise what
 * differs, or has no golden yet, is laid beside it as `.actual`, and fails.
 */
export async function matchesGolden(path: string, actual: unknown): Promise<void> {
  const text = `${JSON.stringify(actual, undefined, 2)}\n`;
  const actualPath = `${path}.actual`;
  if (process.env.UPDATE_GOLDENS === '1') {
    await writeFile(path, text);
    await rm(actualPath, { force: true });
    return;
  }
  const golden = existsSync(path) ? await readFile(path, 'utf8') : undefined;
  if (golden === text) {
    await rm(actualPath, { force: true });
    return;
  }
  await writeFile(actualPath, text);
  assert.ok(
    golden !== undefined,
    `${path} is missing; look at the .actual beside it, then write it with UPDATE_GOLDENS=1`,
  );
  assert.deepEqual(actual, JSON.parse(golden), `${path} differs; look at the .actual beside it`);
  assert.fail(`${path} is not written as this test writes it; write it again with UPDATE_GOLDENS=1`);
}
