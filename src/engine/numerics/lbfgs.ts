import { dot } from './dot.ts';
import { InverseHessian } from './inverse-hessian.ts';
import { evaluated, type Point, type SmoothFunction } from './smooth-function.ts';
import type { Turns } from './turns.ts';

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** False where the iterations ran out before the gradient was small enough. */
  readonly converged: boolean;
}

export interface MinimizeOptions {
  readonly maxIterations: number;
  /** Largest entry of the gradient at which the minimum counts as found. */
  readonly tolerance: number;
  /** Elementary steps of one evaluation, for the turns. */
  readonly work: number;
}

/** Sufficient decrease and curvature (Nocedal and Wright 2006, equations 3.6). */
const [decrease, curvature] = [1e-4, 0.9];

/** Limited-memory BFGS (Nocedal 1980). start: [n], left as it is. */
export async function minimize(
  evaluate: SmoothFunction,
  start: Float64Array,
  options: MinimizeOptions,
  turns: Turns,
): Promise<Minimum> {
  const inverseHessian = new InverseHessian();
  let at = evaluated(evaluate, start);
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    const steepest = largest(at.gradient);
    if (steepest <= options.tolerance) return { x: at.x, value: at.value, iterations: iteration, converged: true };
    const direction = at.gradient.map((slope) => -slope);
    inverseHessian.multiply(direction);
    const first = inverseHessian.isIdentity ? Math.min(1, 1 / steepest) : 1;
    const next = await lineSearch(evaluate, at, direction, first, options.work, turns);
    if (!next) return { x: at.x, value: at.value, iterations: iteration, converged: false };
    inverseHessian.learn(at, next);
    at = next;
  }
  return { x: at.x, value: at.value, iterations: options.maxIterations, converged: false };
}

/** A step with sufficient decrease and curvature, by bisection (Lewis and Overton 2013, algorithm 2.6); undefined at the limit of precision. */
async function lineSearch(
  evaluate: SmoothFunction,
  from: Point,
  direction: Float64Array,
  first: number,
  work: number,
  turns: Turns,
): Promise<Point | undefined> {
  const slope = dot(from.gradient, direction);
  let [low, high, step] = [0, Number.POSITIVE_INFINITY, first];
  for (let trial = 0; trial < 40; trial++) {
    const point = evaluated(
      evaluate,
      from.x.map((value, i) => value + step * direction[i]),
    );
    await turns.after(work);
    const isLower = point.value <= from.value + decrease * step * slope;
    if (isLower && dot(point.gradient, direction) >= curvature * slope) return point;
    if (isLower) low = step;
    else high = step;
    step = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return undefined;
}

/** The largest absolute value. */
export const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
