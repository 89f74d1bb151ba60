import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { emscripten } from './emscripten.ts';

interface Block {
  /** As it was allocated. */
  readonly start: number;
  readonly address: number;
  readonly bytes: number;
}

const blocks = new WeakMap<BackendWasm, Block>();

/**
 * Address of a piece of the backend's memory for use within one kernel, 16-byte aligned; it holds what an earlier kernel
 * left there. Asking may grow the memory, which detaches every view of it. Throws a RangeError where memory is used up.
 */
export function scratchMemory(backend: BackendWasm, bytes: number): number {
  const old = blocks.get(backend);
  if (old && old.bytes >= bytes) return old.address;
  if (old) emscripten(backend)._free(old.start);
  blocks.delete(backend);
  // Twice what is needed: layers of many sizes come by, and few should move the block.
  const start = emscripten(backend)._malloc(2 * bytes + 16) >>> 0;
  if (start === 0) throw new RangeError(`a network needs ${2 * bytes} bytes more than wasm memory has`);
  const block = { start, address: Math.ceil(start / 16) * 16, bytes: 2 * bytes };
  blocks.set(backend, block);
  return block.address;
}
