import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params } from '../../../shared/space.ts';
import { linearScores, type SparseRows, sparseRows } from '../../data/encoders/sparse-rows.ts';
import { median } from '../../statistics/median.ts';
import { defineLearner } from '../define-learner.ts';
import { Pace } from '../pace.ts';
import { scaleOf } from '../target-scale.ts';
import { fitElasticNet, fitHuberElasticNet } from './elastic-net-path.ts';
import { fitLinearInputs, type LinearInputsState, readingOf } from './inputs.ts';
import { regressionOnnx } from './linear-onnx.ts';
import { linearInference, valuesOf } from './regression.ts';
import { type Interactions, interactionDefault, interactionSpace } from './second-order.ts';

/**
 * Linear regression with an L1 and an L2 penalty (Zou and Hastie 2005): of a target in units of its deviation, mean squared error / 2
 * + alpha (l1_ratio |w|_1 + (1 - l1_ratio) |w|^2 / 2). `loss: huber` lets outliers pull no harder than rows that are merely far off.
 */
export const elasticNet = defineLearner<LinearInputsState>({
  name: 'elastic_net',
  title: 'Elastic net',
  tags: {
    tasks: ['regression'],
    deterministic: true,
    readable: true,
    weighsRows: true,
    preparation: 'linear',
    byDefault: true,
  },
  space: (info) => ({
    parameters: [
      { name: 'alpha', distribution: { type: 'float', low: 1e-5, high: 1, log: true } },
      { name: 'l1_ratio', distribution: { type: 'float', low: 0.05, high: 1 } },
      { name: 'loss', distribution: { type: 'categorical', choices: ['squared', 'huber'] } },
      ...interactionSpace(info),
    ],
  }),
  defaults: (info) => ({ alpha: 1e-3, l1_ratio: 0.5, loss: 'squared', ...interactionDefault(info) }),
  work,
  async fit({ train, weights: rowWeights, signal }, params) {
    const inputs = fitLinearInputs(train.features, false, params.interactions as Interactions | undefined);
    const x = sparseRows(inputs.encode(train.features));
    const robust = params.loss === 'huber';
    const values = valuesOf(train.target);
    const { center, scale } = robust ? robustScaleOf(values, rowWeights) : standardScaleOf(values, rowWeights);
    const problem = { x, y: values.map((value) => (value - center) / scale), rowWeights };
    const { weights, sweeps, converged } = await solve(problem, params, new Pace(signal));
    weights[x.columns] += center / scale;
    const end = converged ? 'converged' : 'stopped before it converged,';
    const words = [inputs.words, robust ? "Huber's loss" : '', `${end} after ${sweeps} sweeps`].filter(Boolean);
    return {
      state: {
        ...inputs.state,
        penalty: {
          ridge: (params.alpha as number) * (1 - (params.l1_ratio as number)) * x.rows,
          lasso: true,
          weighted: rowWeights !== undefined,
          ...(robust && { robust }),
        },
      },
      arrays: { weights: weights.map((weight) => weight * scale) },
      facts: { parameters: weights.length, reading: readingOf(weights, 1), words: words.join(', ') },
    };
  },
  restore: (state, arrays) => linearInference(state, arrays.weights as Float64Array),
  onnx: regressionOnnx,
});

/** Counting the covariances comes first; sweeps over them are cheap. */
function work({ rowCount, columns }: DatasetInfo, params: Params): number {
  const inputs = columns.length + (params.interactions === 'pairs' ? columns.length ** 2 / 2 : 0);
  const reweightings = params.loss === 'huber' ? 8 : 1;
  const sweeps = 10 * (1 - Math.log10(params.alpha as number));
  return (rowCount * inputs * inputs + sweeps * inputs * inputs) * reweightings;
}

interface Problem {
  readonly x: SparseRows;
  /** Centred and scaled. */
  readonly y: Float64Array;
  readonly rowWeights?: Float64Array;
}

function solve({ x, y, rowWeights = new Float64Array(x.rows).fill(1) }: Problem, params: Params, pace: Pace) {
  const [alpha, l1Ratio] = [params.alpha as number, params.l1_ratio as number];
  if (params.loss !== 'huber') return fitElasticNet(x, y, rowWeights, alpha, l1Ratio, pace);
  const residualsOf = (weights: Float64Array) =>
    linearScores(x, weights, 1).map((prediction, row) => y[row] - prediction);
  return fitHuberElasticNet(x, y, rowWeights, alpha, l1Ratio, residualsOf, pace);
}

function standardScaleOf(values: Float64Array, weights?: Float64Array) {
  const { mean, deviation } = scaleOf(values, weights);
  return { center: mean, scale: deviation };
}

/** Median, and 1.4826 median distance from it; where half of the rows have one value, the standard deviation. */
function robustScaleOf(values: Float64Array, weights?: Float64Array) {
  const center = median(values);
  const scale = 1.4826 * median(values.map((value) => Math.abs(value - center)));
  return { center, scale: scale > 0 ? scale : scaleOf(values, weights).deviation };
}
