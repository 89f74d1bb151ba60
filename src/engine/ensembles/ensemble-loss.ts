import type { Target } from '../data/dataset.ts';
import { takeTarget } from '../data/dataset.ts';
import { probabilityFloor } from '../metrics/classification.ts';
import type { Prediction } from '../models/predictor.ts';

/** Loss of the mean of chosen predictions. A member may be chosen more than once; what was chosen is kept as a sum. */
export interface EnsembleLoss {
  /** Loss if this candidate were chosen next: one pass over the rows. Lower is better. */
  with(candidate: number): number;
  choose(candidate: number): void;
}

/** Makes the loss of an ensemble of these candidates on some rows (a row may come more than once), with nothing chosen yet. */
export type MakeEnsembleLoss = (candidates: readonly Prediction[], target: Target, rows?: Uint32Array) => EnsembleLoss;

/** Rows whose probabilities are multiplied before one logarithm is taken: from the floor on, the product stays above 1e-112. */
const rowsPerLogarithm = 16;

/** Mean of -log p of the true class; all that it needs of a candidate is the true class's probability, floored. */
export const ensembleLogLoss: MakeEnsembleLoss = (candidates, target, rows) => {
  if (target.kind !== 'classes') throw new RangeError('log loss needs classes');
  const { codes } = target;
  const certain = candidates.map(({ values }) => {
    const width = values.length / codes.length;
    return gathered(codes.length, rows, (row) => Math.max(probabilityFloor, values[row * width + codes[row]]));
  });
  const sum = new Float64Array(rows?.length ?? codes.length);
  let size = 0;
  return {
    with: (candidate) => Math.log(size + 1) - sumOfLogarithms(sum, certain[candidate]) / sum.length,
    choose(candidate) {
      const chosen = certain[candidate];
      for (let i = 0; i < sum.length; i++) sum[i] += chosen[i];
      size++;
    },
  };
};

function sumOfLogarithms(a: Float64Array, b: Float64Array): number {
  let total = 0;
  const whole = a.length - (a.length % rowsPerLogarithm);
  let i = 0;
  while (i < whole) {
    let product = 1;
    for (const end = i + rowsPerLogarithm; i < end; i++) product *= a[i] + b[i];
    total += Math.log(product);
  }
  for (; i < a.length; i++) total += Math.log(a[i] + b[i]);
  return total;
}

/** Mean squared error, in the target's unit squared. */
export const ensembleSquaredError: MakeEnsembleLoss = (candidates, target, rows) => {
  if (target.kind !== 'values') throw new RangeError('squared error needs values');
  const errors = candidates.map(({ values }) =>
    gathered(target.values.length, rows, (row) => values[row] - target.values[row]),
  );
  const sum = new Float64Array(rows?.length ?? target.values.length);
  let size = 0;
  return {
    with(candidate) {
      const error = errors[candidate];
      let squares = 0;
      for (let i = 0; i < sum.length; i++) squares += (sum[i] + error[i]) * (sum[i] + error[i]);
      return squares / sum.length / (size + 1) ** 2;
    },
    choose(candidate) {
      const error = errors[candidate];
      for (let i = 0; i < sum.length; i++) sum[i] += error[i];
      size++;
    },
  };
};

/** Any loss of a prediction: it is computed anew for every candidate, without a short cut. Lower is better. */
export const ensembleLossOf =
  (loss: (prediction: Prediction, target: Target) => number): MakeEnsembleLoss =>
  (candidates, target, rows) => {
    const taken = rows ? candidates.map((candidate) => takePrediction(candidate, rows)) : candidates;
    const truth = rows ? takeTarget(target, rows) : target;
    const sum = new Float64Array(taken[0]?.values.length ?? 0);
    let size = 0;
    return {
      with: (candidate) => {
        const { values } = taken[candidate];
        const mean = sum.map((total, i) => (total + values[i]) / (size + 1));
        return loss({ ...taken[candidate], values: mean }, truth);
      },
      choose(candidate) {
        const { values } = taken[candidate];
        for (let i = 0; i < sum.length; i++) sum[i] += values[i];
        size++;
      },
    };
  };

/** The prediction of these rows, in this order. */
export function takePrediction(prediction: Prediction, rows: ArrayLike<number>): Prediction {
  const width = prediction.kind === 'probabilities' ? prediction.classCount : 1;
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < width; k++) values[i * width + k] = prediction.values[rows[i] * width + k];
  }
  return { ...prediction, values };
}

function gathered(count: number, rows: Uint32Array | undefined, value: (row: number) => number): Float64Array {
  const result = new Float64Array(rows?.length ?? count);
  for (let i = 0; i < result.length; i++) result[i] = value(rows ? rows[i] : i);
  return result;
}
