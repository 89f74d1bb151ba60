/** A function that can be minimised by its slopes: returns the value at x, [n], and writes its gradient, [n]. */
export type SmoothFunction = (x: Float64Array, gradient: Float64Array) => number;

/** Where a minimiser stands. */
export interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

export function evaluated(evaluate: SmoothFunction, x: Float64Array): Point {
  const gradient = new Float64Array(x.length);
  const value = evaluate(x, gradient);
  return { x, value, gradient };
}
