import { addWeightGradient, linearScores, type SparseRows } from '../../data/encoders/sparse-rows.ts';
import { flooredCholesky } from '../../numerics/cholesky.ts';
import { dot } from '../../numerics/dot.ts';
import { solveLower, solveUpper } from '../../numerics/triangular-systems.ts';
import type { Pace } from '../pace.ts';
import { withIntercept } from './regression.ts';

/** Least squares over weighted rows of centred inputs: (Z'SZ + diag(penalties)) w = Z'S y. */
interface CentredProblem {
  readonly x: SparseRows;
  /** [columns], weighted. */
  readonly means: Float64Array;
  /** [rows], centred. */
  readonly y: Float64Array;
  /** [rows] */
  readonly rowWeights: Float64Array;
  /** [columns], all positive. */
  readonly penalties: Float64Array;
}

export interface RidgeSolution {
  /** [columns] */
  readonly weights: Float64Array;
  /** How it was found, where that is not the plain way; otherwise empty. */
  readonly words: string;
}

/** The largest matrix that is factored, and the most multiplications that filling it may take. */
const [largestFactored, mostMultiplications] = [2000, 6e9];

/** By the normal equations, by their dual where there are fewer rows than inputs, or step by step where both are many. */
export async function solveRidge(problem: CentredProblem, pace: Pace): Promise<RidgeSolution> {
  const { x } = problem;
  const filled = x.values.length;
  if (x.columns <= x.rows && x.columns <= largestFactored) return { weights: await primal(problem, pace), words: '' };
  if (x.rows <= largestFactored && x.rows * filled <= mostMultiplications) {
    return { weights: await dual(problem, pace), words: '' };
  }
  return conjugateGradients(problem, pace);
}

/** Only pairs of values that are not 0 are visited. */
async function primal({ x, means, y, rowWeights, penalties }: CentredProblem, pace: Pace): Promise<Float64Array> {
  const { columns, starts, indices, values } = x;
  const gram = new Float64Array(columns * columns);
  for (let row = 0; row < x.rows; row++) {
    for (let i = starts[row]; i < starts[row + 1]; i++) {
      const base = indices[i] * columns;
      const value = rowWeights[row] * values[i];
      for (let j = starts[row]; j <= i; j++) gram[base + indices[j]] += value * values[j];
    }
    await pace.after((starts[row + 1] - starts[row]) ** 2 / 2);
  }
  const weight = rowWeights.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) gram[i * columns + j] -= weight * means[i] * means[j];
    gram[i * columns + i] += penalties[i];
  }
  const weights = momentsOf(x, y, rowWeights);
  await flooredCholesky(gram, columns, Number.MIN_VALUE, pace);
  solveLower(gram, columns, weights);
  solveUpper(gram, columns, weights);
  return weights;
}

/** w = P^-1 Z' S^1/2 (S^1/2 Z P^-1 Z' S^1/2 + I)^-1 S^1/2 y: a system as large as the rows (Saunders et al. 1998). */
async function dual({ x, means, y, rowWeights, penalties }: CentredProblem, pace: Pace): Promise<Float64Array> {
  const { rows, starts, indices, values } = x;
  const root = rowWeights.map(Math.sqrt);
  const byMeans = withIntercept(
    means.map((mean, j) => mean / penalties[j]),
    0,
  );
  const shift = linearScores(x, byMeans, 1);
  const constant = means.reduce((sum, mean, j) => sum + mean * byMeans[j], 0);
  const kernel = new Float64Array(rows * rows);
  const scattered = new Float64Array(x.columns);
  for (let a = 0; a < rows; a++) {
    for (let i = starts[a]; i < starts[a + 1]; i++) scattered[indices[i]] = values[i] / penalties[indices[i]];
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let i = starts[b]; i < starts[b + 1]; i++) product += scattered[indices[i]] * values[i];
      kernel[a * rows + b] = root[a] * root[b] * (product - shift[a] - shift[b] + constant);
    }
    kernel[a * rows + a] += 1;
    for (let i = starts[a]; i < starts[a + 1]; i++) scattered[indices[i]] = 0;
    await pace.after(starts[a + 1] + x.columns);
  }
  const coefficients = y.map((value, row) => value * root[row]);
  await flooredCholesky(kernel, rows, Number.EPSILON, pace);
  solveLower(kernel, rows, coefficients);
  solveUpper(kernel, rows, coefficients);
  return centredMoments(
    x,
    means,
    coefficients.map((value, row) => value * root[row]),
  ).map((value, j) => value / penalties[j]);
}

/** Residual at which the solution counts as found, as a share of the right side's length. */
const tolerance = 1e-8;
const mostSteps = 500;

/** Conjugate gradients (Hestenes and Stiefel 1952) on the normal equations, each input scaled by its own curvature. */
async function conjugateGradients(problem: CentredProblem, pace: Pace): Promise<RidgeSolution> {
  const { x, means, y, rowWeights, penalties } = problem;
  const times = (w: Float64Array) => {
    const offset = -dot(means, w);
    const scores = linearScores(x, withIntercept(w, offset), 1).map((score, row) => score * rowWeights[row]);
    return centredMoments(x, means, scores).map((value, j) => value + penalties[j] * w[j]);
  };
  const curvature = curvatures(problem);
  const weights = new Float64Array(x.columns);
  const residual = momentsOf(x, y, rowWeights);
  const enough = tolerance * Math.sqrt(dot(residual, residual));
  let scaled = residual.map((value, j) => value / curvature[j]);
  let direction = scaled.slice();
  let size = dot(residual, scaled);
  for (let step = 1; step <= mostSteps; step++) {
    if (Math.sqrt(dot(residual, residual)) <= enough) return { weights, words: `found in ${step - 1} steps` };
    const product = times(direction);
    const rate = size / dot(direction, product);
    for (let j = 0; j < weights.length; j++) {
      weights[j] += rate * direction[j];
      residual[j] -= rate * product[j];
    }
    scaled = residual.map((value, j) => value / curvature[j]);
    const next = dot(residual, scaled);
    direction = scaled.map((value, j) => value + (next / size) * direction[j]);
    size = next;
    await pace.after(4 * x.values.length + 10 * x.columns);
  }
  return { weights, words: `stopped after ${mostSteps} steps before it converged` };
}

function curvatures({ x, means, rowWeights, penalties }: CentredProblem): Float64Array {
  const squares = penalties.slice();
  for (let row = 0; row < x.rows; row++) {
    for (let i = x.starts[row]; i < x.starts[row + 1]; i++) squares[x.indices[i]] += rowWeights[row] * x.values[i] ** 2;
  }
  const weight = rowWeights.reduce((sum, value) => sum + value, 0);
  return squares.map((value, j) => Math.max(value - weight * means[j] ** 2, penalties[j]));
}

/** X'S y, [columns]; y is centred, so that the inputs need not be. */
const momentsOf = (x: SparseRows, y: Float64Array, rowWeights: Float64Array): Float64Array =>
  sumsOf(
    x,
    y.map((value, row) => value * rowWeights[row]),
  ).slice(0, x.columns);

/** Z'v, [columns]. */
function centredMoments(x: SparseRows, means: Float64Array, v: Float64Array): Float64Array {
  const sums = sumsOf(x, v);
  return means.map((mean, j) => sums[j] - mean * sums[x.columns]);
}

/** X'v, and the sum of v: [columns + 1]. */
function sumsOf(x: SparseRows, v: Float64Array): Float64Array {
  const sums = new Float64Array(x.columns + 1);
  addWeightGradient(x, v, sums, 1);
  return sums;
}
