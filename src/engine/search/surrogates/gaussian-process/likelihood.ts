import { cholesky, inverse, logDeterminant } from '../../../numerics/cholesky.ts';
import { dot } from '../../../numerics/dot.ts';
import { solveLower, solveUpper } from '../../../numerics/triangular-systems.ts';
import { evaluateKernel, type Kernel, makeSlopes, places, priorVariance, type Slopes } from './kernel.ts';
import { addPriors, type Priors } from './priors.ts';

/**
 * What hyperparameters are chosen by: -log p(y | theta) - log p(theta) of a Gaussian process, up to a constant, and its gradient
 * (Rasmussen and Williams 2006, equations 5.8 and 5.9). All memory is taken once.
 */
export class NegativeLogPosterior {
  readonly #kernel: Kernel;
  readonly #priors: Priors;
  readonly #distances: readonly Float64Array[];
  readonly #losses: Float64Array;
  readonly #pairs: Float64Array;
  readonly #slopes: Slopes;
  readonly #l: Float64Array;
  readonly #inverse: Float64Array;
  readonly #scratch: Float64Array;
  readonly #alpha: Float64Array;

  /** @param distances [parameters][pairs] as `pairDistances` gives them. @param losses of about mean 0 and variance 1 */
  constructor(kernel: Kernel, priors: Priors, distances: readonly Float64Array[], losses: Float64Array) {
    const n = losses.length;
    const pairs = (n * (n - 1)) / 2;
    this.#kernel = kernel;
    this.#priors = priors;
    this.#distances = distances;
    this.#losses = losses;
    this.#pairs = new Float64Array(pairs);
    this.#slopes = makeSlopes(kernel, pairs);
    this.#l = new Float64Array(n * n);
    this.#inverse = new Float64Array(n * n);
    this.#scratch = new Float64Array(n * n);
    this.#alpha = new Float64Array(n);
  }

  /** Infinity where the covariance is not positive definite to machine precision. @param gradient is written to */
  evaluate(theta: Float64Array, gradient: Float64Array): number {
    const n = this.#losses.length;
    const pairs = this.#pairs;
    evaluateKernel(this.#kernel, theta, this.#distances, pairs.length, pairs, this.#slopes);
    fillLower(pairs, priorVariance(this.#kernel, theta) + Math.exp(theta[places(this.#kernel).noise]), this.#l, n);
    if (!cholesky(this.#l, n)) return Number.POSITIVE_INFINITY;
    const alpha = this.#alpha;
    alpha.set(this.#losses);
    solveLower(this.#l, n, alpha);
    let square = 0;
    for (let i = 0; i < n; i++) square += alpha[i] * alpha[i];
    solveUpper(this.#l, n, alpha);
    inverse(this.#l, n, this.#inverse, this.#scratch);
    this.#fillGradient(theta, gradient);
    return 0.5 * square + 0.5 * logDeterminant(this.#l, n) + addPriors(this.#priors, theta, gradient);
  }

  /** 1/2 tr((K^-1 - alpha alpha') dK/dtheta) for every hyperparameter. */
  #fillGradient(theta: Float64Array, gradient: Float64Array): void {
    const { dimensions, additive } = this.#kernel;
    const at = places(this.#kernel);
    const weights = this.#pairWeights();
    const { trace, pairs } = weights;
    const { joint, jointSlope, side, sideSlope } = this.#slopes;
    const variance = Math.exp(theta[at.variance]);
    gradient.fill(0);
    gradient[at.variance] = 0.5 * trace * variance + dot(pairs, joint);
    gradient[at.noise] = 0.5 * trace * Math.exp(theta[at.noise]);
    for (let d = 0; d < dimensions; d++) {
      gradient[at.scales + d] = Math.exp(theta[at.scales + d]) * tripleDot(pairs, jointSlope, this.#distances[d]);
      if (!additive) continue;
      gradient[at.sideVariances + d] = 0.5 * trace * Math.exp(theta[at.sideVariances + d]) + dot(pairs, side[d]);
      gradient[at.sideScales + d] =
        Math.exp(theta[at.sideScales + d]) * tripleDot(pairs, sideSlope[d], this.#distances[d]);
    }
  }

  /** K^-1 - alpha alpha' of each pair, in place of the kernel's values, and the sum of its diagonal. */
  #pairWeights(): { trace: number; pairs: Float64Array } {
    const n = this.#alpha.length;
    const alpha = this.#alpha;
    const weights = this.#pairs;
    let trace = 0;
    let pair = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) weights[pair++] = this.#inverse[i * n + j] - alpha[i] * alpha[j];
      trace += this.#inverse[i * n + i] - alpha[i] * alpha[i];
    }
    return { trace, pairs: weights };
  }
}

/** The lower triangle of a symmetric matrix from its pairs (i, j < i) and its constant diagonal. */
export function fillLower(pairs: Float64Array, diagonal: number, into: Float64Array, n: number): void {
  let pair = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) into[i * n + j] = pairs[pair++];
    into[i * n + i] = diagonal;
  }
}

function tripleDot(a: Float64Array, b: Float64Array, c: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += a[p] * b[p] * c[p];
  return sum;
}
