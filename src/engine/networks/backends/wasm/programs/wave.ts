import {
  add,
  type Code,
  constant,
  define,
  type FunctionDefinition,
  float,
  i32,
  load,
  multiply,
  multiplyAdd,
  shiftLeft,
  splat,
  store,
  toIntegers,
  untilReached,
  v128,
  vectorExclusiveOr,
  vectorMultiply,
  vectorNearest,
} from '../assembler.ts';

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
    const end = variable(i32);
    const each = (value: number): Code => splat(float(value));
    const polynomial = series[name].toReversed();
    const value = name === 'sine' ? vectorMultiply(sum.get, rest.get) : sum.get;
    return [
      ...end.set(add(x.get, multiply(count.get, constant(4)))),
      ...untilReached(x, end.get, [
        ...rest.set(load(x.get)),
        ...turns.set(vectorNearest(vectorMultiply(rest.get, each(1 / Math.PI)))),
        ...parts.flatMap((part) => rest.set(multiplyAdd(turns.get, each(-part), rest.get))),
        ...square.set(vectorMultiply(rest.get, rest.get)),
        ...sum.set(each(polynomial[0])),
        ...polynomial.slice(1).flatMap((coefficient) => sum.set(multiplyAdd(sum.get, square.get, each(coefficient)))),
        // An odd number of half turns changes the sign.
        ...store(out.get, vectorExclusiveOr(value, shiftLeft(toIntegers(turns.get), constant(31)))),
        ...x.increase(constant(16)),
        ...out.increase(constant(16)),
      ]),
    ];
  });
