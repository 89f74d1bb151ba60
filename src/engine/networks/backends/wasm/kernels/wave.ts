import { Cos, Sin, util } from '@tensorflow/tfjs-core';
import { emscripten } from '../emscripten.ts';
import type { WasmKernel } from '../kernel.ts';
import { programsFor } from '../programs.ts';

/** Cosines and sines four at a time; the stock kernels call the C library for each number. */
const wave = (name: string, program: 'cosine' | 'sine'): WasmKernel => ({
  name,
  create:
    () =>
    ({ inputs: { x }, backend }) => {
      const size = util.sizeFromShape(x.shape);
      const out = backend.makeOutput(x.shape, 'float32');
      const [from, to] = [x, out].map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset);
      const vectored = size - (size % 4);
      if (vectored > 0) programsFor(backend)[program](from, to, vectored);
      const heap = emscripten(backend).HEAPF32;
      const f = program === 'cosine' ? Math.cos : Math.sin;
      for (let i = vectored; i < size; i++) heap[to / 4 + i] = f(heap[from / 4 + i]);
      return out;
    },
});

export const cosine = wave(Cos, 'cosine');
export const sine = wave(Sin, 'sine');
