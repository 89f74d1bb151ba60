import type { Pace } from '../pace.ts';

/** 1/2 w'Gw - q'w + sum l1_j |w_j| + 1/2 sum l2_j w_j^2, G positive semidefinite. */
export interface PenalizedQuadratic {
  /** [n] of G. */
  readonly diagonal: Float64Array;
  /** Column j of G, [n]; asked for only where w_j moves. */
  column(j: number): Float64Array;
  /** q, [n]. */
  readonly linear: Float64Array;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
}

/** Sweeps over the weights that are not 0, between two over all. */
const mostInnerSweeps = 100;

/**
 * Cyclic coordinate descent with covariance updates (Friedman, Hastie and Tibshirani 2010, sections 2.1, 2.2 and 2.6): the gradient is
 * kept, and a weight that moves changes it by its column. After a sweep over all weights come sweeps over those that are not 0.
 * @param weights [n], where to begin; changed in place
 * @param isGood asked after each sweep over all; `residual` is q - Gw
 */
export async function coordinateDescent(
  quadratic: PenalizedQuadratic,
  weights: Float64Array,
  isGood: (weights: Float64Array, residual: Float64Array) => boolean,
  maxSweeps: number,
  pace: Pace,
): Promise<{ readonly sweeps: number; readonly converged: boolean }> {
  const residual = quadratic.linear.slice();
  for (let j = 0; j < weights.length; j++) if (weights[j] !== 0) subtract(residual, weights[j], quadratic.column(j));
  const all = Uint32Array.from(weights, (_, j) => j);
  for (let sweeps = 0; sweeps < maxSweeps; ) {
    const moved = await sweep(quadratic, weights, residual, all, pace);
    sweeps++;
    if (isGood(weights, residual)) return { sweeps, converged: true };
    const active = all.filter((j) => weights[j] !== 0);
    for (let inner = 0; inner < mostInnerSweeps && sweeps < maxSweeps; inner++, sweeps++) {
      if ((await sweep(quadratic, weights, residual, active, pace)) <= 1e-3 * moved) break;
    }
  }
  return { sweeps: maxSweeps, converged: false };
}

/** Each of these weights in turn at its own minimum; the largest decrease of the quadratic that a move brought. */
async function sweep(
  { diagonal, column, l1, l2 }: PenalizedQuadratic,
  weights: Float64Array,
  residual: Float64Array,
  among: Uint32Array,
  pace: Pace,
): Promise<number> {
  let most = 0;
  let moves = 0;
  for (const j of among) {
    const curvature = diagonal[j] + l2[j];
    if (!(curvature > 0)) continue;
    const pull = residual[j] + diagonal[j] * weights[j];
    const next = (Math.sign(pull) * Math.max(0, Math.abs(pull) - l1[j])) / curvature;
    const step = next - weights[j];
    if (step === 0) continue;
    subtract(residual, step, column(j));
    weights[j] = next;
    most = Math.max(most, curvature * step * step);
    moves++;
  }
  await pace.after(among.length + moves * weights.length);
  return most;
}

function subtract(from: Float64Array, factor: number, values: Float64Array): void {
  for (let i = 0; i < from.length; i++) from[i] -= factor * values[i];
}
