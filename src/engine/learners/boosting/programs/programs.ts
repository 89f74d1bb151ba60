import { assemble } from '../../../networks/backends/wasm/assembler.ts';
import { webAssembly } from '../../../networks/backends/wasm/emscripten.ts';
import { defineFill, defineFillWide } from './fill.ts';
import { definePart } from './part.ts';
import { defineScan } from './scan.ts';
import { defineQuantise, defineSubtract, defineUnpack } from './sums.ts';

/** A compiled loop over a training's memory; numbers are addresses in bytes, doubles, or counts. */
export type Program = (...values: number[]) => void;

export interface Programs {
  readonly fillListed: Program;
  readonly fillWide: Program;
  /** Sums every column; undefined where there are too many for straight code. */
  readonly fillAll?: Program;
  readonly subtract: Program;
  readonly unpack: Program;
  readonly quantise: Program;
  readonly part: Program;
  readonly scan: Program;
}

/** Straight code for more columns would take long to compile, and their sums no longer fit in a cache. */
export const mostUnrolled = 128;

/** offsets: where each column's bins begin in the sums, in bytes. memory: a WebAssembly.Memory. */
export function programsOver(memory: object, offsets: Uint32Array): Programs {
  const unrolled = offsets.length > 0 && offsets.length <= mostUnrolled;
  const definitions = [
    defineFill('fillListed'),
    defineFillWide,
    defineSubtract,
    defineUnpack,
    defineQuantise,
    definePart,
    defineScan,
  ];
  if (unrolled) definitions.push(defineFill('fillAll', offsets));
  const module = new webAssembly.Module(assemble(definitions));
  return new webAssembly.Instance(module, { env: { memory } }).exports as unknown as Programs;
}
