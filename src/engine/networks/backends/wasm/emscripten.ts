import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What we use of the module that Emscripten made of tfjs's C++; its own types are not installed. */
export interface EmscriptenModule {
  /** The whole memory; replaced when memory grows. */
  readonly HEAPF32: Float32Array;
  /** Address, as a signed integer; 0 where memory is used up. */
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly asm: { readonly memory: object };
}

export const emscripten = (backend: BackendWasm): EmscriptenModule => backend.wasm as unknown as EmscriptenModule;

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** Node's types for WebAssembly leave out what is not in the DOM's. */
export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
