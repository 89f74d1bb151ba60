import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { getBackend } from '@tensorflow/tfjs-core';
import { BackendFault } from '../../../../src/engine/networks/backends/backend-fault.ts';
import { backends } from '../../../../src/engine/networks/backends/registry.ts';
import { planBackend, startBackend } from '../../../../src/engine/networks/backends/start-backend.ts';
import type { BackendName } from '../../../../src/shared/backend.ts';

const large = { multiplicationsPerStep: 1e12 };

describe('the backend that a process starts', () => {
  const using: BackendName[] = [];
  const plan = (choice: 'auto' | BackendName, without: BackendName[] = []) =>
    planBackend({ choice, without, using: async (name) => void using.push(name) });
  afterEach(() => {
    using.length = 0;
    plan('wasm');
  });

  it('is wasm where nothing else was planned, whatever the size', async () => {
    assert.equal(await startBackend(large), 'wasm');
    assert.equal(getBackend(), 'wasm');
    assert.deepEqual(using, []);
  });

  it('is the one asked for, or a fault that names it: nothing is taken in its place in silence', async (context) => {
    if (backends['tfjs-node-gpu'].detect().found) return context.skip('CUDA is here');
    plan('tfjs-node-gpu');
    await assert.rejects(startBackend(), (error) => {
      assert.ok(error instanceof BackendFault);
      assert.equal(error.failure.name, 'tfjs-node-gpu');
      assert.match(error.failure.why, /not installed|no CUDA device|NVIDIA/);
      return true;
    });
    assert.deepEqual(using, ['tfjs-node-gpu'], 'its use was told before it was loaded');
    plan('tfjs-node-gpu', ['tfjs-node-gpu']);
    assert.equal(await startBackend(large), 'wasm');
  });

  it('is wasm under auto for a small network, and where all others failed', async () => {
    plan('auto');
    assert.equal(await startBackend({ multiplicationsPerStep: 1e4 }), 'wasm');
    plan('auto', ['tfjs-node-gpu', 'webgpu', 'tfjs-node']);
    assert.equal(await startBackend(large), 'wasm');
    assert.deepEqual(using, []);
  });
});
