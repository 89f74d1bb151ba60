import type { Target } from '../data/dataset.ts';
import { takeTarget } from '../data/dataset.ts';
import { probabilityFloor } from '../metrics/classification.ts';
import { type Prediction, takePrediction } from '../models/predictor.ts';

/** Loss of the mean of chosen predictions. A member may be chosen more than once; what was chosen is kept as a sum. */
export interface EnsembleLoss {
  /** Loss if this candidate were chosen next: one pass over the rows. Lower is better. */
  with(candidate: number): number;
  choose(candidate: number): void;
  /** Candidates worth the trouble of `with`, ascending; absent: all. */
  promising?(): readonly number[];
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
    // Four products side by side: each multiplication would otherwise wait for the one before it.
    let [p, q, r, s] = [1, 1, 1, 1];
    for (const end = i + rowsPerLogarithm; i < end; i += 4) {
      p *= a[i] + b[i];
      q *= a[i + 1] + b[i + 1];
      r *= a[i + 2] + b[i + 2];
      s *= a[i + 3] + b[i + 3];
    }
    total += Math.log(p * q * r * s);
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

/** Candidates that a loss without a short cut is computed for at each step, where another loss can tell which. */
const shortlist = 3;
/** Rows of a bootstrap that a loss without a short cut is computed on. */
const mostBootstrapRows = 1000;

/**
 * Any loss of a prediction, computed anew for every candidate. Lower is better. Of the rows of a large bootstrap some are left out, evenly
 * (m out of n, Bickel, Goetze and van Zwet 1997): what one selection then misses, the mean of several does not. For classes the log loss
 * says which candidates are worth it, from the second step on: to rank rows anew for every one of them takes minutes.
 */
export const ensembleLossOf =
  (loss: (prediction: Prediction, target: Target) => number): MakeEnsembleLoss =>
  (candidates, target, bootstrap) => {
    const stride = Math.ceil((bootstrap?.length ?? 0) / mostBootstrapRows);
    const rows = bootstrap?.filter((_, i) => i % stride === 0);
    const taken = rows ? candidates.map((candidate) => takePrediction(candidate, rows)) : candidates;
    const truth = rows ? takeTarget(target, rows) : target;
    const guide = truth.kind === 'classes' ? ensembleLogLoss(taken, truth) : undefined;
    const sum = new Float64Array(taken[0]?.values.length ?? 0);
    let size = 0;
    return {
      promising: () => (guide && size > 0 ? leastBy(guide, taken.length) : [...taken.keys()]),
      with: (candidate) => {
        const { values } = taken[candidate];
        const mean = sum.map((total, i) => (total + values[i]) / (size + 1));
        return loss({ ...taken[candidate], values: mean }, truth);
      },
      choose(candidate) {
        const { values } = taken[candidate];
        for (let i = 0; i < sum.length; i++) sum[i] += values[i];
        size++;
        guide?.choose(candidate);
      },
    };
  };

/** The candidates that another loss thinks best of, ascending. */
function leastBy(guide: EnsembleLoss, count: number): number[] {
  const losses = Array.from({ length: count }, (_, candidate) => guide.with(candidate));
  const order = [...losses.keys()].sort((a, b) => losses[a] - losses[b]);
  return order.slice(0, shortlist).sort((a, b) => a - b);
}

function gathered(count: number, rows: Uint32Array | undefined, value: (row: number) => number): Float64Array {
  const result = new Float64Array(rows?.length ?? count);
  for (let i = 0; i < result.length; i++) result[i] = value(rows ? rows[i] : i);
  return result;
}
