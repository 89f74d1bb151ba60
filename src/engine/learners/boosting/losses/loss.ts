import type { Target } from '../../../data/dataset.ts';

/** A loss of raw scores. Scores, gradients, hessians: [outputs x rows], one output after the other. */
export interface BoostingLoss {
  /** Trees grown in each round. */
  readonly outputs: number;
  /** Raw score of each output before the first tree. */
  readonly start: Float64Array;
  /** First derivative of the loss by every score, and the second or what stands for it; times the rows' weights. */
  derive(scores: Float64Array, gradient: Float32Array, hessian: Float32Array): void;
  /** Of the loss itself: what training stops by. */
  measure(scores: Float64Array, target: Target): number;
  /** Log loss, or RMSE in the target's unit: what the search compares. Absent: the same as `measure`. */
  compare?(scores: Float64Array, target: Target): number;
  /** The best value of a leaf with these rows of the training data, where its derivatives do not tell it. */
  renew?(rows: Uint32Array, scores: Float64Array): number;
}

/** How raw scores become predictions of a numeric target: mean + deviation x score, or mean x exp(score). */
export interface ValueScale {
  readonly link: 'identity' | 'log';
  readonly mean: number;
  readonly deviation: number;
}

/** The target's values that these scores stand for. */
export const valuesOf = (scores: Float64Array, { link, mean, deviation }: ValueScale): Float64Array =>
  scores.map((score) => (link === 'log' ? mean * Math.exp(score) : score * deviation + mean));

export const numbersOfTarget = (target: Target): Float64Array =>
  target.kind === 'values' ? target.values : new Float64Array();

/** Root of the mean squared error of these scores. */
export function rmseOf(scores: Float64Array, target: Target, scale: ValueScale): number {
  const truth = numbersOfTarget(target);
  const values = valuesOf(scores, scale);
  let squares = 0;
  for (let row = 0; row < truth.length; row++) squares += (values[row] - truth[row]) ** 2 / truth.length;
  return Math.sqrt(squares);
}
