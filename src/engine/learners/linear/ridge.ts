import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params } from '../../../shared/space.ts';
import { type SparseRows, sparseRows } from '../../data/encoders/sparse-rows.ts';
import { defineLearner } from '../define-learner.ts';
import { Pace } from '../pace.ts';
import { scaleOf } from '../target-scale.ts';
import { fitLinearInputs, type LinearInputsState, readingOf } from './inputs.ts';
import { regressionOnnx } from './linear-onnx.ts';
import { tunePenalties } from './penalty-tuning.ts';
import { linearInference, valuesOf, withIntercept } from './regression.ts';
import { solveRidge } from './ridge-solve.ts';
import { type Interactions, interactionDefault, interactionSpace } from './second-order.ts';
import { ridgeOf } from './weight-errors.ts';

/** Linear regression with an L2 penalty alpha |w|^2 on the weights, not on the intercept (Hoerl and Kennard 1970), in closed form. */
export const ridge = defineLearner<LinearInputsState>({
  name: 'ridge',
  title: 'Ridge regression',
  tags: {
    tasks: ['regression'],
    deterministic: true,
    tunesPenalties: true,
    readable: true,
    preparation: 'linear',
    weighsRows: true,
    byDefault: true,
  },
  space: (info) => ({
    parameters: [
      { name: 'alpha', distribution: { type: 'float', low: 1e-3, high: 1e4, log: true } },
      ...interactionSpace(info),
    ],
  }),
  defaults: (info) => ({ alpha: 1, ...interactionDefault(info) }),
  work,
  async fit({ train, weights: rowWeights, seed, signal, hypergradients }, params) {
    const inputs = fitLinearInputs(train.features, false, params.interactions as Interactions | undefined);
    const encoded = inputs.encode(train.features);
    const alpha = params.alpha as number;
    const { byInput, words } = hypergradients
      ? await tunePenalties(hypergradients, encoded, train.target, alpha / encoded.rows, seed, signal)
      : { byInput: new Float64Array(encoded.columns).fill(alpha / encoded.rows), words: '' };
    const alphas = byInput.map((penalty) => penalty * encoded.rows);
    const pace = new Pace(signal);
    const solution = await solve(sparseRows(encoded), valuesOf(train.target), alphas, rowWeights, pace);
    const { weights } = solution;
    return {
      state: {
        ...inputs.state,
        penalty: { ridge: ridgeOf(alphas), lasso: false, weighted: rowWeights !== undefined },
      },
      arrays: { weights },
      facts: {
        parameters: weights.length,
        reading: readingOf(weights, 1),
        words: [inputs.words, words, solution.words].filter(Boolean).join(', '),
      },
    };
  },
  restore: (state, arrays) => linearInference(state, arrays.weights as Float64Array),
  onnx: regressionOnnx,
});

/** Products of each row's inputs by pairs, or of each input's rows by pairs, whichever are fewer. */
function work({ rowCount, columns }: DatasetInfo, params: Params): number {
  const inputs = 1 + columns.length + (params.interactions === 'pairs' ? columns.length ** 2 / 2 : 0);
  return rowCount * inputs * Math.min(rowCount, inputs);
}

/** Weights and intercept, [columns + 1]. */
async function solve(
  x: SparseRows,
  y: Float64Array,
  alphas: Float64Array,
  rowWeights: Float64Array = new Float64Array(x.rows).fill(1),
  pace: Pace,
) {
  const { mean, deviation } = scaleOf(y, rowWeights);
  const means = columnMeans(x, rowWeights);
  const standardized = y.map((value) => (value - mean) / deviation);
  // Far below any penalty worth having; keeps the system solvable where alpha is 0 and columns repeat each other.
  const penalties = alphas.map((alpha) => alpha + 1e-9 * x.rows);
  const solution = await solveRidge({ x, means, y: standardized, rowWeights, penalties }, pace);
  const intercept = mean / deviation - means.reduce((sum, m, j) => sum + m * solution.weights[j], 0);
  const weights = withIntercept(solution.weights, intercept).map((weight) => weight * deviation);
  return { weights, words: solution.words };
}

function columnMeans(x: SparseRows, rowWeights: Float64Array): Float64Array {
  const means = new Float64Array(x.columns);
  for (let row = 0; row < x.rows; row++) {
    for (let i = x.starts[row]; i < x.starts[row + 1]; i++) {
      means[x.indices[i]] += (rowWeights[row] * x.values[i]) / x.rows;
    }
  }
  return means;
}
