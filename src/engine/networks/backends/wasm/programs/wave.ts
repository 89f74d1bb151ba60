import {
  constant,
  define,
  type FunctionDefinition,
  i32,
  load,
  shiftLeft,
  store,
  toIntegers,
  v128,
  vectorExclusiveOr,
  vectorMultiply,
} from '../assembler.ts';
import { eachVector } from './each-vector.ts';
import { polynomial, reduceRange } from './series.ts';

/** Taylor's coefficients of cos r and of sin r / r in powers of r^2: below 1e-7 off for |r| <= pi / 2. */
const series = {
  cosine: [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600],
  sine: [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800],
};

/** Pi as the sum of three floats whose product with a whole number below 2^14 is nearly exact (Cody and Waite 1980). */
const parts = [3.140625, 9.675025939941406e-4, 1.5099579909783765e-7];

/**
 * `cosine(x, out, count)`, `sine(x, out, count)` of `count` > 0 floats, a multiple of 4: with n the whole number nearest to x / pi and
 * r = x - n pi, the function of x is that of r with the sign (-1)^n. Off by less than 1e-6 for |x| < 1e4.
 */
export const defineWave = (name: keyof typeof series): FunctionDefinition =>
  define(name, [i32, i32, i32], ([x, out, count], variable) => {
    const [turns, rest, square, sum] = Array.from({ length: 4 }, () => variable(v128));
    const value = name === 'sine' ? vectorMultiply(sum.get, rest.get) : sum.get;
    return eachVector([x, out], count, variable, [
      ...rest.set(load(x.get)),
      ...reduceRange(rest, turns, 1 / Math.PI, parts),
      ...square.set(vectorMultiply(rest.get, rest.get)),
      ...polynomial(sum, square, series[name].toReversed()),
      // An odd number of half turns changes the sign.
      ...store(out.get, vectorExclusiveOr(value, shiftLeft(toIntegers(turns.get), constant(31)))),
    ]);
  });
