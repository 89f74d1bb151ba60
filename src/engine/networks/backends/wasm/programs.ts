import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { assemble } from './assembler.ts';
import { emscripten, webAssembly } from './emscripten.ts';
import { defineAdam } from './programs/adam.ts';
import { defineConvolve } from './programs/convolve.ts';
import { defineMaxPoolGradient } from './programs/max-pool-gradient.ts';
import { defineMultiply } from './programs/multiply.ts';
import { definePackColumns, definePackRows } from './programs/pack.ts';
import { defineSilu, defineSiluGradient } from './programs/silu.ts';
import { defineSumRows } from './programs/sum-rows.ts';
import { tileColumns, tileRows } from './programs/tile.ts';
import { defineWave } from './programs/wave.ts';

/** Our compiled loops over the memory of a tfjs wasm backend; numbers are addresses in bytes, floats, or counts. */
export type Program = (...values: number[]) => void;

const definitions = {
  multiplyTile: defineMultiply(tileRows),
  multiplyRow: defineMultiply(1),
  convolve4: defineConvolve(4),
  convolve3: defineConvolve(3),
  convolve2: defineConvolve(2),
  convolve1: defineConvolve(1),
  packTileRows: definePackRows(tileRows),
  packPanelRows: definePackRows(tileColumns),
  packPanelColumns: definePackColumns(tileColumns),
  sumRows: defineSumRows,
  maxPoolGradient: defineMaxPoolGradient,
  silu: defineSilu,
  siluGradient: defineSiluGradient,
  cosine: defineWave('cosine'),
  sine: defineWave('sine'),
  adam: defineAdam,
};

export type Programs = Readonly<Record<keyof typeof definitions, Program>>;

const compiled = new WeakMap<object, Programs>();

/**
 * The loops bound to this backend's memory, compiled on first use.
 * Throws a WebAssembly.CompileError where the runtime has no relaxed SIMD (Node < 21).
 */
export function programsFor(backend: BackendWasm): Programs {
  const { memory } = emscripten(backend).asm;
  let programs = compiled.get(memory);
  if (!programs) {
    const module = new webAssembly.Module(assemble(Object.values(definitions)));
    const { exports } = new webAssembly.Instance(module, { env: { memory } });
    const entries = Object.entries(definitions).map(([key, { name }]) => [key, exports[name]]);
    programs = Object.fromEntries(entries) as Programs;
    compiled.set(memory, programs);
  }
  return programs;
}
