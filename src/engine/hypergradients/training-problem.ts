import type { Random } from '../random.ts';

/** A hyperparameter that the training loss is differentiable in, on the scale on which it is moved. */
export interface SmoothHyperparameter {
  readonly name: string;
  /** Bounds of the logarithm of its value. */
  readonly low: number;
  readonly high: number;
}

/**
 * A training that a tuner may differentiate: L(w, lambda) over training rows, in batches, and V(w) over validation rows. w: the
 * weights. lambda: natural logarithms of the hyperparameters' values. Arrays given to be written are overwritten unless it says 'adds'.
 */
export interface TrainingProblem {
  readonly weightCount: number;
  readonly hyperparameters: readonly SmoothHyperparameter[];
  /** Steps cycle through this many batches. */
  readonly batchCount: number;
  initialWeights(random: Random): Float64Array;
  /** Returns L of a batch, its penalties included, and writes dL / dw. */
  trainingGradient(w: Float64Array, lambda: Float64Array, batch: number, gradient: Float64Array): number;
  /** Returns V and writes dV / dw. */
  validationGradient(w: Float64Array, gradient: Float64Array): number;
  /**
   * Derivatives of the directional slope s = dL/dw . v of a batch: writes ds / dw, the Hessian times v, and adds `scale` x ds / dlambda
   * to `byHyperparameters`.
   */
  slopeGradient(
    w: Float64Array,
    lambda: Float64Array,
    batch: number,
    v: Float64Array,
    byWeights: Float64Array,
    byHyperparameters: Float64Array,
    scale: number,
  ): void;
  /** As `slopeGradient`, where only ds / dlambda is wanted: it needs no Hessian. */
  addMixedDerivative(
    w: Float64Array,
    lambda: Float64Array,
    v: Float64Array,
    byHyperparameters: Float64Array,
    scale: number,
  ): void;
}
