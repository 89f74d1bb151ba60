import type { Random } from '../random.ts';
import { joeKuo } from './sobol-directions.ts';

/** Dimensions with direction numbers; those beyond are drawn at random. */
export const sobolDimensions = joeKuo.length + 1;

const bits = 32;
const scale = 2 ** -bits;

/**
 * The Sobol sequence in the unit cube [0, 1)^dimensions (Sobol 1967; direction numbers of Joe and Kuo 2008), in Gray code order
 * (Antonov and Saleev 1979). Every 2^k points, counted from a multiple of 2^k, lie one in each of 2^k slices of every dimension.
 *
 * With a `Random` it is scrambled by a random lower triangular matrix and a random shift for each dimension (Matousek 1998), which
 * keeps that property and makes each point uniform by itself. More than `sobolDimensions` dimensions need a `Random`: those beyond are
 * drawn from it, uniform and independent.
 */
export class SobolSequence {
  readonly dimensions: number;
  /** Direction numbers, [dimensions x bits], and each dimension's shift. */
  readonly #directions: Uint32Array;
  readonly #shifts: Uint32Array;
  readonly #random: Random | undefined;

  /** Throws a RangeError for more than `sobolDimensions` dimensions without a `Random`. */
  constructor(dimensions: number, random?: Random) {
    if (dimensions > sobolDimensions && !random) {
      throw new RangeError(
        `an unscrambled Sobol sequence has at most ${sobolDimensions} dimensions; got ${dimensions}`,
      );
    }
    const quasi = Math.min(dimensions, sobolDimensions);
    this.dimensions = dimensions;
    this.#directions = new Uint32Array(quasi * bits);
    this.#shifts = new Uint32Array(quasi);
    this.#random = random?.fork('sobol beyond');
    const scrambling = random?.fork('sobol scrambling');
    for (let d = 0; d < quasi; d++) {
      const directions = directionNumbers(d);
      this.#directions.set(scrambling ? scrambled(directions, scrambling) : directions, d * bits);
      if (scrambling) this.#shifts[d] = scrambling.integer(2 ** bits);
    }
  }

  /** The i-th point, from 0 to 2^32 - 1, without those before it. */
  point(i: number): Float64Array {
    const point = new Float64Array(this.dimensions);
    const gray = (i ^ (i >>> 1)) >>> 0;
    for (let d = 0; d < this.#shifts.length; d++) {
      let digits = this.#shifts[d];
      for (let bit = 0, rest = gray; rest !== 0; bit++, rest >>>= 1) {
        if (rest & 1) digits ^= this.#directions[d * bits + bit];
      }
      point[d] = (digits >>> 0) * scale;
    }
    if (this.dimensions > this.#shifts.length) this.#fillBeyond(point, i);
    return point;
  }

  #fillBeyond(point: Float64Array, i: number): void {
    const random = (this.#random as Random).fork(`point ${i}`);
    for (let d = this.#shifts.length; d < point.length; d++) point[d] = random.uniform();
  }
}

/** The first points of a scrambled Sobol sequence: [count x dimensions], in [0, 1). Counts that are powers of two spread best. */
export function sobolPoints(dimensions: number, count: number, random: Random): Float64Array[] {
  const sequence = new SobolSequence(dimensions, random);
  return Array.from({ length: count }, (_, i) => sequence.point(i));
}

/** v_1 .. v_32 of a dimension, the binary point before the highest bit, by the recurrence of its polynomial (Joe and Kuo 2008, equation 2). */
function directionNumbers(dimension: number): Uint32Array {
  if (dimension === 0) return Uint32Array.from({ length: bits }, (_, i) => 2 ** (bits - 1 - i));
  const [a, ...m] = joeKuo[dimension - 1];
  const degree = m.length;
  const v = new Uint32Array(bits);
  for (let i = 0; i < bits; i++) {
    if (i < degree) {
      v[i] = m[i] << (bits - 1 - i);
      continue;
    }
    v[i] = v[i - degree] ^ (v[i - degree] >>> degree);
    for (let k = 1; k < degree; k++) if ((a >>> (degree - 1 - k)) & 1) v[i] ^= v[i - k];
  }
  return v;
}

/** Direction numbers times a random lower triangular binary matrix with ones on its diagonal, the highest bit being the first row. */
function scrambled(directions: Uint32Array, random: Random): Uint32Array {
  const rows = Uint32Array.from({ length: bits }, (_, r) => {
    const diagonal = 2 ** (bits - 1 - r);
    const above = r === 0 ? 0 : (random.integer(2 ** r) << (bits - r)) >>> 0;
    return above + diagonal;
  });
  return directions.map((v) => rows.reduce((digits, row, r) => digits | (parity(v & row) << (bits - 1 - r)), 0));
}

/** Sum of the bits modulo 2. */
function parity(word: number): number {
  let folded = word ^ (word >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  folded ^= folded >>> 2;
  return (folded ^ (folded >>> 1)) & 1;
}
