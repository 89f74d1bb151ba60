import {
  type Code,
  constant,
  define,
  each,
  type FunctionDefinition,
  i32,
  type Local,
  load,
  multiplyAdd,
  shiftLeft,
  store,
  toIntegers,
  v128,
  vectorAdd,
  vectorAddIntegers,
  vectorDivide,
  vectorMaximum,
  vectorMinimum,
  vectorMultiply,
  vectorSubtract,
} from '../assembler.ts';
import { eachVector } from './each-vector.ts';
import { polynomial, reduceRange } from './series.ts';

/** Taylor's coefficients of e^r: below 1e-7 off for |r| <= ln 2 / 2. */
const series = [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1];

/** ln 2 as two floats: the product of the first with a whole number below 128 is exact. */
const [high, low] = [0.693145751953125, 1.4286068203094173e-6];

/**
 * Leaves 1 / (1 + e^-x) in `sigmoid`: with n the whole number nearest to -x / ln 2 and r = -x - n ln 2, e^-x is 2^n e^r, where 2^n
 * is made of the bits of a float's exponent. Beyond +-87 it is what it is there.
 */
function sigmoidOf(x: Local, [power, rest, sum]: readonly Local[], sigmoid: Local): Code {
  return [
    ...rest.set(vectorMinimum(each(87), vectorMaximum(each(-87), vectorSubtract(each(0), x.get)))),
    ...reduceRange(rest, power, Math.LOG2E, [high, low]),
    ...polynomial(sum, rest, series),
    // Adds n to the exponent of e^r.
    ...sum.set(vectorAddIntegers(sum.get, shiftLeft(toIntegers(power.get), constant(23)))),
    ...sigmoid.set(vectorDivide(each(1), vectorAdd(each(1), sum.get))),
  ];
}

/** `silu(x, out, count)`: x sigmoid(x) (Elfwing et al. 2018) of `count` > 0 floats, a multiple of 4. */
export const defineSilu: FunctionDefinition = define('silu', [i32, i32, i32], ([x, out, count], variable) => {
  const [value, sigmoid, ...work] = Array.from({ length: 5 }, () => variable(v128));
  return eachVector([x, out], count, variable, [
    ...value.set(load(x.get)),
    ...sigmoidOf(value, work, sigmoid),
    ...store(out.get, vectorMultiply(value.get, sigmoid.get)),
  ]);
});

/** `siluGradient(x, slope, out, count)`: slope times s (1 + x (1 - s)), with s = sigmoid(x). */
export const defineSiluGradient: FunctionDefinition = define(
  'siluGradient',
  [i32, i32, i32, i32],
  ([x, slope, out, count], variable) => {
    const [value, sigmoid, ...work] = Array.from({ length: 5 }, () => variable(v128));
    const bend = multiplyAdd(value.get, vectorSubtract(each(1), sigmoid.get), each(1));
    return eachVector([x, slope, out], count, variable, [
      ...value.set(load(x.get)),
      ...sigmoidOf(value, work, sigmoid),
      ...store(out.get, vectorMultiply(load(slope.get), vectorMultiply(sigmoid.get, bend))),
    ]);
  },
);
