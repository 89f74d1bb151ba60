import { evaluated, type Point, type SmoothFunction } from './smooth-function.ts';

/** f(x) + sum l1_i |x_i|, with the gradient of f alone: the penalty has none at 0. */
export function penalized(evaluate: SmoothFunction, x: Float64Array, l1: Float64Array): Point {
  const point = evaluated(evaluate, x);
  return { ...point, value: point.value + x.reduce((sum, value, i) => sum + l1[i] * Math.abs(value), 0) };
}
