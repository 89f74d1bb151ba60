/// <reference path="./libsvm-js.d.ts" />
import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import type { Expansion, Kernel } from './kernel.ts';

export interface SvmSettings {
  readonly kernel: Kernel;
  readonly cost: number;
  /** Half width of the tube within which errors do not count; absent for classes. */
  readonly epsilon?: number;
}

/** Violation of the optimality conditions at which the library stops; its own default. */
const tolerance = 1e-3;
const cacheMegabytes = 100;

/**
 * Fits a support vector machine by LIBSVM (Chang and Lin 2011) over some rows of a matrix. Blocks while it works.
 * @param labels [places]: 1 and -1, or values
 * @returns support vectors as rows of the matrix
 */
export async function trainSvm(
  x: EncodedMatrix,
  places: Int32Array,
  labels: Float64Array,
  { kernel, cost, epsilon }: SvmSettings,
): Promise<Expansion> {
  const Library = await libsvm();
  const machine = new Library({
    type: epsilon === undefined ? '0' : '3',
    ...(kernel.kind === 'rbf' ? { kernel: '2', gamma: kernel.gamma } : { kernel: '0' }),
    cost,
    epsilon,
    tolerance,
    cacheSize: cacheMegabytes,
    quiet: true,
  });
  try {
    machine.train(
      Array.from(places, (place) => x.values.subarray(place * x.columns, (place + 1) * x.columns)),
      labels,
    );
    return expansionOf(machine.serializeModel(), machine.getSVIndices(), places);
  } finally {
    machine.free();
  }
}

/** The text names each vector's coefficient first in its line; which row it is the indices tell. */
function expansionOf(text: string, indices: readonly number[], places: Int32Array): Expansion {
  const [header, body] = text.split('SV\n');
  const rho = Number(/^rho (.*)$/m.exec(header)?.[1]);
  const lines = body.split('\n').slice(0, indices.length);
  return {
    places: Int32Array.from(indices, (index) => places[index]),
    coefficients: Float64Array.from(lines, (line) => Number(line.slice(0, line.indexOf(' ')))),
    rho,
  };
}

/** Loaded once it is needed. On loading it has the process exit at any unhandled rejection; that is taken back. */
async function libsvm() {
  const before = process.listeners('unhandledRejection');
  const { default: Library } = await import('libsvm-js/asm.js');
  for (const listener of process.listeners('unhandledRejection'))
    if (!before.includes(listener)) process.off('unhandledRejection', listener);
  return Library;
}
