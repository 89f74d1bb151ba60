import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Random } from '../../random.ts';

/** The normal distribution that CMA-ES draws from: mean + stepSize * N(0, covariance), and the two paths that adapt it. */
export interface SearchDistribution {
  readonly mean: Float64Array;
  readonly stepSize: number;
  /** [n x n], row by row. */
  readonly covariance: Float64Array;
  readonly stepPath: Float64Array;
  readonly covariancePath: Float64Array;
  /** Generations so far. */
  readonly generation: number;
  /** Orthogonal axes, [n x n] by columns, and the deviations along them: covariance = axes diag(lengths^2) axes'. */
  readonly axes: Float64Array;
  readonly lengths: Float64Array;
}

/** Round, around the mean. */
export function startDistribution(mean: Float64Array, stepSize: number): SearchDistribution {
  const n = mean.length;
  const covariance = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const [stepPath, covariancePath] = [new Float64Array(n), new Float64Array(n)];
  const lengths = new Float64Array(n).fill(1);
  return { mean, stepSize, covariance, stepPath, covariancePath, generation: 0, axes: covariance, lengths };
}

/** A step N(0, covariance), without the step size. */
export function drawStep({ axes, lengths }: SearchDistribution, random: Random): Float64Array {
  const n = lengths.length;
  const step = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const along = lengths[k] * random.normal();
    for (let i = 0; i < n; i++) step[i] += axes[i * n + k] * along;
  }
  return step;
}

/** Trials of a generation by default (Hansen 2016, table 1). */
export const defaultOffspring = (dimensions: number): number => 4 + Math.floor(3 * Math.log(Math.max(1, dimensions)));

/**
 * The distribution after one generation (Hansen 2016, "The CMA evolution strategy: a tutorial", figure 6 and table 1, with the negative weights of
 * active CMA-ES).
 * @param steps the generation's steps (point - mean) / (stepSize * widths), the fittest first
 * @param widths how much wider than the covariance says the points were drawn, by coordinate
 */
export function adapt(
  state: SearchDistribution,
  steps: readonly Float64Array[],
  widths: Float64Array,
): SearchDistribution {
  const n = state.mean.length;
  const c = constants(n, steps.length);
  const mover = combined(steps, (i) => Math.max(0, c.weights[i]), n);
  const mean = state.mean.map((value, i) => value + state.stepSize * widths[i] * mover[i]);

  const whitened = whiten(state, mover);
  const stepPath = state.stepPath.map(
    (p, i) => (1 - c.stepDecay) * p + Math.sqrt(c.stepDecay * (2 - c.stepDecay) * c.mass) * whitened[i],
  );
  const generation = state.generation + 1;
  const length = norm(stepPath);
  const expected = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  const stepSize = state.stepSize * Math.exp(Math.min(1, (c.stepDecay / c.damping) * (length / expected - 1)));

  const unbiased = Math.sqrt(1 - (1 - c.stepDecay) ** (2 * generation));
  const stalled = length / unbiased >= (1.4 + 2 / (n + 1)) * expected;
  const pathGain = stalled ? 0 : Math.sqrt(c.pathDecay * (2 - c.pathDecay) * c.mass);
  const covariancePath = state.covariancePath.map((p, i) => (1 - c.pathDecay) * p + pathGain * mover[i]);
  const lost = stalled ? c.rankOne * c.pathDecay * (2 - c.pathDecay) : 0;
  const scales = steps.map((step, i) =>
    c.weights[i] >= 0 ? c.weights[i] : (c.weights[i] * n) / (norm(whiten(state, step)) ** 2 + 1e-12),
  );
  const kept = 1 + lost - c.rankOne - c.rankMu * c.weights.reduce((sum, weight) => sum + weight, 0);
  const covariance = state.covariance.map((value, place) => {
    const [i, j] = [Math.floor(place / n), place % n];
    const spread = steps.reduce((sum, step, k) => sum + scales[k] * step[i] * step[j], 0);
    return kept * value + c.rankOne * covariancePath[i] * covariancePath[j] + c.rankMu * spread;
  });
  return { mean, stepSize, covariance, stepPath, covariancePath, generation, ...principalAxes(covariance, n) };
}

interface Constants {
  /** By rank; positive ones sum to 1. */
  readonly weights: Float64Array;
  /** mu_eff of the positive weights. */
  readonly mass: number;
  readonly stepDecay: number;
  readonly damping: number;
  readonly pathDecay: number;
  readonly rankOne: number;
  readonly rankMu: number;
}

/** Table 1 of the tutorial, its equations 49 to 58 (first edition: later ones add 1/4 to the numerator of the rank-mu rate). */
function constants(n: number, offspring: number): Constants {
  const raw = Float64Array.from({ length: offspring }, (_, i) => Math.log((offspring + 1) / 2) - Math.log(i + 1));
  const [positive, negative] = [raw.filter((w) => w > 0), raw.filter((w) => w <= 0)];
  const mass = massOf(positive);
  const stepDecay = (mass + 2) / (n + mass + 5);
  const damping = 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + stepDecay;
  const pathDecay = (4 + mass / n) / (n + 4 + (2 * mass) / n);
  const rankOne = 2 / ((n + 1.3) ** 2 + mass);
  const rankMu = Math.min(1 - rankOne, (2 * (mass + 1 / mass - 2)) / ((n + 2) ** 2 + mass));
  const negativeMass = Math.min(
    1 + rankOne / rankMu,
    1 + (2 * massOf(negative)) / (mass + 2),
    (1 - rankOne - rankMu) / (n * rankMu),
  );
  const [above, below] = [sum(positive), -sum(negative)];
  const weights = raw.map((w) => (w > 0 ? w / above : below === 0 ? 0 : (w * negativeMass) / below));
  return { weights, mass, stepDecay, damping, pathDecay, rankOne, rankMu };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const norm = (values: Float64Array): number => Math.sqrt(values.reduce((total, value) => total + value * value, 0));
/** How many equal weights would scatter their mean as much; 0 for none. */
const massOf = (weights: Float64Array): number => sum(weights) ** 2 / (norm(weights) ** 2 || 1);

/** Weighted sum of the steps. */
function combined(steps: readonly Float64Array[], weight: (i: number) => number, n: number): Float64Array {
  const total = new Float64Array(n);
  for (const [k, step] of steps.entries()) for (let i = 0; i < n; i++) total[i] += weight(k) * step[i];
  return total;
}

/** covariance^(-1/2) times a step: standard normal where the step is of the distribution. */
function whiten({ axes, lengths }: SearchDistribution, step: Float64Array): Float64Array {
  const n = step.length;
  const white = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let along = 0;
    for (let i = 0; i < n; i++) along += axes[i * n + k] * step[i];
    for (let i = 0; i < n; i++) white[i] += (axes[i * n + k] * along) / lengths[k];
  }
  return white;
}

/** Deviations below a ten-millionth of the largest are kept there: the matrix stays invertible whatever the losses were. */
function principalAxes(covariance: Float64Array, n: number): Pick<SearchDistribution, 'axes' | 'lengths'> {
  const matrix = Matrix.from1DArray(n, n, covariance);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const least = 1e-14 * Math.max(...realEigenvalues, 1e-300);
  return {
    axes: Float64Array.from(eigenvectorMatrix.to1DArray()),
    lengths: Float64Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(least, value))),
  };
}
