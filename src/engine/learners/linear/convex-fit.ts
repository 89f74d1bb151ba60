import type { Target } from '../../data/dataset.ts';
import { addWeightGradient, linearScores, type SparseRows } from '../../data/encoders/sparse-rows.ts';
import { flooredCholesky } from '../../numerics/cholesky.ts';
import { dot } from '../../numerics/dot.ts';
import { logistic } from '../../numerics/logistic.ts';
import type { Pace } from '../pace.ts';
import { logLossAndGradient, probabilitiesOf } from './logistic-loss.ts';
import { curvatureOf, inverseOf } from './weight-errors.ts';

/** A sum of log losses, or of squared errors / 2, of linear scores, plus 1/2 ridge w^2, at weights that minimise it. */
export interface ConvexProblem {
  readonly x: SparseRows;
  readonly target: Target;
  /** [columns + 1, outputs], the biases last. */
  readonly weights: Float64Array;
  readonly outputs: number;
  /** Of each column. */
  readonly ridge: (column: number) => number;
  /** Weights that are 0 stay so (an L1 penalty has chosen them). */
  readonly keepsZeros: boolean;
}

/** What stands on a diagonal instead of a curvature where a weight shall not move. */
const pinned = 1e12;
/** Of several scores only the differences count: a little penalty keeps the biases where they are. */
const biasRidge = 1e-7;
const [mostSteps, tolerance] = [40, 1e-9];
/** Rows for each weight that the curvature is made of, where there are so many: fewer would not be near that of all. */
const rowsAWeight = 20;

/** A convex fit with the inverse of its curvature, which tells what the fit would be without one row. */
export class ConvexFit {
  readonly problem: ConvexProblem;
  /** [weights squared] */
  readonly inverse: Float64Array;
  /** [rows x outputs] d loss / d score of each row. */
  readonly slopes: Float64Array;
  readonly size: number;
  readonly #gradient: Float64Array;

  private constructor(problem: ConvexProblem, inverse: Float64Array) {
    this.problem = problem;
    this.inverse = inverse;
    this.size = problem.weights.length;
    this.slopes = slopesOf(problem, problem.weights);
    this.#gradient = this.#gradientOf(problem.weights, this.slopes);
  }

  static async of(problem: ConvexProblem, pace: Pace): Promise<ConvexFit> {
    const { x, target, weights, outputs, ridge, keepsZeros } = problem;
    const size = weights.length;
    const { curvature } = await curvatureOf(x, target, weights, outputs, pace, rowsAWeight * size);
    for (let i = 0; i < size; i++) {
      const column = Math.floor(i / outputs);
      const isBias = column === x.columns;
      curvature[i * size + i] += isBias ? (outputs > 1 ? biasRidge * x.rows : 0) : ridge(column);
      if (keepsZeros && !isBias && weights[i] === 0) curvature[i * size + i] += pinned * Math.max(1, x.rows);
    }
    await flooredCholesky(curvature, size, 1e-9 * Math.max(1, x.rows), pace);
    return new ConvexFit(problem, await inverseOf(curvature, size, pace));
  }

  /** Elementary steps of one step of a refit. */
  get work(): number {
    return 2 * this.problem.x.values.length * this.problem.outputs + this.size ** 2;
  }

  /**
   * [weights] of the minimum without one row, by steps along the inverse curvature that all rows have (a fixed Newton matrix); null where they come
   * to no end. What the penalties and an early end held the weights by holds them on.
   */
  async without(row: number, pace: Pace): Promise<Float64Array | null> {
    const { x, outputs } = this.problem;
    const weights = this.problem.weights.slice();
    let [length, first, before] = [1, 0, Number.POSITIVE_INFINITY];
    for (let step = 0; step < mostSteps; step++) {
      const slopes = slopesOf(this.problem, weights);
      for (let k = 0; k < outputs; k++) slopes[row * outputs + k] = 0;
      const gradient = this.#gradientOf(weights, slopes);
      for (let i = 0; i < gradient.length; i++) gradient[i] -= this.#gradient[i];
      const direction = this.#times(gradient);
      const energy = dot(direction, gradient);
      if (step === 0) first = energy;
      if (!(energy > tolerance * first)) return weights;
      if (energy > before) length /= 2;
      before = energy;
      for (let i = 0; i < weights.length; i++) weights[i] -= length * direction[i];
      await pace.after(2 * x.values.length * outputs + this.size ** 2);
    }
    return null;
  }

  #times(vector: Float64Array): Float64Array {
    return Float64Array.from(vector, (_, i) => dot(this.inverse.subarray(i * this.size, (i + 1) * this.size), vector));
  }

  #gradientOf(weights: Float64Array, slopes: Float64Array): Float64Array {
    const { x, outputs, ridge } = this.problem;
    const gradient = new Float64Array(weights.length);
    addWeightGradient(x, slopes, gradient, outputs);
    for (let i = 0; i < x.columns * outputs; i++) gradient[i] += ridge(Math.floor(i / outputs)) * weights[i];
    return gradient;
  }
}

function slopesOf({ x, target, outputs }: ConvexProblem, weights: Float64Array): Float64Array {
  const scores = linearScores(x, weights, outputs);
  if (target.kind === 'values') return scores.map((score, row) => score - target.values[row]);
  logLossAndGradient(scores, target.codes, outputs);
  return scores;
}

/** [rows x outputs, squared] second derivatives of each row's loss by its scores. */
export function scoreCurvature(scores: Float64Array, isClasses: boolean): Float64Array {
  const outputs = scores.length;
  if (!isClasses) return Float64Array.of(1);
  if (outputs === 1) {
    const p = logistic(scores[0]);
    return Float64Array.of(p * (1 - p));
  }
  const p = probabilitiesOf(scores.slice(), outputs);
  return Float64Array.from({ length: outputs ** 2 }, (_, at) => {
    const [k, l] = [Math.floor(at / outputs), at % outputs];
    return p[k] * ((k === l ? 1 : 0) - p[l]);
  });
}
