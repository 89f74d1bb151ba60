import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { getBackend } from '@tensorflow/tfjs-core';
import { startWasm, wasmFolder } from '../../../../../src/engine/networks/backends/wasm/start-wasm.ts';

test('starts once, and leaves the process its own error handling', async () => {
  const listeners = () => ['unhandledRejection', 'uncaughtException'].map((event) => process.listenerCount(event));
  const before = listeners();
  await Promise.all([startWasm(), startWasm()]);
  assert.equal(getBackend(), 'wasm');
  assert.deepEqual(listeners(), before);
});

test('the binary is looked for in each place, and its absence names them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-wasm-'));
  try {
    assert.throws(() => wasmFolder(['/nowhere', folder]), /is missing in \/nowhere and .*vitrine-wasm-/);
    writeFileSync(join(folder, 'tfjs-backend-wasm-simd.wasm'), '');
    assert.equal(wasmFolder(['/nowhere', folder]), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
