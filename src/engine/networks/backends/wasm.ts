import { setBackend } from '@tensorflow/tfjs-core';
import type { Backend } from './backend.ts';
import { startWasm } from './wasm/start-wasm.ts';

/** Embedded, and always there: our kernels on one thread, so that one worker a core uses the machine. */
export const wasm: Backend = {
  name: 'wasm',
  title: 'WebAssembly, one CPU thread a worker',
  tfjsName: 'wasm',
  onGpu: false,
  leastWork: 0,
  detect: () => ({ found: true, words: 'part of Vitrine' }),
  async start() {
    await startWasm();
    await setBackend('wasm');
    return { device: 'one CPU thread' };
  },
};
