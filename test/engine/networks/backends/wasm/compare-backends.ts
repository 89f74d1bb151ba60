import assert from 'node:assert/strict';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { startWasm } from '../../../../../src/engine/networks/backends/wasm/start-wasm.ts';

/** Values that `compute` gives on our wasm backend and on tfjs's plain cpu backend, from the same arrays. */
export async function onBoth(
  compute: () => Tensor,
): Promise<{ wasm: Float32Array; cpu: Float32Array; shape: number[] }> {
  await startWasm();
  const run = () => tidy(() => ({ values: compute().dataSync<'float32'>().slice() }));
  try {
    await setBackend('cpu');
    const cpu = run().values;
    await setBackend('wasm');
    const before = memory().numTensors;
    const shape = tidy(() => compute().shape);
    const wasm = run().values;
    assert.equal(memory().numTensors, before, 'tensors were left behind');
    return { wasm, cpu, shape };
  } finally {
    await setBackend('wasm');
  }
}

/** Whether two arrays differ nowhere by more than `tolerance` x the largest of the second's entries. */
export function isClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): boolean {
  const size = Math.max(1, ...Array.from(expected, Math.abs));
  return Array.from(actual).every((value, i) => Math.abs(value - expected[i]) <= tolerance * size);
}

/** Fails where two arrays differ by more than `tolerance` x the largest of their entries. */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  assert.equal(actual.length, expected.length);
  const size = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(actual[i] - expected[i]);
    assert.ok(apart <= tolerance * size, `entry ${i}: ${actual[i]} instead of ${expected[i]}`);
  }
}
