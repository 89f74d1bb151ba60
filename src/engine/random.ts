import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded random numbers; the only source of chance in the engine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal (Box and Muller 1958). */
  normal(): number;
  /** Uniform in 0 .. bound - 1. */
  integer(bound: number): number;
  /** 0 .. length - 1 in random order (Fisher and Yates). */
  permutation(length: number): Uint32Array;
  /** An independent stream that depends on this generator's seed and the label alone, not on what was drawn so far. */
  fork(label: string): Random;
}

/** Seeds that differ in one bit must give streams that have nothing in common; the generator alone begins neighbouring seeds alike. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @param seed any safe integer */
export function createRandom(seed: number): Random {
  const state = digest(String(seed));
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => state.readInt32LE(offset)));
  let spare: number | undefined;
  const uniform = () => uniformFloat64(generator);
  const integer = (bound: number) => uniformInt(generator, 0, bound - 1);
  return {
    uniform,
    integer,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    permutation(length) {
      const order = Uint32Array.from({ length }, (_, i) => i);
      for (let i = length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      return order;
    },
    fork: (label) => createRandom(digest(`${seed}/${label}`).readIntLE(0, 6)),
  };
}
