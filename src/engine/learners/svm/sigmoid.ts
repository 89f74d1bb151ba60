import { logistic, softplus } from '../../numerics/logistic.ts';
/** P(positive | decision value f) = 1 / (1 + exp(slope f + offset)). */
export interface Sigmoid {
  readonly slope: number;
  readonly offset: number;
}

const maxIterations = 100;
/** Smallest curvature that is added, step, and gradient at which the fit ends. */
const [ridge, leastStep, tolerance] = [1e-12, 1e-10, 1e-5];

export const probabilityOf = ({ slope, offset }: Sigmoid, decision: number): number =>
  logistic(-(slope * decision + offset));

/**
 * Platt's sigmoid (Platt 1999) by Newton's method with a line search (Lin, Lin and Weng 2007): log loss against targets that are a
 * little off 0 and 1, as the counts of the two classes allow.
 * @param decisions [rows], of rows that the machine was not fitted on
 */
export function fitSigmoid(decisions: Float64Array, isPositive: (row: number) => boolean): Sigmoid {
  let positives = 0;
  for (let row = 0; row < decisions.length; row++) if (isPositive(row)) positives++;
  const negatives = decisions.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const targets = decisions.map((_, row) => (isPositive(row) ? high : low));
  const lossOf = (slope: number, offset: number) =>
    decisions.reduce((sum, f, row) => {
      const z = slope * f + offset;
      return sum + softplus(-z) + targets[row] * z;
    }, 0);
  let [slope, offset] = [0, Math.log((negatives + 1) / (positives + 1))];
  let loss = lossOf(slope, offset);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let [ss, so, oo, gs, go] = [ridge, 0, ridge, 0, 0];
    for (let row = 0; row < decisions.length; row++) {
      const p = probabilityOf({ slope, offset }, decisions[row]);
      const curvature = p * (1 - p);
      const pull = targets[row] - p;
      ss += curvature * decisions[row] ** 2;
      so += curvature * decisions[row];
      oo += curvature;
      gs += pull * decisions[row];
      go += pull;
    }
    if (Math.max(Math.abs(gs), Math.abs(go)) < tolerance) break;
    const determinant = ss * oo - so * so;
    const [stepSlope, stepOffset] = [-(oo * gs - so * go) / determinant, -(ss * go - so * gs) / determinant];
    const descent = gs * stepSlope + go * stepOffset;
    let share = 1;
    for (; share >= leastStep; share /= 2) {
      const next = lossOf(slope + share * stepSlope, offset + share * stepOffset);
      if (next < loss + 1e-4 * share * descent) {
        slope += share * stepSlope;
        offset += share * stepOffset;
        loss = next;
        break;
      }
    }
    if (share < leastStep) break;
  }
  return { slope, offset };
}
