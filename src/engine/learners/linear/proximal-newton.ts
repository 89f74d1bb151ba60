import { penalized } from '../../numerics/absolute-penalty.ts';
import { dot } from '../../numerics/dot.ts';
import type { Minimum } from '../../numerics/lbfgs.ts';
import type { Point, SmoothFunction } from '../../numerics/smooth-function.ts';
import type { Pace } from '../pace.ts';
import { coordinateDescent, covarianceDescent } from './coordinate-descent.ts';

export interface ProximalProblem {
  /** f. */
  readonly evaluate: SmoothFunction;
  /** Second derivatives of f, [n x n], symmetric. */
  hessian(x: Float64Array): Promise<Float64Array>;
  /** [n]: sum l1_i |x_i| is added to f. */
  readonly l1: Float64Array;
}

interface Options {
  readonly maxIterations: number;
  /** Largest slope that is left at which the minimum counts as found. */
  readonly tolerance: number;
}

/** A quadratic is solved until its slopes are this share of what they were: its minimum is not yet that of f. */
const inexactness = 0.1;
const mostSweeps = 2000;
/** Sufficient decrease (Lee, Sun and Saunders 2014, equation 2.20). */
const decrease = 1e-4;

/**
 * Minimises f(x) + sum l1_i |x_i| by Newton's method: f is replaced by its quadratic at x, whose penalised minimum coordinate descent
 * finds, and a line search goes towards that (Lee, Sun and Saunders 2014; Friedman, Hastie and Tibshirani 2010, section 3).
 * f is twice differentiable and convex; coordinates become exactly 0. start: [n], left as it is.
 */
export async function minimizeByProximalNewton(
  problem: ProximalProblem,
  start: Float64Array,
  { maxIterations, tolerance }: Options,
  pace: Pace,
): Promise<Minimum> {
  const { evaluate, l1 } = problem;
  let at = penalized(evaluate, start, l1);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const slope = largestSlope(at.x, at.gradient, l1);
    if (slope <= tolerance) return { x: at.x, value: at.value, iterations: iteration, converged: true };
    const target = await minimumOfModel(problem, at, inexactness * slope, pace);
    const next = towards(problem, at, target);
    if (!next) return { x: at.x, value: at.value, iterations: iteration, converged: false };
    at = next;
  }
  return { x: at.x, value: at.value, iterations: maxIterations, converged: false };
}

/** The largest slope of the penalised function, 0 at its minimum. */
const largestSlope = (x: Float64Array, gradient: Float64Array, l1: Float64Array): number =>
  x.reduce((most, value, i) => {
    const slope =
      value === 0 ? Math.max(0, Math.abs(gradient[i]) - l1[i]) : Math.abs(gradient[i] + Math.sign(value) * l1[i]);
    return Math.max(most, slope);
  }, 0);

async function minimumOfModel(problem: ProximalProblem, at: Point, enough: number, pace: Pace): Promise<Float64Array> {
  const n = at.x.length;
  const hessian = await problem.hessian(at.x);
  const column = (j: number) => hessian.subarray(j * n, (j + 1) * n);
  const linear = at.gradient.map((slope, j) => dot(column(j), at.x) - slope);
  const quadratic = {
    diagonal: at.x.map((_, j) => hessian[j * n + j]),
    begin: (weights: Float64Array) => covarianceDescent(linear, column, weights),
    l1: problem.l1,
    l2: new Float64Array(n),
  };
  const target = at.x.slice();
  const isGood = (x: Float64Array, pulls: Float64Array) =>
    largestSlope(
      x,
      pulls.map((value) => -value),
      problem.l1,
    ) <= enough;
  await coordinateDescent(quadratic, target, isGood, mostSweeps, pace);
  return target;
}

/** The furthest of whole, half, quarter ... of the way that decreases enough; undefined at the limit of precision. */
function towards(problem: ProximalProblem, from: Point, target: Float64Array): Point | undefined {
  const step = target.map((value, i) => value - from.x[i]);
  const expected = step.reduce((sum, value, i) => {
    const penalty = problem.l1[i] * (Math.abs(target[i]) - Math.abs(from.x[i]));
    return sum + value * from.gradient[i] + penalty;
  }, 0);
  for (let share = 1; share > 1e-10; share /= 2) {
    const x = share === 1 ? target : from.x.map((value, i) => value + share * step[i]);
    const point = penalized(problem.evaluate, x, problem.l1);
    if (point.value <= from.value + decrease * share * expected) return point;
  }
  return undefined;
}
