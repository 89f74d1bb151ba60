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
import { softmax } from '../../statistics/softmax.ts';
import { defineLearner } from '../define-learner.ts';
import { Pace } from '../pace.ts';
import { minimize } from './lbfgs.ts';
import { tunePenalties } from './penalty-tuning.ts';

interface LogisticState {
  readonly encoder: MatrixState;
}

const maxIterations = 500;
const tolerance = 1e-5;

/**
 * Multinomial logistic regression with an L2 penalty on the weights, not on the biases:
 * minimise C * sum of log losses + |W|^2 / 2 (Hastie et al. 2009, section 4.4), by L-BFGS. Two classes share one score.
 */
export const logistic = defineLearner<LogisticState>({
  name: 'logistic',
  title: 'Logistic regression',
  tags: { tasks: ['binary', 'multiclass'], deterministic: true, tunesPenalties: true, readable: true, byDefault: true },
  space: () => ({ parameters: [{ name: 'C', distribution: { type: 'float', low: 1e-4, high: 1e3, log: true } }] }),
  defaults: () => ({ C: 1 }),
  async fit({ train, seed, signal, hypergradients }, params) {
    const encoder = fitMatrixEncoder(train.features, { scaling: 'standard', squash: true });
    const encoded = encoder.encode(train.features);
    const x = sparseRows(encoded);
    const penalty = 1 / ((params.C as number) * x.rows);
    const { byInput, words } = hypergradients
      ? await tunePenalties(hypergradients, encoded, train.target, penalty, seed, signal)
      : { byInput: new Float64Array(x.columns).fill(penalty), words: '' };
    const { codes, classes } = classesOf(train.target);
    const outputs = classes.length === 2 ? 1 : classes.length;
    const minimum = await minimize(
      (weights, gradient) => objective(x, codes, outputs, byInput, weights, gradient),
      new Float64Array((x.columns + 1) * outputs),
      { maxIterations, tolerance, work: 4 * x.values.length * outputs + 40 * x.rows * outputs },
      new Pace(signal),
    );
    const end = minimum.converged ? 'converged' : 'stopped before it converged,';
    return {
      state: { encoder: encoder.state },
      arrays: { weights: minimum.x },
      facts: {
        parameters: minimum.x.length,
        words: [`${x.columns} inputs`, words, `${end} after ${minimum.iterations} steps`].filter(Boolean).join(', '),
      },
    };
  },
  restore(state, arrays, { outputs: classCount }) {
    const encoder = restoreMatrixEncoder(state.encoder);
    const weights = arrays.weights as Float64Array;
    const outputs = classCount === 2 ? 1 : classCount;
    return {
      predict: (rows) => probabilities(linearScores(sparseRows(encoder.encode(rows)), weights, outputs), outputs),
      inputGradient(rows, target) {
        const encoded = encoder.encode(rows);
        const scores = linearScores(sparseRows(encoded), weights, outputs);
        lossAndGradient(scores, classesOf(target).codes, outputs);
        return rawInputGradient(encoder, rows, encoded, inputGradientOf(scores, weights, encoded.columns, outputs));
      },
    };
  },
});

function classesOf(target: Target): { codes: Int32Array; classes: readonly string[] } {
  if (target.kind !== 'classes') throw new RangeError('logistic regression needs classes');
  return target;
}

/** Mean log loss plus 1/2 penalty_j |W_j|^2 over the inputs; a penalty of 1 / (C rows) makes it the sum over C rows. */
function objective(
  x: SparseRows,
  codes: Int32Array,
  outputs: number,
  penalties: Float64Array,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const scores = linearScores(x, weights, outputs);
  let value = lossAndGradient(scores, codes, outputs) / x.rows;
  addWeightGradient(x, scores, gradient, outputs);
  const penalized = x.columns * outputs;
  for (let i = 0; i < gradient.length; i++) gradient[i] /= x.rows;
  for (let i = 0; i < penalized; i++) {
    const penalty = penalties[Math.floor(i / outputs)];
    value += (penalty * weights[i] ** 2) / 2;
    gradient[i] += penalty * weights[i];
  }
  return value;
}

/** Sum of log losses; the scores are replaced by their gradient, probability minus truth. [rows x outputs] */
function lossAndGradient(scores: Float64Array, codes: Int32Array, outputs: number): number {
  let sum = 0;
  for (let row = 0, base = 0; row < codes.length; row++, base += outputs) {
    if (outputs === 1) {
      const margin = codes[row] === 1 ? scores[row] : -scores[row];
      sum += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
      scores[row] = 1 / (1 + Math.exp(-scores[row])) - codes[row];
    } else {
      const truth = scores[base + codes[row]];
      sum += softmax(scores, base, outputs) - truth;
      scores[base + codes[row]] -= 1;
    }
  }
  return sum;
}

/** [rows x classes] from [rows x outputs] scores. */
function probabilities(scores: Float64Array, outputs: number): Float64Array {
  if (outputs > 1) {
    for (let base = 0; base < scores.length; base += outputs) softmax(scores, base, outputs);
    return scores;
  }
  const values = new Float64Array(2 * scores.length);
  for (let row = 0; row < scores.length; row++) {
    values[2 * row + 1] = 1 / (1 + Math.exp(-scores[row]));
    values[2 * row] = 1 - values[2 * row + 1];
  }
  return values;
}
