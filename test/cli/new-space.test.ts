import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getHeapSpaceStatistics } from 'node:v8';
import { limitNewSpace } from '../../src/cli/new-space.ts';

const newSpaceBytes = () =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;

/** Keeps many new objects alive for a while: what V8 answers with a larger space for new ones. */
function allocate(objects: number, now: () => void): void {
  let kept: object[] = [];
  for (let i = 0; i < objects; i++) {
    kept.push({ i, list: [i] });
    if (kept.length % 2000 === 0) now();
    if (kept.length >= 200_000) kept = [];
  }
}

test('the space for new objects stops growing where it is large enough', () => {
  allocate(2_000_000, limitNewSpace);
  const limited = newSpaceBytes();
  assert.ok(limited > 4 * 2 ** 20 && limited <= 32 * 2 ** 20, `${limited} bytes`);
  limitNewSpace();
  allocate(2_000_000, () => undefined);
  assert.ok(newSpaceBytes() <= limited + 2 ** 20, `grew from ${limited} to ${newSpaceBytes()} bytes`);
});
