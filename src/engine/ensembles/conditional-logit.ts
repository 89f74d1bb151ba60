import { softmax } from '../numerics/softmax.ts';
import { leastPoint } from './non-negative-quadratic.ts';

export interface LogitProblem {
  /** [rows x classes x count] row-major: what each coefficient adds to a class's score, per unit. */
  readonly features: Float64Array;
  /** [rows] */
  readonly codes: Int32Array;
  readonly classCount: number;
  readonly count: number;
  /** [count] L1 and L2 penalties of each coefficient, against the mean loss of a row. */
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  /** [count] 1 where the coefficient may not be negative; the L1 penalty counts only there. */
  readonly bounded: Uint8Array;
}

const steps = 100;

/**
 * Coefficients of a conditional logit (McFadden 1974): class k of row i has the score `sum_j coefficient_j x feature_ikj`, the scores
 * become probabilities by softmax, and the mean log loss with its penalties is least. Newton's method, each step a bounded quadratic,
 * halved until the loss falls. The loss is convex, so the start does not matter.
 * @returns [count]
 */
export function fitConditionalLogit(problem: LogitProblem): Float64Array {
  let x: Float64Array = new Float64Array(problem.count);
  let loss = penalisedLoss(problem, x);
  for (let step = 0; step < steps; step++) {
    const target = newtonPoint(problem, x);
    const [next, lower] = descend(problem, x, target, loss);
    const gain = loss - lower;
    if (gain <= 0) break;
    [x, loss] = [next, lower];
    if (gain <= 1e-14 * Math.max(1, Math.abs(loss))) break;
  }
  return x;
}

function descend(
  problem: LogitProblem,
  x: Float64Array,
  target: Float64Array,
  loss: number,
): [point: Float64Array, loss: number] {
  for (let share = 1; share > 1e-10; share /= 2) {
    const next = x.map((value, j) => value + share * (target[j] - value));
    const lower = penalisedLoss(problem, next);
    if (lower < loss) return [next, lower];
  }
  return [x, loss];
}

function penalisedLoss(problem: LogitProblem, x: Float64Array): number {
  const { codes, classCount } = problem;
  const scores = new Float64Array(classCount);
  let loss = 0;
  for (let row = 0; row < codes.length; row++) {
    scoresOf(problem, x, row, scores);
    const own = scores[codes[row]];
    loss += softmax(scores, 0, classCount) - own;
  }
  loss /= codes.length;
  for (let j = 0; j < x.length; j++) {
    loss += (problem.l2[j] * x[j] * x[j]) / 2 + (problem.bounded[j] ? problem.l1[j] * x[j] : 0);
  }
  return loss;
}

/** Scores of a row's classes, before softmax. */
function scoresOf({ features, classCount, count }: LogitProblem, x: Float64Array, row: number, scores: Float64Array) {
  for (let k = 0, base = row * classCount * count; k < classCount; k++, base += count) {
    let score = 0;
    for (let j = 0; j < count; j++) score += x[j] * features[base + j];
    scores[k] = score;
  }
}

/** Where the second-order expansion of the loss about x is least within the bounds. */
function newtonPoint(problem: LogitProblem, x: Float64Array): Float64Array {
  const { features, codes, classCount, count } = problem;
  const hessian = new Float64Array(count * count);
  const pull = new Float64Array(count);
  const p = new Float64Array(classCount);
  const mean = new Float64Array(count);
  const centred = new Float64Array(count);
  for (let row = 0; row < codes.length; row++) {
    scoresOf(problem, x, row, p);
    softmax(p, 0, classCount);
    const base = row * classCount * count;
    mean.fill(0);
    for (let k = 0; k < classCount; k++)
      for (let j = 0; j < count; j++) mean[j] += p[k] * features[base + k * count + j];
    for (let j = 0; j < count; j++) pull[j] += (features[base + codes[row] * count + j] - mean[j]) / codes.length;
    for (let k = 0; k < classCount; k++) {
      for (let j = 0; j < count; j++) centred[j] = features[base + k * count + j] - mean[j];
      const weight = p[k] / codes.length;
      for (let j = 0; j < count; j++) {
        const scaled = weight * centred[j];
        for (let l = 0; l <= j; l++) hessian[j * count + l] += scaled * centred[l];
      }
    }
  }
  for (let j = 0; j < count; j++) {
    for (let l = 0; l < j; l++) hessian[l * count + j] = hessian[j * count + l];
  }
  // The expansion's linear part is H x + (negative gradient of the log loss); the penalties' curvature is added after it. A coefficient
  // without effect would leave the diagonal 0.
  for (let j = 0; j < count; j++) for (let l = 0; l < count; l++) pull[j] += hessian[j * count + l] * x[l];
  for (let j = 0; j < count; j++) hessian[j * count + j] += problem.l2[j] + 1e-12;
  return leastPoint({ hessian, pull, penalty: problem.l1, bounded: problem.bounded }, x);
}
