import type { Space } from '../../../../shared/space.ts';
import { logDeterminant } from '../../../numerics/cholesky.ts';
import { dot } from '../../../numerics/dot.ts';
import { nelderMead } from '../../../numerics/nelder-mead.ts';
import { solveLower, solveUpper } from '../../../numerics/triangular-systems.ts';
import { type Column, columnsOf } from '../../surrogates/gaussian-process/distances.ts';
import { type StandardisedLosses, standardise } from '../../surrogates/standardised-losses.ts';
import { factorOf } from './factor.ts';

/** Curves as the model learns from them. */
export interface CurveData {
  /** A point of the unit cube, NaN where a parameter is not active. */
  readonly point: Float64Array;
  /** Shares of the whole resource, rising. */
  readonly steps: Float64Array;
  readonly losses: Float64Array;
}

/** Logarithms: length scale, variance of ends over the space, of curves around their end, beta, alpha, variance of the noise. */
type Hyperparameters = Float64Array;
const typical = Float64Array.of(Math.log(0.5), 0, 0, Math.log(0.3), 0, Math.log(1e-3));
/** Standard deviations of their log-normal priors around the typical ones. */
const spread = [0.7, 0.7, 0.7, 1, 0.5, 2];
/** Curves that hyperparameters are fitted to at most, and how often the likelihood is looked at. */
const mostFitted = 25;
const evaluations = 250;

/** What is known of one configuration at some share of the resource: offset + slope x its end + a part of its own. */
export interface Foresight {
  readonly offset: number;
  readonly slope: number;
  readonly variance: number;
}

/**
 * The model of freeze-thaw Bayesian optimisation (Swersky, Snoek and Adams 2014, section 3): each training curve is a Gaussian process
 * around its own end with the exponential-mixture kernel k(t, t') = beta^alpha / (t + t' + beta)^alpha (equation 4), and the ends are a
 * Gaussian process over configurations (Matern 5/2). Given the ends curves are independent, so a curve acts on the space as one
 * observation of its end, with a noise that follows from its length (equations 11 to 13), and the cost is the sum of the cubes.
 */
export class CurveModel {
  readonly #space: Space;
  /** How many it was learnt from. */
  readonly curves: number;
  readonly #theta: Hyperparameters;
  readonly #scale: StandardisedLosses;
  /** Standardised values by the losses they stand for. */
  readonly #standard = new Map<Float64Array, Float64Array>();
  readonly #columns: readonly Column[];
  /** Of the observed ends. */
  readonly #factor: Float64Array;
  readonly #weights: Float64Array;

  /** @param data at least one curve, each of at least one point; the arrays are held on to */
  constructor(space: Space, data: readonly CurveData[]) {
    this.#space = space;
    this.curves = data.length;
    this.#scale = standardise(Float64Array.from(data.flatMap(({ losses }) => [...losses])));
    let from = 0;
    for (const { losses } of data) {
      this.#standard.set(losses, this.#scale.values.subarray(from, from + losses.length));
      from += losses.length;
    }
    const points = data.map(({ point }) => point);
    this.#columns = columnsOf(space, points);
    this.#theta = this.#fit(data);
    const { factor, weights } = this.#ends(data, squaredDistances(this.#columns, points, data.length), this.#theta);
    this.#factor = factor;
    this.#weights = weights;
  }

  /** Noise variance of one value, in standard units. */
  get noise(): number {
    return Math.exp(this.#theta[5]);
  }

  /** A standardised value in the unit of the losses. */
  lossOf(value: number): number {
    return this.#scale.mean(value);
  }

  /** Mean and variance of the end of one configuration. */
  predictEnd(point: Float64Array): { mean: number; variance: number } {
    const cross = this.#crossTo(point);
    const mean = dot(cross, this.#weights);
    solveLower(this.#factor, this.curves, cross);
    return { mean, variance: kernel(0, this.#theta) - dot(cross, cross) };
  }

  /** Mean [points] and covariance [points x points] of the ends of configurations, observed or not. */
  predictEnds(points: readonly Float64Array[]): { mean: Float64Array; covariance: Float64Array } {
    const n = points.length;
    const cross = points.map((point) => this.#crossTo(point));
    const mean = Float64Array.from(cross, (k) => dot(k, this.#weights));
    for (const k of cross) solveLower(this.#factor, this.curves, k);
    const prior = squaredDistances(columnsOf(this.#space, points), points, n);
    const covariance = prior.map(
      (squared, place) => kernel(squared, this.#theta) - dot(cross[Math.floor(place / n)], cross[place % n]),
    );
    return { mean, covariance };
  }

  #crossTo(point: Float64Array): Float64Array {
    return squaredDistances(this.#columns, [point], this.curves).map((squared) => kernel(squared, this.#theta));
  }

  /**
   * Of a configuration at two shares of the resource: what its value there is, given its end, and how much of what the end does not
   * tell is common to both. `losses` is an array that the model has learnt from, or empty for a configuration that has not begun.
   */
  foresee(curve: Pick<CurveData, 'steps' | 'losses'>, first: number, second: number) {
    const n = curve.steps.length;
    const { factor, values } = this.#curveFactor(curve, this.#theta);
    const [atFirst, atSecond] = [first, second].map((step) => {
      const raw = Float64Array.from(curve.steps, (other) => decay(step, other, this.#theta));
      const solved = raw.slice();
      solveLower(factor, n, solved);
      const gains = solved.slice();
      solveUpper(factor, n, gains);
      return { solved, offset: dot(gains, values), slope: 1 - gains.reduce((sum, gain) => sum + gain, 0) };
    });
    const left = (a: number, b: number, x: Float64Array, y: Float64Array) => decay(a, b, this.#theta) - dot(x, y);
    const foresight = (step: number, { solved, offset, slope }: typeof atFirst): Foresight => ({
      offset,
      slope,
      variance: Math.max(0, left(step, step, solved, solved)),
    });
    return {
      first: foresight(first, atFirst),
      second: foresight(second, atSecond),
      shared: left(first, second, atFirst.solved, atSecond.solved),
    };
  }

  /** Most likely hyperparameters under their priors, by the marginal likelihood of the longest curves. */
  #fit(data: readonly CurveData[]): Hyperparameters {
    const longest = data.toSorted((a, b) => b.steps.length - a.steps.length).slice(0, mostFitted);
    const points = longest.map(({ point }) => point);
    const squared = squaredDistances(columnsOf(this.#space, points), points, points.length);
    const loss = (theta: Float64Array): number => {
      const prior = theta.reduce((sum, value, i) => sum + 0.5 * ((value - typical[i]) / spread[i]) ** 2, 0);
      return prior - this.#ends(longest, squared, theta).logLikelihood;
    };
    return nelderMead(loss, typical, evaluations).point;
  }

  /** The Gaussian process over ends, each curve one observation, and the marginal likelihood of all values. */
  #ends(data: readonly CurveData[], squared: Float64Array, theta: Hyperparameters) {
    const n = data.length;
    const summaries = data.map((curve) => this.#summarise(curve, theta));
    let logLikelihood = summaries.reduce((sum, summary) => sum + summary.logLikelihood, 0);
    const covariance = squared.map((distance) => kernel(distance, theta));
    for (const [i, { variance }] of summaries.entries()) covariance[i * n + i] += variance;
    const factor = factorOf(covariance, n);
    const weights = Float64Array.from(summaries, ({ end }) => end);
    solveLower(factor, n, weights);
    logLikelihood -= 0.5 * (dot(weights, weights) + logDeterminant(factor, n));
    solveUpper(factor, n, weights);
    return { factor, weights, logLikelihood };
  }

  /** A curve as one observation of its end: the generalised mean of its values and that mean's variance, 1 / (1' K^-1 1). */
  #summarise(curve: CurveData, theta: Hyperparameters) {
    const n = curve.steps.length;
    const { factor, values } = this.#curveFactor(curve, theta);
    const ones = new Float64Array(n).fill(1);
    const solved = values.slice();
    solveLower(factor, n, ones);
    solveLower(factor, n, solved);
    const precision = dot(ones, ones);
    const end = dot(ones, solved) / precision;
    const rest = dot(solved, solved) - end * end * precision;
    const logLikelihood = -0.5 * (rest + logDeterminant(factor, n) + Math.log(precision));
    return { end, variance: 1 / precision, logLikelihood };
  }

  #curveFactor({ steps, losses }: Pick<CurveData, 'steps' | 'losses'>, theta: Hyperparameters) {
    const n = steps.length;
    const covariance = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) covariance[i * n + j] = decay(steps[i], steps[j], theta);
      covariance[i * n + i] += Math.exp(theta[5]);
    }
    const factor = factorOf(covariance, n);
    return { factor, values: this.#standard.get(losses) ?? new Float64Array(n) };
  }
}

/** Covariance of a curve's deviations from its end at two steps. */
function decay(a: number, b: number, theta: Hyperparameters): number {
  const beta = Math.exp(theta[3]);
  return Math.exp(theta[2]) * (beta / (a + b + beta)) ** Math.exp(theta[4]);
}

/** Matern 5/2 of a squared distance in one length scale, on top of a constant of variance 1. */
function kernel(squared: number, theta: Hyperparameters): number {
  const s = Math.sqrt(5 * squared) * Math.exp(-theta[0]);
  return 1 + Math.exp(theta[1]) * (1 + s + (s * s) / 3) * Math.exp(-s);
}

/** Mean over the parameters of the squared distances, [points x columns' points]. */
function squaredDistances(columns: readonly Column[], points: readonly Float64Array[], n: number): Float64Array {
  const squared = new Float64Array(points.length * n);
  const own = new Float64Array(n);
  for (const [d, column] of columns.entries()) {
    for (const [i, point] of points.entries()) {
      column.fillDistances(point[d], own, 0, n);
      for (let j = 0; j < n; j++) squared[i * n + j] += own[j] / columns.length;
    }
  }
  return squared;
}
