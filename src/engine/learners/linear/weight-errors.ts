import { percentWords } from '../../../shared/results/numbers.ts';
import type { Dataset, Target } from '../../data/dataset.ts';
import { linearScores, type SparseRows, sparseRows } from '../../data/encoders/sparse-rows.ts';
import type { WeightErrors } from '../../models/readable.ts';
import { flooredCholesky } from '../../numerics/cholesky.ts';
import { solveLower, solveUpper } from '../../numerics/triangular-systems.ts';
import { Pace } from '../pace.ts';
import { type LinearInputsState, restoreLinearInputs } from './inputs.ts';
import { logLossHessian, probabilitiesOf } from './logistic-loss.ts';

/** What a fit tells of its penalty, so that errors can be calculated when somebody looks. */
export interface FittedPenalty {
  /** Of each input, on the sum of the rows' losses: 1/2 ridge w^2 (log loss, or squared error / 2); one number where all have the same. */
  readonly ridge: number | readonly number[];
  /** Whether absolute weights are penalised too. */
  readonly lasso: boolean;
  /** Whether rows counted differently. */
  readonly weighted: boolean;
  /** The loss is another than log loss or squared error. */
  readonly robust?: true;
}

/** The penalties as a number where all inputs have the same. */
export const ridgeOf = (byInput: Float64Array): FittedPenalty['ridge'] =>
  byInput.every((each) => each === byInput[0]) ? (byInput[0] ?? 0) : [...byInput];

/** More weights than this take too long to be told errors of. */
const mostWeights = 400;
/** Multiplications that the curvature may take; more rows are sampled evenly. */
const mostMultiplications = 4e8;
/** The penalty has moved hardly anything where it takes less than this share of the weights' freedom. */
const hardly = 0.02;

/**
 * Covariance of the weights given the penalty: of squared error s^2 (X'X + P)^-1, the posterior that ridge regression is the mean of
 * (Hastie et al. 2009, section 3.4.1), without a penalty the covariance of least squares; of log loss the inverse curvature at the weights
 * (Laplace's approximation: Bishop 2006, section 4.5.1). None where an L1 penalty has chosen among the weights by the same rows.
 */
export async function weightErrors(
  state: LinearInputsState,
  penalty: FittedPenalty | undefined,
  weights: Float64Array,
  { features, target }: Pick<Dataset, 'features' | 'target'>,
  signal: AbortSignal,
): Promise<WeightErrors> {
  if (state.edited) return { words: 'No intervals: the weights were edited, and no formula speaks of them any more.' };
  if (!penalty) return { words: 'No intervals: the model was saved without its penalty; fit it again for them.' };
  if (penalty.lasso)
    return {
      words:
        'No intervals: an L1 penalty has chosen which weights are 0 by the same rows, and no honest formula is left. Fit again with ridge or l1_ratio 0 for some.',
    };
  if (penalty.weighted)
    return { words: 'No intervals: rows were weighted, so that they are not the sample a formula speaks of.' };
  if (weights.length > mostWeights)
    return {
      words: `No intervals: they are calculated for at most ${mostWeights} weights, and these are ${weights.length}.`,
    };
  const encoded = restoreLinearInputs(state).encode(features);
  if (encoded.rows === 0) return { words: 'No intervals: there are no training rows to reckon them from.' };
  const pace = new Pace(signal);
  const x = sparseRows(encoded);
  const scores = weights.length / (x.columns + 1);
  const { curvature, noise } = await curvatureOf(x, target, weights, scores, pace);
  const size = weights.length;
  const penalised = curvature.slice();
  const ridge = (j: number) => (typeof penalty.ridge === 'number' ? penalty.ridge : penalty.ridge[j]);
  for (let i = 0; i < x.columns * scores; i++) penalised[i * size + i] += ridge(Math.floor(i / scores));
  await flooredCholesky(penalised, size, 1e-9 * Math.max(1, x.rows), pace);
  const covariance = await inverseOf(penalised, size, pace);
  let taken = 0;
  for (let i = 0; i < x.columns * scores; i++) taken += ridge(Math.floor(i / scores)) * covariance[i * size + i];
  const free = Math.max(1, x.columns * scores);
  const variance = noise(free - taken);
  for (let i = 0; i < covariance.length; i++) covariance[i] *= variance;
  return { covariance, words: reckoningWords(taken / free, target) };
}

function reckoningWords(taken: number, target: Target): string {
  const way = target.kind === 'classes' ? "Laplace's approximation" : 'normal errors of one spread';
  if (taken < hardly)
    return `Intervals are 95 %, the penalty moving hardly anything (${way}); the preparation is taken as given.`;
  return `Intervals are 95 % given the penalty, which takes ${percentWords(taken, 0)} of the weights' freedom (${way}): they tell how far the rows settle a weight, but not how far the penalty draws it to 0. The preparation is taken as given.`;
}

/**
 * Second derivatives of the sum of losses, [weights squared], and the noise's variance once the freedom that is used is known.
 * @param fewestRows that are looked at, however long they take
 */
export async function curvatureOf(
  x: SparseRows,
  target: Target,
  weights: Float64Array,
  scores: number,
  pace: Pace,
  fewestRows = 0,
) {
  const fitted = linearScores(x, weights, scores);
  const sample = sampled(x, scores, fewestRows);
  const rowWeights = new Float64Array(sample.x.rows).fill(x.rows / sample.x.rows);
  if (target.kind === 'classes') {
    const own = linearScores(sample.x, weights, scores);
    const probabilities = scores === 1 ? own.map((score) => 1 / (1 + Math.exp(-score))) : probabilitiesOf(own, scores);
    return { curvature: await logLossHessian(sample.x, probabilities, scores, rowWeights, pace), noise: () => 1 };
  }
  let squares = 0;
  target.values.forEach((value, row) => {
    squares += (value - fitted[row]) ** 2;
  });
  return {
    curvature: await gram(sample.x, rowWeights, pace),
    noise: (used: number) => squares / Math.max(1, x.rows - used - 1),
  };
}

/** Every so many-th row, where all would take too long. */
function sampled(x: SparseRows, scores: number, fewestRows: number): { x: SparseRows } {
  let work = 0;
  for (let row = 0; row < x.rows; row++) work += ((x.starts[row + 1] - x.starts[row] + 1) * scores) ** 2;
  const step = Math.min(Math.ceil(work / mostMultiplications), Math.floor(x.rows / fewestRows));
  if (step <= 1) return { x };
  const rows = Array.from({ length: Math.ceil(x.rows / step) }, (_, i) => i * step);
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i] + x.starts[row + 1] - x.starts[row];
  });
  const indices = new Uint32Array(starts[rows.length]);
  const values = new Float32Array(starts[rows.length]);
  rows.forEach((row, i) => {
    indices.set(x.indices.subarray(x.starts[row], x.starts[row + 1]), starts[i]);
    values.set(x.values.subarray(x.starts[row], x.starts[row + 1]), starts[i]);
  });
  return { x: { rows: rows.length, columns: x.columns, starts, indices, values } };
}

/** X'X with the intercept as a last input that is always 1. */
async function gram(x: SparseRows, rowWeights: Float64Array, pace: Pace): Promise<Float64Array> {
  const size = x.columns + 1;
  const products = new Float64Array(size * size);
  for (let row = 0; row < x.rows; row++) {
    const [from, to] = [x.starts[row], x.starts[row + 1]];
    for (let a = from; a <= to; a++) {
      const base = (a < to ? x.indices[a] : x.columns) * size;
      const value = (a < to ? x.values[a] : 1) * rowWeights[row];
      for (let b = from; b < to; b++) products[base + x.indices[b]] += value * x.values[b];
      products[base + x.columns] += value;
    }
    await pace.after((to - from + 1) ** 2);
  }
  return products;
}

/** (L L')^-1, [n squared]. */
export async function inverseOf(factor: Float64Array, n: number, pace: Pace): Promise<Float64Array> {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const column = inverse.subarray(i * n, (i + 1) * n);
    column[i] = 1;
    solveLower(factor, n, column);
    solveUpper(factor, n, column);
    await pace.after(n * n);
  }
  return inverse;
}
