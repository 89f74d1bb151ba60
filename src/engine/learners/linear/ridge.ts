import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Target } from '../../data/dataset.ts';
import { rawInputGradient } from '../../data/encoders/input-gradient.ts';
import { fitMatrixEncoder, type MatrixState, restoreMatrixEncoder } from '../../data/encoders/matrix-encoder.ts';
import {
  addWeightGradient,
  inputGradientOf,
  linearScores,
  type SparseRows,
  sparseRows,
} from '../../data/encoders/sparse-rows.ts';
import { defineLearner } from '../define-learner.ts';
import { Pace } from '../pace.ts';
import { scaleOf } from '../target-scale.ts';
import { tunePenalties } from './penalty-tuning.ts';

interface RidgeState {
  readonly encoder: MatrixState;
}

/** Linear regression with an L2 penalty alpha |w|^2 on the weights, not on the intercept (Hoerl and Kennard 1970), in closed form. */
export const ridge = defineLearner<RidgeState>({
  name: 'ridge',
  title: 'Ridge regression',
  tags: {
    tasks: ['regression'],
    deterministic: true,
    tunesPenalties: true,
    readable: true,
    preparation: 'dense',
    byDefault: true,
  },
  space: () => ({ parameters: [{ name: 'alpha', distribution: { type: 'float', low: 1e-3, high: 1e4, log: true } }] }),
  defaults: () => ({ alpha: 1 }),
  async fit({ train, seed, signal, hypergradients }, params) {
    const encoder = fitMatrixEncoder(train.features, { scaling: 'standard' });
    const encoded = encoder.encode(train.features);
    const x = sparseRows(encoded);
    const alpha = params.alpha as number;
    const { byInput, words } = hypergradients
      ? await tunePenalties(hypergradients, encoded, train.target, alpha / x.rows, seed, signal)
      : { byInput: new Float64Array(x.columns).fill(alpha / x.rows), words: '' };
    const alphas = byInput.map((penalty) => penalty * x.rows);
    const weights = await solve(x, valuesOf(train.target), alphas, new Pace(signal));
    return {
      state: { encoder: encoder.state },
      arrays: { weights },
      facts: { parameters: weights.length, words: [`${x.columns} inputs`, words].filter(Boolean).join(', ') },
    };
  },
  restore(state, arrays) {
    const encoder = restoreMatrixEncoder(state.encoder);
    const weights = arrays.weights as Float64Array;
    return {
      predict: (rows) => linearScores(sparseRows(encoder.encode(rows)), weights, 1),
      inputGradient(rows, target) {
        const encoded = encoder.encode(rows);
        const truth = valuesOf(target);
        const byScore = linearScores(sparseRows(encoded), weights, 1).map((value, row) => 2 * (value - truth[row]));
        return rawInputGradient(encoder, rows, encoded, inputGradientOf(byScore, weights, encoded.columns, 1));
      },
    };
  },
});

function valuesOf(target: Target): Float64Array {
  if (target.kind !== 'values') throw new RangeError('ridge regression needs a numeric target');
  return target.values;
}

/** Weights and intercept, [columns + 1], from the normal equations of centred inputs: (X'X + diag(alpha)) w = X'y. */
async function solve(x: SparseRows, y: Float64Array, alphas: Float64Array, pace: Pace): Promise<Float64Array> {
  const { mean, deviation } = scaleOf(y);
  const means = columnMeans(x);
  const gram = await centredGram(x, means, pace);
  const moments = new Float64Array(x.columns + 1);
  addWeightGradient(
    x,
    y.map((value) => (value - mean) / deviation),
    moments,
    1,
  );
  // Far below any penalty worth having; keeps the factorisation possible where alpha is 0 and columns repeat each other.
  const jitter = 1e-9 * x.rows;
  for (let j = 0; j < x.columns; j++) gram.set(j, j, gram.get(j, j) + alphas[j] + jitter);
  const weights = new Float64Array(x.columns + 1);
  if (x.columns > 0) {
    const right = Matrix.columnVector(moments.subarray(0, x.columns));
    weights.set(new CholeskyDecomposition(gram).solve(right).to1DArray());
  }
  weights[x.columns] = mean / deviation - means.reduce((sum, m, j) => sum + m * weights[j], 0);
  return weights.map((weight) => weight * deviation);
}

function columnMeans(x: SparseRows): Float64Array {
  const means = new Float64Array(x.columns);
  for (let i = 0; i < x.values.length; i++) means[x.indices[i]] += x.values[i] / x.rows;
  return means;
}

/** X'X - rows * mean mean', [columns x columns]; only pairs of values that are not 0 are visited. */
async function centredGram(x: SparseRows, means: Float64Array, pace: Pace): Promise<Matrix> {
  const { columns, starts, indices, values } = x;
  const sums = new Float64Array(columns * columns);
  for (let row = 0; row < x.rows; row++) {
    for (let i = starts[row]; i < starts[row + 1]; i++) {
      const base = indices[i] * columns;
      for (let j = starts[row]; j <= i; j++) sums[base + indices[j]] += values[i] * values[j];
    }
    await pace.after((starts[row + 1] - starts[row]) ** 2);
  }
  const gram = new Matrix(columns, columns);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) {
      const value = sums[i * columns + j] - x.rows * means[i] * means[j];
      gram.set(i, j, value);
      gram.set(j, i, value);
    }
  }
  return gram;
}
