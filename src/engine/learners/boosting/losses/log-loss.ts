import type { Target } from '../../../data/dataset.ts';
import { logistic, softplus } from '../../../numerics/logistic.ts';
import { softmaxOfColumn } from '../../../numerics/softmax.ts';
import type { BoostingLoss } from './loss.ts';

/** Scores begin at log frequencies; a class without rows counts as half a row. */
const logPrior = (codes: Int32Array, classes: number, weights?: Float64Array): Float64Array => {
  const counts = new Float64Array(classes).fill(0.5);
  for (let row = 0; row < codes.length; row++) counts[codes[row]] += weights?.[row] ?? 1;
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => Math.log(count / total));
};

/** Log loss of two classes through the logistic function of one score. */
export function binaryLogLoss(codes: Int32Array, weights?: Float64Array): BoostingLoss {
  const prior = logPrior(codes, 2, weights);
  return {
    outputs: 1,
    start: Float64Array.of(prior[1] - prior[0]),
    derive(scores, gradient, hessian) {
      for (let row = 0; row < codes.length; row++) {
        const p = logistic(scores[row]);
        const weight = weights === undefined ? 1 : weights[row];
        gradient[row] = weight * (p - codes[row]);
        hessian[row] = weight * p * (1 - p);
      }
    },
    measure(scores, target) {
      const truth = codesOfTarget(target);
      let sum = 0;
      for (let row = 0; row < truth.length; row++) {
        const margin = truth[row] === 1 ? scores[row] : -scores[row];
        sum += softplus(-margin);
      }
      return sum / truth.length;
    },
  };
}

/** Log loss of several classes through the softmax of as many scores. */
export function multiclassLogLoss(codes: Int32Array, classes: number, weights?: Float64Array): BoostingLoss {
  const rows = codes.length;
  // The scores of all classes are moved together, which Friedman (2001, algorithm 6) corrects by (K - 1) / K.
  const factor = classes / Math.max(1, classes - 1);
  const p = new Float64Array(classes);
  return {
    outputs: classes,
    start: logPrior(codes, classes, weights),
    derive(scores, gradient, hessian) {
      for (let row = 0; row < rows; row++) {
        softmaxOfColumn(scores, row, rows, p);
        const weight = weights === undefined ? 1 : weights[row];
        for (let k = 0, at = row; k < classes; k++, at += rows) {
          gradient[at] = weight * (p[k] - (codes[row] === k ? 1 : 0));
          hessian[at] = weight * factor * p[k] * (1 - p[k]);
        }
      }
    },
    measure(scores, target) {
      const truth = codesOfTarget(target);
      let sum = 0;
      for (let row = 0; row < truth.length; row++) {
        softmaxOfColumn(scores, row, truth.length, p);
        sum -= Math.log(Math.max(1e-300, p[truth[row]]));
      }
      return sum / truth.length;
    },
  };
}

const codesOfTarget = (target: Target): Int32Array => (target.kind === 'classes' ? target.codes : new Int32Array());
