import type { Space } from '../../../../shared/space.ts';
import { minimizeWithin } from '../../../numerics/bounded-lbfgs.ts';
import { isCategorical, size } from '../../../space/distribution.ts';
import { pairDistances } from './distances.ts';
import { GaussianProcess } from './gaussian-process.ts';
import type { Kernel } from './kernel.ts';
import { NegativeLogPosterior } from './likelihood.ts';
import { linearWarp, logWarp, type OutputWarp } from './output-warp.ts';
import { priorsOf } from './priors.ts';

/** What competes: the likeliest kernel and warp are taken. */
export interface FitOptions {
  /**
   * Default: 'joint'; 'additive' where there are only choices, whose effects are mostly their own (a cell of NAS-Bench-201: one operation
   * an edge).
   */
  readonly kernels?: readonly ('joint' | 'additive')[];
  /** Default: 'log', which leaves the better half nearly as it is. */
  readonly warps?: readonly OutputWarp['name'][];
}

/** How a fit stands: what was chosen so far and -log p(losses, theta), which can be held against that of other kernels and warps. */
interface Fitted {
  readonly kernel: Kernel;
  readonly warp: OutputWarp;
  readonly theta: Float64Array;
  readonly score: number;
}

/** Observations from which kernel and warp are chosen, and those from which hyperparameters are: the cost grows with the third power. */
const mostCompared = 40;
const mostFitted = 160;

/**
 * The Gaussian process with the hyperparameters of highest posterior density (MAP) among some kernels and warps. All begin at the
 * middle of their priors; what comes out depends on the observations alone, so that a resumed search goes on alike.
 * @param points [observations] of the unit cube; at least one. @param losses finite, smaller is better
 */
export function fitGaussianProcess(
  space: Space,
  points: readonly Float64Array[],
  losses: Float64Array,
  { kernels = [isOfChoices(space) ? 'additive' : 'joint'], warps = ['log'] }: FitOptions = {},
): GaussianProcess {
  const starts = kernels.flatMap((kind) => {
    const kernel: Kernel = { dimensions: space.parameters.length, additive: kind === 'additive' };
    const theta = priorsOf(kernel, isStepped(space)).means;
    return warps.map((name) => ({ kernel, warp: (name === 'log' ? logWarp : linearWarp)(losses), theta }));
  });
  const compared = spreadOut(points.length, mostCompared);
  let best = starts
    .map((start) => fitted(space, start, points, losses, compared))
    .reduce((a, b) => (b.score < a.score ? b : a));
  const all = spreadOut(points.length, mostFitted);
  if (all.length > compared.length) best = fitted(space, best, points, losses, all);
  const { kernel, theta, warp } = best;
  return new GaussianProcess({ space, kernel, theta, warp }, points, losses.map(warp.warp));
}

/** The MAP hyperparameters from some of the observations. */
function fitted(
  space: Space,
  { kernel, warp, theta }: Omit<Fitted, 'score'>,
  points: readonly Float64Array[],
  losses: Float64Array,
  some: readonly number[],
): Fitted {
  const priors = priorsOf(kernel, isStepped(space));
  const own = Float64Array.from(some, (i) => losses[i]);
  const distances = pairDistances(
    space,
    some.map((i) => points[i]),
  );
  const posterior = new NegativeLogPosterior(kernel, priors, distances, own.map(warp.warp));
  const moved = theta.slice();
  const value = minimizeWithin((x, gradient) => posterior.evaluate(x, gradient), moved, priors, {
    iterations: 30,
    tolerance: 1e-2,
  });
  const slopes = own.reduce((sum, loss) => sum + warp.logSlope(loss), 0);
  return { kernel, warp, theta: moved, score: value - slopes };
}

const isOfChoices = ({ parameters }: Space): boolean =>
  parameters.length > 0 && parameters.every(({ distribution }) => isCategorical(distribution));

const isStepped = (space: Space): boolean =>
  space.parameters.every(({ distribution }) => Number.isFinite(size(distribution)));

/** Every k-th index, so that no more than `most` are taken from all over. */
function spreadOut(length: number, most: number): number[] {
  const stride = Math.max(1, Math.ceil(length / most));
  return Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);
}
