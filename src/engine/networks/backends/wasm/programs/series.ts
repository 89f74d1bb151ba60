import { type Code, each, type Local, multiplyAdd, vectorMultiply, vectorNearest } from '../assembler.ts';

/**
 * Leaves the whole number nearest to x / period in `turns`, x less as many periods in `x`, exactly: the period is given as the sum of
 * floats whose products with such a number are nearly exact (Cody and Waite 1980).
 */
export const reduceRange = (x: Local, turns: Local, perPeriod: number, parts: readonly number[]): Code => [
  ...turns.set(vectorNearest(vectorMultiply(x.get, each(perPeriod)))),
  ...parts.flatMap((part) => x.set(multiplyAdd(turns.get, each(-part), x.get))),
];

/** Leaves the polynomial at x in `sum`, by Horner's rule. coefficients: of the highest power first */
export const polynomial = (sum: Local, x: Local, coefficients: readonly number[]): Code => [
  ...sum.set(each(coefficients[0])),
  ...coefficients.slice(1).flatMap((coefficient) => sum.set(multiplyAdd(sum.get, x.get, each(coefficient)))),
];
