import { hessianProduct } from './perceptron/hessian-product.ts';
import { batchesOf, type NumericRows } from './perceptron/numeric-rows.ts';
import type { OutputLoss } from './perceptron/output-loss.ts';
import {
  addMixedDerivative,
  addPenalties,
  addPenaltyHessian,
  type PenaltySharing,
  penaltyGroups,
} from './perceptron/penalty-groups.ts';
import { initialWeights, lossGradient, perceptronOf } from './perceptron/perceptron.ts';
import type { TrainingProblem } from './training-problem.ts';

export type { NumericRows };

export interface PerceptronOptions {
  readonly train: NumericRows;
  readonly validation: NumericRows;
  readonly inputs: number;
  /** Units of the tanh layers; none makes a linear model: ridge regression or multinomial logistic regression. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly loss: OutputLoss;
  /** Rows a step; default: all. */
  readonly batchSize?: number;
  readonly penalties: PenaltySharing;
}

/**
 * A perceptron with penalties 1/2 exp(lambda_g) |w_g|^2 on groups of weights, in double precision. Products with the Hessian are exact,
 * by differentiating the backward pass along v (Pearlmutter 1994, the R operator).
 */
export function perceptronProblem(options: PerceptronOptions): TrainingProblem {
  const { train, validation, inputs, hidden, outputs } = options;
  const perceptron = perceptronOf([inputs, ...hidden, outputs], options.loss);
  const { groupOf, hyperparameters } = penaltyGroups(perceptron, options.penalties);
  const batches = batchesOf(train, inputs, outputs, options.batchSize ?? train.count);
  return {
    weightCount: perceptron.weightCount,
    hyperparameters,
    batchCount: batches.length,
    initialWeights: (random) => initialWeights(perceptron, random),
    trainingGradient(w, lambda, batch, gradient) {
      const loss = lossGradient(perceptron, w, batches[batch], gradient);
      return addPenalties(groupOf, lambda, w, loss, gradient);
    },
    validationGradient: (w, gradient) => lossGradient(perceptron, w, validation, gradient),
    slopeGradient(w, lambda, batch, v, byWeights, byHyperparameters, scale) {
      hessianProduct(perceptron, w, batches[batch], v, byWeights);
      addPenaltyHessian(groupOf, lambda, v, byWeights);
      addMixedDerivative(groupOf, lambda, w, v, byHyperparameters, scale);
    },
    addMixedDerivative: (w, lambda, v, byHyperparameters, scale) =>
      addMixedDerivative(groupOf, lambda, w, v, byHyperparameters, scale),
  };
}
