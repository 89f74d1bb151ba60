import type { TrainingProblem } from './training-problem.ts';

/** Gradient descent with momentum, as Maclaurin et al. (2015, algorithm 1) write it. */
export interface Descent {
  readonly steps: number;
  /** alpha: w += alpha v */
  readonly rate: number;
  /** gamma: v = gamma v - (1 - gamma) dL/dw */
  readonly momentum: number;
}

/** Where a training stands: weights and velocities. */
export interface DescentState {
  readonly w: Float64Array;
  readonly v: Float64Array;
}

export const startOf = (w: Float64Array): DescentState => ({ w: w.slice(), v: new Float64Array(w.length) });

/** One step from the state, in place; `gradient` is scratch. Returns the training loss before the step. */
export function descentStep(
  problem: TrainingProblem,
  lambda: Float64Array,
  { rate, momentum }: Descent,
  step: number,
  { w, v }: DescentState,
  gradient: Float64Array,
): number {
  const loss = problem.trainingGradient(w, lambda, step % problem.batchCount, gradient);
  for (let i = 0; i < w.length; i++) {
    v[i] = momentum * v[i] - (1 - momentum) * gradient[i];
    w[i] += rate * v[i];
  }
  return loss;
}
