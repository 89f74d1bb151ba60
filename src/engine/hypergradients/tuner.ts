import type { Random } from '../random.ts';
import type { Descent } from './momentum-descent.ts';
import type { SmoothHyperparameter, TrainingProblem } from './training-problem.ts';

export interface TuningSettings {
  /** The training that the hyperparameters are tuned for. */
  readonly descent: Descent;
  /** Gradients of the training loss that may be spent; a product with the Hessian counts as two, a validation gradient as one. */
  readonly gradients: number;
  /** Logarithms of the hyperparameters' values to begin with; default: the middle of their bounds. */
  readonly start?: Float64Array;
  readonly signal?: AbortSignal;
}

/** One point of a tuning. */
export interface TuningPoint {
  /** Spent so far. */
  readonly gradients: number;
  readonly validationLoss: number;
}

export interface Tuned {
  /** Logarithms of the hyperparameters' values with the smallest validation loss, and the weights trained with them. */
  readonly lambda: Float64Array;
  readonly w: Float64Array;
  readonly validationLoss: number;
  readonly gradients: number;
  readonly trace: readonly TuningPoint[];
}

/** Moves the hyperparameters of a differentiable training down the gradient of its validation loss. */
export interface Tuner {
  readonly name: string;
  tune(problem: TrainingProblem, settings: TuningSettings, random: Random): Promise<Tuned>;
}

export const middle = (hyperparameters: readonly SmoothHyperparameter[]): Float64Array =>
  Float64Array.from(hyperparameters, ({ low, high }) => (low + high) / 2);

/** Keeps every logarithm within its bounds, in place. */
export function clip(lambda: Float64Array, hyperparameters: readonly SmoothHyperparameter[]): void {
  for (const [i, { low, high }] of hyperparameters.entries()) lambda[i] = Math.min(high, Math.max(low, lambda[i]));
}

/** Lets others speak between stretches of a long computation, and stops it on the signal. */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
