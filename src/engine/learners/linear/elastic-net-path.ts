import type { SparseRows } from '../../data/encoders/sparse-rows.ts';
import { median } from '../../statistics/median.ts';
import type { Pace } from '../pace.ts';
import { coordinateDescent } from './coordinate-descent.ts';
import { Covariances } from './covariances.ts';
import { withIntercept } from './regression.ts';

export interface ElasticNetFit {
  /** [columns + 1], the intercept last. */
  readonly weights: Float64Array;
  readonly sweeps: number;
  readonly converged: boolean;
}

/** Duality gap at which the last penalty's minimum counts as found, and those on the way, as shares of the target's variance. */
const [tolerance, tolerancePassing] = [1e-8, 1e-3];
const maxSweeps = 5000;
/** Each penalty on the way down is this share of the one before. */
const pathStep = 0.5;
/** A penalty without any L1 part has no largest value; this part of it stands in. */
const leastShare = 1e-3;

/**
 * Minimises sum s_i (y_i - b - x_i w)^2 / (2 rows) + alpha l1_ratio |w|_1 + alpha (1 - l1_ratio) |w|^2 / 2 (Zou and Hastie 2005)
 * by coordinate descent along a path of falling penalties, each begun where the last one ended (Friedman, Hastie and
 * Tibshirani 2010, section 2.5), until the duality gap (Kim et al. 2007, section III) is small.
 * @param rowWeights [rows], s
 * @param start where to begin instead of at the top of the path
 */
export async function fitElasticNet(
  x: SparseRows,
  y: Float64Array,
  rowWeights: Float64Array,
  alpha: number,
  l1Ratio: number,
  pace: Pace,
  start?: Float64Array,
): Promise<ElasticNetFit> {
  const covariances = new Covariances(x, y, rowWeights);
  const weights = start ? start.slice(0, x.columns) : new Float64Array(x.columns);
  const passed = start ? [] : penaltiesAbove(alpha, covariances.linear, l1Ratio);
  let fitted = { sweeps: 0, converged: true };
  let sweeps = 0;
  for (const penalty of [...passed, alpha]) {
    const [l1, l2] = [penalty * l1Ratio, penalty * (1 - l1Ratio)];
    const quadratic = {
      diagonal: covariances.diagonal,
      begin: covariances.begin,
      l1: new Float64Array(x.columns).fill(l1),
      l2: new Float64Array(x.columns).fill(l2),
    };
    const enough = (penalty === alpha ? tolerance : tolerancePassing) * covariances.total;
    const isGood = (w: Float64Array, pulls: Float64Array) =>
      dualityGap(covariances, w, pulls, l1, l2) <= Math.max(enough, Number.MIN_VALUE);
    fitted = await coordinateDescent(quadratic, weights, isGood, maxSweeps, pace);
    sweeps += fitted.sweeps;
  }
  const { means, targetMean } = covariances;
  const intercept = targetMean - means.reduce((sum, mean, j) => sum + mean * weights[j], 0);
  return { weights: withIntercept(weights, intercept), sweeps, converged: fitted.converged };
}

/** From the penalty at which all weights are 0 down to that above `alpha`, not included. */
function penaltiesAbove(alpha: number, linear: Float64Array, l1Ratio: number): number[] {
  const top = linear.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / Math.max(l1Ratio, leastShare);
  const path: number[] = [];
  for (let penalty = top * pathStep; penalty * pathStep > alpha; penalty *= pathStep) path.push(penalty);
  return path;
}

/**
 * How far the objective is from its minimum at most. The L2 part counts as further rows, sqrt(l2) w each, with target 0; the residuals,
 * shrunk until no input's covariance with them exceeds l1, are a feasible point of the dual.
 */
function dualityGap(
  { linear, total }: Covariances,
  weights: Float64Array,
  pulls: Float64Array,
  l1: number,
  l2: number,
): number {
  let [explained, left, squares, absolute, largest] = [0, 0, 0, 0, 0];
  for (let j = 0; j < weights.length; j++) {
    explained += weights[j] * linear[j];
    left += weights[j] * pulls[j];
    squares += weights[j] ** 2;
    absolute += Math.abs(weights[j]);
    largest = Math.max(largest, Math.abs(pulls[j] - l2 * weights[j]));
  }
  const error = total - explained - left + l2 * squares;
  const shrink = largest > l1 ? l1 / largest : 1;
  return (error * (1 + shrink * shrink)) / 2 + l1 * absolute - shrink * (total - explained);
}

/** Residuals beyond this many scales count linearly: 95 % of least squares' efficiency where errors are normal (Huber 1981, section 7). */
const bend = 1.345;
const mostReweightings = 30;

/**
 * The same with Huber's loss in place of the squared one, by reweighted least squares (Huber 1981, section 7.8): a row counts
 * min(1, 1.345 scale / |residual|), the scale being 1.4826 median |residual| of the last fit.
 */
export async function fitHuberElasticNet(
  x: SparseRows,
  y: Float64Array,
  rowWeights: Float64Array,
  alpha: number,
  l1Ratio: number,
  residualsOf: (weights: Float64Array) => Float64Array,
  pace: Pace,
): Promise<ElasticNetFit> {
  let fit = await fitElasticNet(x, y, huberWeights(rowWeights, centred(y)), alpha, l1Ratio, pace);
  let sweeps = fit.sweeps;
  for (let i = 0; i < mostReweightings; i++) {
    const weights = huberWeights(rowWeights, residualsOf(fit.weights));
    const next = await fitElasticNet(x, y, weights, alpha, l1Ratio, pace, fit.weights);
    sweeps += next.sweeps;
    const moved = next.weights.reduce((most, value, j) => Math.max(most, Math.abs(value - fit.weights[j])), 0);
    fit = next;
    if (moved < 1e-5) return { ...fit, sweeps };
  }
  return { ...fit, sweeps, converged: false };
}

const centred = (y: Float64Array): Float64Array => {
  const middle = median(y);
  return y.map((value) => value - middle);
};

function huberWeights(rowWeights: Float64Array, residuals: Float64Array): Float64Array {
  const limit = bend * 1.4826 * median(residuals.map(Math.abs));
  if (!(limit > 0)) return rowWeights;
  return rowWeights.map((weight, row) => weight * Math.min(1, limit / Math.abs(residuals[row])));
}
