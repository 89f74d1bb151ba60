import type { Random } from '../random.ts';
import type { TrainingProblem } from './training-problem.ts';

const iterations = 12;
/** What a gradient step may at most be of the largest curvature's inverse. */
const share = 1;

/**
 * A step size at which gradient descent on the problem's first batch does not overshoot: the inverse of the Hessian's largest
 * eigenvalue at the start, by power iteration with exact products.
 */
export function stableRate(problem: TrainingProblem, lambda: Float64Array, random: Random): number {
  const w = problem.initialWeights(random);
  const product = new Float64Array(w.length);
  const unused = new Float64Array(lambda.length);
  let v = w.map(() => random.normal());
  let largest = 0;
  for (let i = 0; i < iterations; i++) {
    const length = Math.hypot(...v);
    v = v.map((value) => value / length);
    problem.slopeGradient(w, lambda, 0, v, product, unused, 0);
    largest = Math.hypot(...product);
    if (!(largest > 0)) return 1;
    v = product.slice();
  }
  return share / largest;
}
