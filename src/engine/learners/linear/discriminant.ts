import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params } from '../../../shared/space.ts';
import type { Target } from '../../data/dataset.ts';
import { rawInputGradient } from '../../data/encoders/input-gradient.ts';
import {
  type EncodedMatrix,
  fitMatrixEncoder,
  type MatrixState,
  restoreMatrixEncoder,
} from '../../data/encoders/matrix-encoder.ts';
import { softmaxRows } from '../../numerics/softmax.ts';
import { solveLower, solveUpper } from '../../numerics/triangular-systems.ts';
import { defineLearner } from '../define-learner.ts';
import { encodedColumns } from '../encoded-columns.ts';
import { Pace } from '../pace.ts';
import { fitGaussians, type Gaussians } from './discriminant-fit.ts';
import { discriminantOnnx } from './discriminant-onnx.ts';

export interface DiscriminantState {
  readonly encoder: MatrixState;
  /** The inputs that are used, among the encoder's; absent: all. */
  readonly used?: readonly number[];
}

/** A covariance of more inputs than this takes too long; those that tell the classes apart best alone are used, and that is said. */
const mostInputs = 300;

/** Discriminant analysis: each class a Gaussian over the inputs, between linear and quadratic (Friedman 1989). */
export const discriminant = defineLearner<DiscriminantState>({
  name: 'discriminant',
  title: 'Discriminant analysis',
  tags: {
    tasks: ['binary', 'multiclass'],
    deterministic: true,
    readable: false,
    weighsRows: true,
    preparation: 'distances',
    byDefault: true,
  },
  space: () => ({
    parameters: [
      { name: 'pooling', distribution: { type: 'float', low: 0, high: 1 } },
      { name: 'shrinkage', distribution: { type: 'float', low: 1e-5, high: 1, log: true } },
    ],
  }),
  defaults: () => ({ pooling: 0.2, shrinkage: 1e-3 }),
  work,
  async fit({ train, weights, signal }, params) {
    const pace = new Pace(signal);
    const encoder = fitMatrixEncoder(train.features, { scaling: 'standard', squash: true });
    const encoded = encoder.encode(train.features);
    const { codes, classes } = classesOf(train.target);
    const rowWeights = weights ?? new Float64Array(encoded.rows).fill(1);
    const used = encoded.columns > mostInputs ? mostTelling(encoded, codes, classes.length, rowWeights) : undefined;
    const x = only(encoded, used);
    const settings = { pooling: params.pooling as number, shrinkage: params.shrinkage as number };
    const gaussians = await fitGaussians(x, codes, classes.length, rowWeights, settings, pace);
    const of = used
      ? `the ${x.columns} of ${encoded.columns} inputs that differ most between classes`
      : `${x.columns} inputs`;
    const shared = settings.pooling === 1 ? 'one covariance' : `${classes.length} covariances`;
    return {
      state: { encoder: encoder.state, ...(used && { used }) },
      arrays: { ...gaussians },
      facts: {
        parameters: gaussians.means.length + gaussians.offsets.length + gaussians.factors.length,
        words: `${shared} of ${of}`,
      },
    };
  },
  restore({ encoder: encoderState, used }, arrays, { outputs }) {
    const encoder = restoreMatrixEncoder(encoderState);
    const { means, factors, offsets } = arrays;
    const gaussians = { means, factors, offsets } as Gaussians;
    const scored = (x: EncodedMatrix) => {
      const scores = scoresOf(x, gaussians, outputs);
      softmaxRows(scores, outputs);
      return scores;
    };
    return {
      encoded: (rows) => encodedColumns(encoderState, rows),
      predict: (rows) => scored(only(encoder.encode(rows), used)),
      inputGradient(rows, target) {
        const encoded = encoder.encode(rows);
        const x = only(encoded, used);
        const byScore = scored(x);
        classesOf(target).codes.forEach((code, row) => {
          byScore[row * outputs + code] -= 1;
        });
        return rawInputGradient(encoder, rows, encoded, spread(gradientOf(x, gaussians, byScore), x, encoded, used));
      },
    };
  },
  onnx: discriminantOnnx,
});

function work({ rowCount, columns, classes }: DatasetInfo, _params: Params): number {
  const inputs = 1 + columns.length;
  return rowCount * inputs * inputs + (classes?.length ?? 2) * inputs ** 3;
}

function classesOf(target: Target): { codes: Int32Array; classes: readonly string[] } {
  if (target.kind !== 'classes') throw new RangeError('discriminant analysis needs classes');
  return target;
}

/** Log prior plus log density, up to a constant. [rows x classes] */
function scoresOf(x: EncodedMatrix, { means, factors, offsets }: Gaussians, classes: number): Float64Array {
  const d = x.columns;
  const scores = new Float64Array(x.rows * classes);
  const deviation = new Float64Array(d);
  for (let row = 0; row < x.rows; row++) {
    for (let k = 0; k < classes; k++) {
      for (let j = 0; j < d; j++) deviation[j] = x.values[row * d + j] - means[k * d + j];
      solveLower(factorOf(factors, k, d), d, deviation);
      let distance = 0;
      for (let j = 0; j < d; j++) distance += deviation[j] ** 2;
      scores[row * classes + k] = offsets[k] - distance / 2;
    }
  }
  return scores;
}

const factorOf = (factors: Float64Array, k: number, d: number) =>
  factors.length === d * d ? factors : factors.subarray(k * d * d, (k + 1) * d * d);

/** [rows x columns]: the slope of a class's score is minus the inverse covariance times the deviation from its mean. */
function gradientOf(x: EncodedMatrix, { means, factors, offsets }: Gaussians, byScore: Float64Array): Float64Array {
  const d = x.columns;
  const classes = offsets.length;
  const gradient = new Float64Array(x.rows * d);
  const deviation = new Float64Array(d);
  for (let row = 0; row < x.rows; row++) {
    for (let k = 0; k < classes; k++) {
      for (let j = 0; j < d; j++) deviation[j] = x.values[row * d + j] - means[k * d + j];
      const factor = factorOf(factors, k, d);
      solveLower(factor, d, deviation);
      solveUpper(factor, d, deviation);
      for (let j = 0; j < d; j++) gradient[row * d + j] -= byScore[row * classes + k] * deviation[j];
    }
  }
  return gradient;
}

/** The inputs whose class means lie furthest apart for their spread (the F statistic), in their order. */
function mostTelling(x: EncodedMatrix, codes: Int32Array, classes: number, rowWeights: Float64Array): number[] {
  const weight = new Float64Array(classes);
  const sums = new Float64Array(classes * x.columns);
  const squares = new Float64Array(x.columns);
  for (let row = 0; row < x.rows; row++) {
    weight[codes[row]] += rowWeights[row];
    for (let j = 0; j < x.columns; j++) {
      const value = x.values[row * x.columns + j];
      sums[codes[row] * x.columns + j] += rowWeights[row] * value;
      squares[j] += rowWeights[row] * value * value;
    }
  }
  const told = Float64Array.from(squares, (square, j) => {
    let [all, between] = [0, 0];
    for (let k = 0; k < classes; k++) {
      const sum = sums[k * x.columns + j];
      all += sum;
      if (weight[k] > 0) between += sum ** 2 / weight[k];
    }
    const within = square - between;
    return (between - all ** 2 / x.rows) / (within + 1e-6 * x.rows);
  });
  const order = Array.from(told, (_, j) => j).sort((a, b) => told[b] - told[a] || a - b);
  return order.slice(0, mostInputs).sort((a, b) => a - b);
}

function only(x: EncodedMatrix, used?: readonly number[]): EncodedMatrix {
  if (!used) return x;
  const values = new Float32Array(x.rows * used.length);
  for (let row = 0; row < x.rows; row++) {
    used.forEach((j, place) => {
      values[row * used.length + place] = x.values[row * x.columns + j];
    });
  }
  return { rows: x.rows, columns: used.length, values };
}

/** A gradient by the used inputs as one by all. */
function spread(gradient: Float64Array, x: EncodedMatrix, all: EncodedMatrix, used?: readonly number[]): Float64Array {
  if (!used) return gradient;
  const values = new Float64Array(all.rows * all.columns);
  for (let row = 0; row < all.rows; row++) {
    used.forEach((j, place) => {
      values[row * all.columns + j] = gradient[row * x.columns + place];
    });
  }
  return values;
}
