import type { Target } from '../../data/dataset.ts';
import { scaleOf } from '../target-scale.ts';

/** A twice differentiable loss of raw scores. Scores: [outputs x rows], one output after the other. */
export interface BoostingLoss {
  /** Trees grown in each round. */
  readonly outputs: number;
  /** Raw score of each output before the first tree. */
  readonly start: Float64Array;
  /** First and second derivative of the loss by every score. */
  derive(scores: Float64Array, gradient: Float32Array, hessian: Float32Array): void;
  /** Log loss, or RMSE in the target's unit, of these scores. */
  measure(scores: Float64Array, target: Target): number;
}

/** Log loss of two classes through the logistic function, of several through softmax, or squared error. */
export function lossFor(target: Target): BoostingLoss {
  if (target.kind === 'values') return squaredError(target.values);
  return target.classes.length === 2
    ? binaryLogLoss(target.codes)
    : multiclassLogLoss(target.codes, target.classes.length);
}

/** Scores begin at log frequencies; a class without rows counts as half a row. */
const logPrior = (codes: Int32Array, classes: number): Float64Array => {
  const counts = new Float64Array(classes).fill(0.5);
  for (const code of codes) counts[code]++;
  return counts.map((count) => Math.log(count / (codes.length + classes / 2)));
};

const logistic = (score: number) => 1 / (1 + Math.exp(-score));

function binaryLogLoss(codes: Int32Array): BoostingLoss {
  const prior = logPrior(codes, 2);
  return {
    outputs: 1,
    start: Float64Array.of(prior[1] - prior[0]),
    derive(scores, gradient, hessian) {
      for (let row = 0; row < codes.length; row++) {
        const p = logistic(scores[row]);
        gradient[row] = p - codes[row];
        hessian[row] = p * (1 - p);
      }
    },
    measure(scores, target) {
      const truth = codesOfTarget(target);
      let sum = 0;
      // -log p = log(1 + exp(-margin)), in the form that does not overflow.
      for (let row = 0; row < truth.length; row++) {
        const margin = truth[row] === 1 ? scores[row] : -scores[row];
        sum += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
      }
      return sum / truth.length;
    },
  };
}

function multiclassLogLoss(codes: Int32Array, classes: number): BoostingLoss {
  const rows = codes.length;
  // The scores of all classes are moved together, which Friedman (2001, algorithm 6) corrects by (K - 1) / K.
  const factor = classes / Math.max(1, classes - 1);
  const p = new Float64Array(classes);
  return {
    outputs: classes,
    start: logPrior(codes, classes),
    derive(scores, gradient, hessian) {
      for (let row = 0; row < rows; row++) {
        softmaxInto(scores, row, rows, p);
        for (let k = 0, at = row; k < classes; k++, at += rows) {
          gradient[at] = p[k] - (codes[row] === k ? 1 : 0);
          hessian[at] = factor * p[k] * (1 - p[k]);
        }
      }
    },
    measure(scores, target) {
      const truth = codesOfTarget(target);
      let sum = 0;
      for (let row = 0; row < truth.length; row++) {
        softmaxInto(scores, row, truth.length, p);
        sum -= Math.log(Math.max(1e-300, p[truth[row]]));
      }
      return sum / truth.length;
    },
  };
}

/** Softmax over the scores of a row, which lie `stride` apart. */
function softmaxInto(scores: Float64Array, row: number, stride: number, p: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0, at = row; k < p.length; k++, at += stride) largest = Math.max(largest, scores[at]);
  let sum = 0;
  for (let k = 0, at = row; k < p.length; k++, at += stride) {
    p[k] = Math.exp(scores[at] - largest);
    sum += p[k];
  }
  for (let k = 0; k < p.length; k++) p[k] /= sum;
}

/** Half the squared error, so that the hessian is 1. Scores are in units of the target's deviation. */
function squaredError(values: Float64Array): BoostingLoss {
  const { mean, deviation } = scaleOf(values);
  return {
    outputs: 1,
    start: Float64Array.of(0),
    derive(scores, gradient, hessian) {
      for (let row = 0; row < values.length; row++) gradient[row] = scores[row] - (values[row] - mean) / deviation;
      hessian.fill(1);
    },
    measure(scores, target) {
      const truth = target.kind === 'values' ? target.values : new Float64Array();
      let squares = 0;
      for (let row = 0; row < truth.length; row++) squares += (scores[row] - (truth[row] - mean) / deviation) ** 2;
      return deviation * Math.sqrt(squares / truth.length);
    },
  };
}

/** Probabilities [rows x classes] of scores [outputs x rows]. */
export function probabilitiesOf(scores: Float64Array, classes: number): Float64Array {
  const outputs = classes === 2 ? 1 : classes;
  const rows = scores.length / outputs;
  const values = new Float64Array(rows * classes);
  const p = new Float64Array(classes);
  for (let row = 0; row < rows; row++) {
    if (outputs > 1) softmaxInto(scores, row, rows, p);
    else {
      p[1] = logistic(scores[row]);
      p[0] = 1 - p[1];
    }
    values.set(p, row * classes);
  }
  return values;
}

const codesOfTarget = (target: Target): Int32Array => (target.kind === 'classes' ? target.codes : new Int32Array());
