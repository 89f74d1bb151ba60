import { penalized } from './absolute-penalty.ts';
import { dot } from './dot.ts';
import { InverseHessian } from './inverse-hessian.ts';
import { largest, type MinimizeOptions, type Minimum } from './lbfgs.ts';
import type { Point, SmoothFunction } from './smooth-function.ts';
import type { Turns } from './turns.ts';

/** Sufficient decrease (Armijo 1966). */
const decrease = 1e-4;

/**
 * Minimises f(x) + sum l1_i |x_i| for a smooth f by orthant-wise limited-memory BFGS (Andrew and Gao 2007, OWL-QN): steps of the
 * smooth function's curvature that stay in the orthant which the gradient points into, so that coordinates become exactly 0.
 * l1: [n], 0 where nothing is charged. Everything else as `minimize`.
 */
export async function minimizeWithL1(
  evaluate: SmoothFunction,
  start: Float64Array,
  l1: Float64Array,
  options: MinimizeOptions,
  turns: Turns,
): Promise<Minimum> {
  const inverseHessian = new InverseHessian();
  let at = penalized(evaluate, start, l1);
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    const steepest = pseudoGradient(at, l1);
    const size = largest(steepest);
    if (size <= options.tolerance) return { x: at.x, value: at.value, iterations: iteration, converged: true };
    // What stays 0 is left out of the curvature, or the end would be approached no faster than by steepest descent.
    const free = Uint8Array.from(steepest, (slope, i) => (slope !== 0 || at.x[i] !== 0 ? 1 : 0));
    const quick = steepest.map((slope, i) => -(slope * free[i]));
    inverseHessian.multiply(quick, free);
    const direction = descentOf(quick, steepest, l1);
    const first = inverseHessian.isIdentity ? Math.min(1, 1 / size) : 1;
    const next = await search(evaluate, at, direction, steepest, l1, first, options.work, turns);
    if (next) {
      inverseHessian.learn(at, next);
      at = next;
    } else if (inverseHessian.isIdentity) return { x: at.x, value: at.value, iterations: iteration, converged: false };
    else inverseHessian.forget();
  }
  return { x: at.x, value: at.value, iterations: options.maxIterations, converged: false };
}

/** The steepest slope that there is to either side (Andrew and Gao 2007, equation 4): 0 where neither side goes down. */
function pseudoGradient({ x, gradient }: Point, l1: Float64Array): Float64Array {
  return gradient.map((slope, i) => {
    if (x[i] !== 0) return slope + Math.sign(x[i]) * l1[i];
    return Math.sign(slope) * Math.max(0, Math.abs(slope) - l1[i]);
  });
}

/** A direction without what would go up by itself; the steepest descent where it would go up as a whole. */
function descentOf(direction: Float64Array, steepest: Float64Array, l1: Float64Array): Float64Array {
  const aligned = direction.map((value, i) => (l1[i] > 0 && value * steepest[i] >= 0 ? 0 : value));
  return dot(aligned, steepest) < 0 ? aligned : steepest.map((value) => -value);
}

/** A step with sufficient decrease by halving; coordinates that would change their sign become 0. */
async function search(
  evaluate: SmoothFunction,
  from: Point,
  direction: Float64Array,
  steepest: Float64Array,
  l1: Float64Array,
  first: number,
  work: number,
  turns: Turns,
): Promise<Point | undefined> {
  const orthant = from.x.map((value, i) => Math.sign(value !== 0 ? value : -steepest[i]));
  for (let trial = 0, step = first; trial < 40; trial++, step /= 2) {
    const x = from.x.map((value, i) => {
      const moved = value + step * direction[i];
      return l1[i] > 0 && moved * orthant[i] <= 0 ? 0 : moved;
    });
    const point = penalized(evaluate, x, l1);
    await turns.after(work);
    const slope = steepest.reduce((sum, value, i) => sum + value * (x[i] - from.x[i]), 0);
    if (slope < 0 && point.value <= from.value + decrease * slope) return point;
  }
  return undefined;
}
