import type { Space } from '../../../../shared/space.ts';
import { cholesky, inverse } from '../../../numerics/cholesky.ts';
import { dot } from '../../../numerics/dot.ts';
import { solveLower } from '../../../numerics/triangular-systems.ts';
import type { Random } from '../../../random.ts';
import type { Prediction, Surrogate } from '../surrogate.ts';
import { type Column, columnsOf, pairDistances } from './distances.ts';
import { evaluateKernel, type Kernel, makeSlopes, places, priorVariance, type Slopes } from './kernel.ts';
import { fillLower } from './likelihood.ts';
import type { OutputWarp } from './output-warp.ts';

/** A point's prediction in warped losses, and its slopes by the coordinates that are not NaN. */
export interface LocalPrediction {
  mean: number;
  deviation: number;
  readonly meanSlope: Float64Array;
  readonly deviationSlope: Float64Array;
}

/** What is left unknown everywhere, in warped losses squared: a criterion needs a deviation above 0. */
const smallestVariance = 1e-18;

/** What a process is made of. */
export interface Fit {
  readonly space: Space;
  readonly kernel: Kernel;
  /** Hyperparameters, logarithms. */
  readonly theta: Float64Array;
  readonly warp: OutputWarp;
}

/**
 * Gaussian process regression with given hyperparameters (Rasmussen and Williams 2006, algorithm 2.1). It models warped losses
 * (`latent`); `predict` speaks in the losses' own unit, the mean then being the median.
 */
export class GaussianProcess implements Surrogate {
  readonly name = 'Gaussian process';
  readonly fit: Fit;
  readonly points: readonly Float64Array[];
  readonly noise: number;
  /** Warped losses, one a point. */
  readonly #values: Float64Array;
  readonly #prior: number;
  readonly #columns: readonly Column[];
  readonly #l: Float64Array;
  readonly #inverse: Float64Array;
  /** K^-1 y. */
  readonly #alpha: Float64Array;
  /** One row of the kernel, and what it was made of. */
  readonly #row: Float64Array;
  readonly #rowDistances: readonly Float64Array[];
  readonly #rowSlopes: Slopes;

  /** @param values warped losses, one a point */
  constructor(fit: Fit, points: readonly Float64Array[], values: Float64Array) {
    const { space, kernel, theta, warp } = fit;
    const n = points.length;
    this.fit = fit;
    this.points = points;
    this.#values = values;
    this.#prior = priorVariance(kernel, theta);
    this.#columns = columnsOf(space, points);
    this.#l = covarianceFactor(fit, points, Math.exp(theta[places(kernel).noise]));
    this.#inverse = new Float64Array(n * n);
    inverse(this.#l, n, this.#inverse, new Float64Array(n * n));
    this.#alpha = new Float64Array(n);
    for (let i = 0; i < n; i++) this.#alpha[i] = dot(this.#inverse.subarray(i * n, (i + 1) * n), values);
    this.#row = new Float64Array(n);
    this.#rowDistances = this.#columns.map(() => new Float64Array(n));
    this.#rowSlopes = makeSlopes(kernel, n);
    const deviation = Math.exp(0.5 * theta[places(kernel).noise]);
    this.noise = halfWidth(warp, 0, deviation);
  }

  predict(points: readonly Float64Array[]): Prediction {
    const { mean, deviation } = this.latent(points);
    const { warp } = this.fit;
    return { mean: mean.map(warp.unwarp), deviation: mean.map((value, i) => halfWidth(warp, value, deviation[i])) };
  }

  /** Mean and deviation of the warped loss, without noise. */
  latent(points: readonly Float64Array[]): Prediction {
    const mean = new Float64Array(points.length);
    const deviation = new Float64Array(points.length);
    const n = this.points.length;
    for (const [i, point] of points.entries()) {
      this.#fillRow(point);
      mean[i] = dot(this.#row, this.#alpha);
      solveLower(this.#l, n, this.#row);
      deviation[i] = Math.sqrt(Math.max(smallestVariance, this.#prior - dot(this.#row, this.#row)));
    }
    return { mean, deviation };
  }

  /** The prediction of one point with its slopes, for a search along gradients. */
  latentAt(point: Float64Array, into: LocalPrediction): void {
    const n = this.points.length;
    this.#fillRow(point);
    const weights = this.#weights();
    into.mean = dot(this.#row, this.#alpha);
    const deviation = Math.sqrt(Math.max(smallestVariance, this.#prior - dot(this.#row, weights)));
    into.deviation = deviation;
    const { theta, kernel } = this.fit;
    const at = places(kernel);
    const { jointSlope, sideSlope } = this.#rowSlopes;
    for (let d = 0; d < point.length; d++) {
      const scale = Math.exp(theta[at.scales + d]);
      const sideScale = kernel.additive ? Math.exp(theta[at.sideScales + d]) : 0;
      let byMean = 0;
      let byVariance = 0;
      for (let i = 0; i < n; i++) {
        const other = this.points[i][d];
        const slope = scale * jointSlope[i] + (kernel.additive ? sideScale * sideSlope[d][i] : 0);
        const change = 2 * slope * (point[d] - (Number.isNaN(other) ? 0.5 : other));
        byMean += change * this.#alpha[i];
        byVariance += change * weights[i];
      }
      into.meanSlope[d] = byMean;
      into.deviationSlope[d] = -byVariance / deviation;
    }
  }

  /** How much each observation's warped loss counts in the mean at a point. */
  weights(point: Float64Array): Float64Array {
    this.#fillRow(point);
    return this.#weights();
  }

  /** Warped losses of one function drawn from the process at several points together. O(points^3). */
  draw(points: readonly Float64Array[], random: Random): Float64Array {
    const [n, m] = [this.points.length, points.length];
    const rows: Float64Array[] = [];
    const means = points.map((point) => {
      this.#fillRow(point);
      const mean = dot(this.#row, this.#alpha);
      solveLower(this.#l, n, this.#row);
      rows.push(this.#row.slice());
      return mean;
    });
    const known = (i: number, j: number) => dot(rows[i], rows[j]);
    const l = covarianceFactor(this.fit, points, smallestVariance, known);
    const normals = Float64Array.from({ length: m }, () => random.normal());
    return Float64Array.from(means, (mean, i) => mean + dot(l.subarray(i * m, i * m + i + 1), normals));
  }

  /**
   * Share of the variance of the warped losses that is foretold for each observation by all others: leave-one-out R squared in closed form
   * (Rasmussen and Williams 2006, equation 5.12). Below 0: worse than their mean.
   */
  leaveOneOut(): number {
    const n = this.#values.length;
    const mean = this.#values.reduce((sum, value) => sum + value / n, 0);
    let residual = 0;
    let total = 0;
    for (let i = 0; i < n; i++) {
      residual += (this.#alpha[i] / this.#inverse[i * n + i]) ** 2;
      total += (this.#values[i] - mean) ** 2;
    }
    return total > 0 ? 1 - residual / total : 0;
  }

  /** The process after trials that still run gave what it expects of them (kriging believer, Ginsbourger et al. 2010, section 4.1). */
  believing(running: readonly Float64Array[]): GaussianProcess {
    if (running.length === 0) return this;
    const { mean } = this.latent(running);
    return new GaussianProcess(this.fit, [...this.points, ...running], Float64Array.from([...this.#values, ...mean]));
  }

  /** Covariance with every observation. */
  #fillRow(point: Float64Array): void {
    const { kernel, theta } = this.fit;
    for (let d = 0; d < point.length; d++) this.#columns[d].fillDistances(point[d], this.#rowDistances[d]);
    evaluateKernel(kernel, theta, this.#rowDistances, this.points.length, this.#row, this.#rowSlopes);
  }

  /** K^-1 k of the row: the weight of each observation in the prediction. */
  #weights(): Float64Array {
    const n = this.points.length;
    const weights = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const from = i * n;
      let sum = 0;
      for (let j = 0; j < n; j++) sum += this.#inverse[from + j] * this.#row[j];
      weights[i] = sum;
    }
    return weights;
  }
}

/**
 * L of the covariance of points, less what is known of it; where they lie too close together for machine precision, noise is added
 * until it exists.
 */
function covarianceFactor(
  { space, kernel, theta }: Fit,
  points: readonly Float64Array[],
  noise: number,
  known?: (i: number, j: number) => number,
): Float64Array {
  const n = points.length;
  const distances = pairDistances(space, points);
  const pairs = new Float64Array((n * (n - 1)) / 2);
  evaluateKernel(kernel, theta, distances, pairs.length, pairs, makeSlopes(kernel, pairs.length));
  const variance = priorVariance(kernel, theta) + noise;
  const l = new Float64Array(n * n);
  for (let jitter = 0; jitter < 1; jitter = Math.max(1e-10, 10 * jitter)) {
    fillLower(pairs, variance * (1 + jitter), l, n);
    if (known) for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) l[i * n + j] -= known(i, j);
    if (cholesky(l, n)) return l;
  }
  throw new RangeError('the covariance of the observations is not positive definite at any jitter');
}

/** Half of what lies within a deviation of a warped loss, in losses; halves are taken first, so that the largest do not overflow. */
const halfWidth = ({ unwarp }: OutputWarp, value: number, deviation: number): number =>
  unwarp(value + deviation) / 2 - unwarp(value - deviation) / 2;
