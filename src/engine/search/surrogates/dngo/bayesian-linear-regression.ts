import { cholesky, inverse } from '../../../numerics/cholesky.ts';
import { dot } from '../../../numerics/dot.ts';

/** Bounds of both precisions, for losses with variance 1: noise of a thousandth and less cannot be told from none. */
const [leastPrecision, mostPrecision] = [1e-6, 1e6];
const rounds = 100;
const settled = 1e-4;

/** Bayesian linear regression: w ~ N(0, 1 / alpha), y = w' phi + N(0, 1 / beta). */
export interface BayesianLinearRegression {
  readonly alpha: number;
  readonly beta: number;
  /** Mean of the weights, [basis]. */
  readonly mean: Float64Array;
  /** Their covariance, [basis x basis]. */
  readonly covariance: Float64Array;
}

/**
 * The regression with those precisions that make the observations likeliest, by MacKay's fixed point (Bishop 2006, equations 3.87,
 * 3.91, 3.92, 3.95).
 * @param basis [observations x width]. @param losses standardised
 */
export function fitBayesianLinear(basis: Float64Array, width: number, losses: Float64Array): BayesianLinearRegression {
  const gram = gramOf(basis, width, losses.length);
  const moments = momentsOf(basis, width, losses);
  let [alpha, beta] = [1, 100];
  let posterior = posteriorOf(gram, moments, width, alpha, beta);
  for (let round = 0; round < rounds; round++) {
    const { mean, covariance } = posterior;
    let trace = 0;
    for (let i = 0; i < width; i++) trace += covariance[i * width + i];
    // gamma: how many weights the observations decide.
    const gamma = Math.min(width, Math.max(0, width - alpha * trace));
    const next = bounded(gamma / dot(mean, mean));
    const nextBeta = bounded((losses.length - gamma) / residual(basis, width, losses, mean));
    const change = Math.abs(Math.log(next / alpha)) + Math.abs(Math.log(nextBeta / beta));
    [alpha, beta] = [next, nextBeta];
    posterior = posteriorOf(gram, moments, width, alpha, beta);
    if (change < settled) break;
  }
  return { alpha, beta, ...posterior };
}

/** 0 / 0, where there is nothing to explain, is as much precision as there may be. */
const bounded = (precision: number): number =>
  Number.isNaN(precision) ? mostPrecision : Math.min(mostPrecision, Math.max(leastPrecision, precision));

/** S = (alpha I + beta Phi' Phi)^-1, m = beta S Phi' y. */
function posteriorOf(gram: Float64Array, moments: Float64Array, width: number, alpha: number, beta: number) {
  const precision = gram.map((value) => beta * value);
  for (let i = 0; i < width; i++) precision[i * width + i] += alpha;
  if (!cholesky(precision, width)) throw new RangeError('the precision of the weights is not positive definite');
  const covariance = new Float64Array(width * width);
  inverse(precision, width, covariance, new Float64Array(width * width));
  const mean = Float64Array.from({ length: width }, (_, i) => beta * dot(rowOf(covariance, width, i), moments));
  return { mean, covariance };
}

/** Phi' Phi, [width x width] */
function gramOf(basis: Float64Array, width: number, count: number): Float64Array {
  const gram = new Float64Array(width * width);
  for (let row = 0; row < count; row++) {
    const phi = rowOf(basis, width, row);
    for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) gram[i * width + j] += phi[i] * phi[j];
  }
  return gram;
}

/** Phi' y, [width] */
function momentsOf(basis: Float64Array, width: number, losses: Float64Array): Float64Array {
  const moments = new Float64Array(width);
  for (const [row, loss] of losses.entries()) {
    const phi = rowOf(basis, width, row);
    for (let i = 0; i < width; i++) moments[i] += phi[i] * loss;
  }
  return moments;
}

const residual = (basis: Float64Array, width: number, losses: Float64Array, mean: Float64Array): number =>
  losses.reduce((sum, loss, row) => sum + (loss - dot(rowOf(basis, width, row), mean)) ** 2, 0);

/** The function's mean and variance at one basis vector, without noise. */
export function predictLinear({ mean, covariance }: BayesianLinearRegression, phi: Float64Array) {
  let variance = 0;
  for (let i = 0; i < phi.length; i++) variance += phi[i] * dot(rowOf(covariance, phi.length, i), phi);
  return { mean: dot(mean, phi), variance: Math.max(0, variance) };
}

/** How much each observation's loss counts in the mean at a basis vector: beta Phi S phi. */
export function linearWeights(
  { beta, covariance }: BayesianLinearRegression,
  basis: Float64Array,
  phi: Float64Array,
): Float64Array {
  const width = phi.length;
  const heard = Float64Array.from({ length: width }, (_, i) => beta * dot(rowOf(covariance, width, i), phi));
  return Float64Array.from({ length: basis.length / width }, (_, row) => dot(rowOf(basis, width, row), heard));
}

/**
 * Leave-one-out R2 of the regression, the basis staying as it is: each residual over 1 - h, h the observation's weight in its own mean.
 * Undefined where the losses are all equal.
 */
export function leaveOneOutFit(
  model: BayesianLinearRegression,
  basis: Float64Array,
  losses: Float64Array,
): number | undefined {
  const width = model.mean.length;
  const average = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const spread = losses.reduce((sum, loss) => sum + (loss - average) ** 2, 0);
  const error = losses.reduce((sum, loss, row) => {
    const phi = rowOf(basis, width, row);
    const { mean, variance } = predictLinear(model, phi);
    return sum + ((loss - mean) / (1 - model.beta * variance)) ** 2;
  }, 0);
  return spread > 0 ? 1 - error / spread : undefined;
}

const rowOf = (matrix: Float64Array, width: number, row: number): Float64Array =>
  matrix.subarray(row * width, (row + 1) * width);
