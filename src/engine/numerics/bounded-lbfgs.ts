import { dot } from './dot.ts';
import { InverseHessian } from './inverse-hessian.ts';
import type { SmoothFunction } from './smooth-function.ts';

export interface Bounds {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface BoundedOptions {
  /** Default 50. */
  readonly iterations?: number;
  /** Ends where the step foretells less of a decrease than this; default 1e-5. */
  readonly tolerance?: number;
}

/** Steps that are remembered, and the least curvature of one. */
const remembered = { memory: 8, leastShare: 1e-10 };
/** Share of the foretold decrease that a step must give (Armijo), and most halvings of one. */
const enough = 1e-4;
const halvings = 20;

/**
 * A local minimum within bounds by limited-memory BFGS (Liu and Nocedal 1989; Nocedal and Wright 2006, algorithm 7.4) with projected
 * backtracking: coordinates that a bound holds back are left out of the direction (Bertsekas 1982). f is Infinity where x cannot be. x is
 * changed in place. Gives back the value there.
 */
export function minimizeWithin(
  f: SmoothFunction,
  x: Float64Array,
  bounds: Bounds,
  options: BoundedOptions = {},
): number {
  const { iterations = 50, tolerance = 1e-5 } = options;
  const n = x.length;
  const inverseHessian = new InverseHessian(remembered);
  let gradient = new Float64Array(n);
  const next = new Float64Array(n);
  let nextGradient = new Float64Array(n);
  const direction = new Float64Array(n);
  let value = f(x, gradient);
  for (let iteration = 0; iteration < iterations && Number.isFinite(value); iteration++) {
    fillDirection(x, gradient, bounds, inverseHessian, direction);
    let slope = dot(gradient, direction);
    if (!(slope < 0)) {
      if (inverseHessian.isIdentity) break;
      inverseHessian.forget();
      continue;
    }
    if (-slope < tolerance) break;
    const found = backtrack(f, x, value, gradient, direction, bounds, next, nextGradient, inverseHessian.isIdentity);
    if (found === undefined) {
      if (inverseHessian.isIdentity) break;
      inverseHessian.forget();
      continue;
    }
    inverseHessian.learn({ x, gradient }, { x: next, gradient: nextGradient });
    slope = value - found;
    x.set(next);
    value = found;
    [gradient, nextGradient] = [nextGradient, gradient];
    if (slope < tolerance * 1e-2) break;
  }
  return value;
}

/** The quasi-Newton direction of the coordinates that are free to move, 0 for the others. */
function fillDirection(
  x: Float64Array,
  gradient: Float64Array,
  { low, high }: Bounds,
  inverseHessian: InverseHessian,
  direction: Float64Array,
): void {
  const held = (i: number) => (x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0);
  for (let i = 0; i < x.length; i++) direction[i] = held(i) ? 0 : -gradient[i];
  inverseHessian.multiply(direction);
  for (let i = 0; i < x.length; i++) if (held(i)) direction[i] = 0;
}

/** The value at the first of ever shorter projected steps that is good enough; undefined where none is. */
function backtrack(
  f: SmoothFunction,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  { low, high }: Bounds,
  next: Float64Array,
  nextGradient: Float64Array,
  first: boolean,
): number | undefined {
  let length = first ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
  for (let halving = 0; halving < halvings; halving++) {
    let foretold = 0;
    for (let i = 0; i < x.length; i++) {
      next[i] = Math.min(high[i], Math.max(low[i], x[i] + length * direction[i]));
      foretold += gradient[i] * (next[i] - x[i]);
    }
    const found = f(next, nextGradient);
    if (found <= value + enough * foretold && foretold < 0) return found;
    length *= 0.5;
  }
  return undefined;
}
