import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params } from '../../../shared/space.ts';
import type { Target } from '../../data/dataset.ts';
import { addWeightGradient, linearScores, type SparseRows, sparseRows } from '../../data/encoders/sparse-rows.ts';
import { type Minimum, minimize } from '../../numerics/lbfgs.ts';
import { logistic as logisticOf } from '../../numerics/logistic.ts';
import { minimizeWithL1 } from '../../numerics/orthant-wise.ts';
import { defineLearner } from '../define-learner.ts';
import { encodedColumns } from '../encoded-columns.ts';
import { Pace } from '../pace.ts';
import { editedWeights } from './edited-weights.ts';
import { isTraceable, linearInfluences } from './influence.ts';
import { fitLinearInputs, type LinearInputsState, readingOf, restoreLinearInputs } from './inputs.ts';
import { logisticOnnx } from './linear-onnx.ts';
import { logLossAndGradient, logLossHessian, probabilitiesOf } from './logistic-loss.ts';
import { tunePenalties } from './penalty-tuning.ts';
import { minimizeByProximalNewton } from './proximal-newton.ts';
import { type Interactions, interactionDefault, interactionSpace } from './second-order.ts';
import { ridgeOf, weightErrors } from './weight-errors.ts';
import { weightsReading } from './weights-reading.ts';

const maxIterations = 500;
const tolerance = 1e-5;

/**
 * Multinomial logistic regression with a penalty on the weights, not on the biases: minimise C * sum of log losses
 * + (1 - l1_ratio) |W|^2 / 2 + l1_ratio |W|_1 (Hastie et al. 2009, section 4.4; Zou and Hastie 2005), by L-BFGS; where l1_ratio > 0, weights
 * become exactly 0, by Newton steps, or orthant-wise where there are too many weights for those. Two classes share one score.
 */
export const logistic = defineLearner<LinearInputsState>({
  name: 'logistic',
  title: 'Logistic regression',
  tags: {
    tasks: ['binary', 'multiclass'],
    deterministic: true,
    tunesPenalties: true,
    readable: true,
    preparation: 'linear',
    weighsRows: true,
    byDefault: true,
  },
  space: (info) => ({
    parameters: [
      { name: 'C', distribution: { type: 'float', low: 1e-4, high: 1e3, log: true } },
      { name: 'l1_ratio', distribution: { type: 'ordinal', choices: [0, 0.1, 0.5, 0.9, 1] } },
      ...interactionSpace(info),
    ],
  }),
  defaults: (info) => ({ C: 1, l1_ratio: 0, ...interactionDefault(info) }),
  work,
  async fit({ train, weights: rowWeights, seed, signal, hypergradients }, params) {
    const inputs = fitLinearInputs(train.features, true, params.interactions as Interactions | undefined);
    const encoded = inputs.encode(train.features);
    const penalty = 1 / ((params.C as number) * encoded.rows);
    const { byInput, words } = hypergradients
      ? await tunePenalties(hypergradients, encoded, train.target, penalty, seed, signal)
      : { byInput: new Float64Array(encoded.columns).fill(penalty), words: '' };
    const { codes, classes } = classesOf(train.target);
    const outputs = classes.length === 2 ? 1 : classes.length;
    const problem = { x: sparseRows(encoded), codes, outputs, rowWeights, byInput, l1Ratio: params.l1_ratio as number };
    const minimum = await solve(problem, new Pace(signal));
    const end = minimum.converged ? 'converged' : 'stopped before it converged,';
    return {
      state: {
        ...inputs.state,
        penalty: {
          ridge: ridgeOf(byInput.map((each) => each * encoded.rows * (1 - problem.l1Ratio))),
          lasso: problem.l1Ratio > 0,
          weighted: rowWeights !== undefined,
        },
      },
      arrays: { weights: minimum.x },
      facts: {
        parameters: minimum.x.length,
        reading: readingOf(minimum.x, outputs),
        words: [inputs.words, words, `${end} after ${minimum.iterations} steps`].filter(Boolean).join(', '),
      },
    };
  },
  restore(state, arrays, { outputs: classCount }) {
    const inputs = restoreLinearInputs(state);
    const weights = arrays.weights as Float64Array;
    const outputs = classCount === 2 ? 1 : classCount;
    return {
      reading: () => weightsReading(state, weights, outputs),
      editable: 'weights',
      edited: (parts) => editedWeights(state, outputs, parts),
      weightErrors: (train, signal) => weightErrors(state, state.penalty, weights, train, signal),
      encoded: (rows) => encodedColumns(state.encoder, rows),
      predict: (rows) => probabilitiesOf(linearScores(sparseRows(inputs.encode(rows)), weights, outputs), outputs),
      ...(isTraceable(state) && {
        influential: {
          influenceWay: 'influence functions',
          influences: (train, row, settings) => linearInfluences({ state, weights, outputs }, train, row, settings),
        },
      }),
      inputGradient(rows, target) {
        const scores = linearScores(sparseRows(inputs.encode(rows)), weights, outputs);
        logLossAndGradient(scores, classesOf(target).codes, outputs);
        return inputs.inputGradient(rows, scores, weights, outputs);
      },
    };
  },
  onnx: logisticOnnx,
});

/** A step costs rows x inputs x classes; a small penalty takes more steps. */
function work({ rowCount, columns, classes }: DatasetInfo, params: Params): number {
  const factors = columns.length + (params.interactions === 'pairs' ? columns.length ** 2 / 2 : 0);
  const steps = 1 + 0.15 * Math.log10(Math.max(1, 1e4 * (params.C as number)));
  return rowCount * factors * Math.max(1, (classes?.length ?? 2) - 1) * steps;
}

function classesOf(target: Target): { codes: Int32Array; classes: readonly string[] } {
  if (target.kind !== 'classes') throw new RangeError('logistic regression needs classes');
  return target;
}

interface Problem {
  readonly x: SparseRows;
  readonly codes: Int32Array;
  readonly outputs: number;
  readonly rowWeights?: Float64Array;
  /** Penalty on the mean loss for each input: 1 / (C rows) makes it the sum over C rows. */
  readonly byInput: Float64Array;
  readonly l1Ratio: number;
}

const maxNewtonSteps = 25;
/** The largest matrix of second derivatives, and the most multiplications that filling it may take. */
const [largestHessian, mostMultiplications] = [2000, 1.5e8];

function solve(problem: Problem, pace: Pace): Promise<Minimum> {
  const { x, outputs, byInput, l1Ratio } = problem;
  const penalties = new Float64Array((x.columns + 1) * outputs);
  for (let i = 0; i < x.columns * outputs; i++) penalties[i] = byInput[Math.floor(i / outputs)];
  const l2 = penalties.map((penalty) => penalty * (1 - l1Ratio));
  const evaluate = (weights: Float64Array, gradient: Float64Array) => objective(problem, l2, weights, gradient);
  const options = { maxIterations, tolerance, work: 4 * x.values.length * outputs + 40 * x.rows * outputs };
  const start = new Float64Array(penalties.length);
  if (l1Ratio === 0) return minimize(evaluate, start, options, pace);
  const l1 = penalties.map((penalty) => penalty * l1Ratio);
  let multiplications = 0;
  for (let row = 0; row < x.rows; row++) multiplications += ((x.starts[row + 1] - x.starts[row] + 1) * outputs) ** 2;
  if (penalties.length > largestHessian || multiplications > mostMultiplications) {
    return minimizeWithL1(evaluate, start, l1, options, pace);
  }
  const hessian = (weights: Float64Array) => curvature(problem, l2, weights, pace);
  const newton = { maxIterations: maxNewtonSteps, tolerance: tolerance / 10 };
  return minimizeByProximalNewton({ evaluate, hessian, l1 }, start, newton, pace);
}

/** Second derivatives of the objective. */
async function curvature(
  { x, outputs, rowWeights }: Problem,
  l2: Float64Array,
  weights: Float64Array,
  pace: Pace,
): Promise<Float64Array> {
  const scores = linearScores(x, weights, outputs);
  if (outputs === 1) for (let row = 0; row < x.rows; row++) scores[row] = logisticOf(scores[row]);
  const probabilities = outputs === 1 ? scores : probabilitiesOf(scores, outputs);
  const hessian = await logLossHessian(x, probabilities, outputs, rowWeights, pace);
  for (let i = 0; i < hessian.length; i++) hessian[i] /= x.rows;
  for (let j = 0; j < weights.length; j++) hessian[j * weights.length + j] += l2[j];
  return hessian;
}

/** Mean log loss plus 1/2 l2_i W_i^2. */
function objective(
  { x, codes, outputs, rowWeights }: Problem,
  l2: Float64Array,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const scores = linearScores(x, weights, outputs);
  let value = logLossAndGradient(scores, codes, outputs, rowWeights) / x.rows;
  addWeightGradient(x, scores, gradient, outputs);
  for (let i = 0; i < gradient.length; i++) {
    value += (l2[i] * weights[i] ** 2) / 2;
    gradient[i] = gradient[i] / x.rows + l2[i] * weights[i];
  }
  return value;
}
