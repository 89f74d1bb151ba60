import type { Pace } from '../pace.ts';

/** 1/2 w'Gw - q'w + sum l1_j |w_j| + 1/2 sum l2_j w_j^2, G positive semidefinite. */
export interface PenalizedQuadratic {
  /** [n] of G. */
  readonly diagonal: Float64Array;
  /** q - Gw, from these weights on. */
  begin(weights: Float64Array): Descent;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
}

/** How hard the quadratic pulls at each weight, q - Gw, kept up to date while weights move. */
export interface Descent {
  pull(j: number): number;
  /** Weight j goes up by `step`. */
  move(j: number, step: number): void;
  /** All pulls, [n]. */
  pulls(): Float64Array;
  /** Multiplications that a move takes, for the pace. */
  readonly work: number;
}

/** All pulls are kept, and a move changes them by a column of G, [n] (Friedman, Hastie and Tibshirani 2010, section 2.2). */
export function covarianceDescent(
  linear: Float64Array,
  column: (j: number) => Float64Array,
  weights: Float64Array,
): Descent {
  const pulls = linear.slice();
  const move = (j: number, step: number) => {
    const covariances = column(j);
    for (let i = 0; i < pulls.length; i++) pulls[i] -= step * covariances[i];
  };
  for (let j = 0; j < weights.length; j++) if (weights[j] !== 0) move(j, weights[j]);
  return { pull: (j) => pulls[j], move, pulls: () => pulls, work: pulls.length };
}

/** Sweeps over the weights that are not 0, between two over all. */
const mostInnerSweeps = 100;

/**
 * Cyclic coordinate descent (Friedman, Hastie and Tibshirani 2010, sections 2.1 and 2.6): each weight in turn goes to its own minimum;
 * after a sweep over all weights come sweeps over those that are not 0.
 * @param weights [n], where to begin; changed in place
 * @param isGood asked after each sweep over all; `pulls` is q - Gw
 */
export async function coordinateDescent(
  quadratic: PenalizedQuadratic,
  weights: Float64Array,
  isGood: (weights: Float64Array, pulls: Float64Array) => boolean,
  maxSweeps: number,
  pace: Pace,
): Promise<{ readonly sweeps: number; readonly converged: boolean }> {
  const descent = quadratic.begin(weights);
  const all = Uint32Array.from(weights, (_, j) => j);
  for (let sweeps = 0; sweeps < maxSweeps; ) {
    const moved = await sweep(quadratic, weights, descent, all, pace);
    sweeps++;
    if (isGood(weights, descent.pulls())) return { sweeps, converged: true };
    const active = all.filter((j) => weights[j] !== 0);
    for (let inner = 0; inner < mostInnerSweeps && sweeps < maxSweeps; inner++, sweeps++) {
      if ((await sweep(quadratic, weights, descent, active, pace)) <= 1e-3 * moved) break;
    }
  }
  return { sweeps: maxSweeps, converged: false };
}

/** Each of these weights in turn at its own minimum; the largest decrease of the quadratic that a move brought. */
async function sweep(
  { diagonal, l1, l2 }: PenalizedQuadratic,
  weights: Float64Array,
  descent: Descent,
  among: Uint32Array,
  pace: Pace,
): Promise<number> {
  let most = 0;
  let moves = 0;
  for (const j of among) {
    const curvature = diagonal[j] + l2[j];
    if (!(curvature > 0)) continue;
    const pull = descent.pull(j) + diagonal[j] * weights[j];
    const next = (Math.sign(pull) * Math.max(0, Math.abs(pull) - l1[j])) / curvature;
    const step = next - weights[j];
    if (step === 0) continue;
    descent.move(j, step);
    weights[j] = next;
    most = Math.max(most, curvature * step * step);
    moves++;
  }
  await pace.after(among.length + moves * descent.work);
  return most;
}
