import type { Space } from '../../../../shared/space.ts';
import { minimize } from './bounded-lbfgs.ts';
import { pairDistances } from './distances.ts';
import { GaussianProcess } from './gaussian-process.ts';
import type { Kernel } from './kernel.ts';
import { NegativeLogPosterior } from './likelihood.ts';
import { linearWarp, logWarp, type OutputWarp } from './output-warp.ts';
import { priorsOf } from './priors.ts';

/** Kernels that compete. */
export interface FitOptions {
  readonly kernels?: readonly ('joint' | 'additive')[];
  readonly warps?: readonly ('linear' | 'log')[];
}

interface Fitted {
  readonly kernel: Kernel;
  readonly warp: OutputWarp;
  readonly theta: Float64Array;
  /** -log p(losses, theta): comparable between kernels and warps. */
  readonly score: number;
}

/** First observations that a first round of fitting sees. */
const firstRound = 40;

/**
 * The Gaussian process with the hyperparameters of highest posterior density (MAP) among some kernels and warps. All begin at the middle of
 * their priors, on a part of the observations where there are many; only the likeliest is then fitted to all: what comes out depends on
 * the observations alone, so a resumed search goes on alike.
 * @param points [observations] of the unit cube; at least one. @param losses finite, smaller is better
 */
export function fitGaussianProcess(
  space: Space,
  points: readonly Float64Array[],
  losses: Float64Array,
  { kernels = ['joint'], warps = ['linear', 'log'] }: FitOptions = {},
): GaussianProcess {
  const part = firstPart(points.length, firstRound);
  const partPoints = part.map((i) => points[i]);
  const partLosses = Float64Array.from(part, (i) => losses[i]);
  const distances = pairDistances(space, partPoints);
  const fits = kernels.flatMap((kind) =>
    warps.map((name) => {
      const kernel = { dimensions: space.parameters.length, additive: kind === 'additive' };
      const warp = name === 'log' ? logWarp(losses) : linearWarp(losses);
      return fitted(kernel, warp, distances, partLosses, priorsOf(kernel).means.slice());
    }),
  );
  let best = fits.reduce((a, b) => (b.score < a.score ? b : a));
  if (part.length < points.length) {
    best = fitted(best.kernel, best.warp, pairDistances(space, points), losses, best.theta);
  }
  const { kernel, theta, warp } = best;
  return new GaussianProcess({ space, kernel, theta, warp }, points, losses.map(warp.warp));
}

function fitted(
  kernel: Kernel,
  warp: OutputWarp,
  distances: readonly Float64Array[],
  losses: Float64Array,
  theta: Float64Array,
): Fitted {
  const priors = priorsOf(kernel);
  const posterior = new NegativeLogPosterior(kernel, priors, distances, losses.map(warp.warp));
  const value = minimize((x, gradient) => posterior.evaluate(x, gradient), theta, priors, { tolerance: 1e-3 });
  const slopes = losses.reduce((sum, loss) => sum + warp.logSlope(loss), 0);
  return { kernel, warp, theta, score: value - slopes };
}

/** Every k-th index, so that no more than `count` are taken from all over. */
function firstPart(length: number, count: number): number[] {
  const stride = Math.max(1, Math.ceil(length / count));
  return Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);
}
