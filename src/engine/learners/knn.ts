import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Params, Space } from '../../shared/space.ts';
import { takeTarget } from '../data/dataset.ts';
import {
  type EncodedMatrix,
  fitMatrixEncoder,
  type MatrixOutput,
  type MatrixState,
  restoreMatrixEncoder,
} from '../data/encoders/matrix-encoder.ts';
import { takeRows } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { priorOf } from './constant.ts';
import { defineLearner, type Outcome } from './define-learner.ts';
import { Pace } from './pace.ts';

interface KnnState {
  readonly encoder: MatrixState;
  readonly k: number;
  readonly weights: string;
  readonly prior: readonly number[];
}

/** More stored rows than this would make each prediction too slow; a seeded sample is kept, and `facts.words` says so. */
const maxStoredRows = 20_000;

/**
 * k nearest neighbours by Euclidean distance over scaled numbers and one-hot levels. The training prior counts as one more
 * neighbour, so that no class that merely is not among them gets probability 0.
 */
export const knn = defineLearner<KnnState>({
  name: 'knn',
  title: 'Nearest neighbours',
  tags: { tasks: ['binary', 'multiclass', 'regression'], deterministic: true, byDefault: true },
  space,
  defaults,
  async fit({ train, seed, signal }, params) {
    const pace = new Pace(signal);
    const { rowCount } = train.features;
    const kept = Math.min(rowCount, maxStoredRows);
    const rows = createRandom(seed).permutation(rowCount).subarray(0, kept).sort();
    const encoder = fitMatrixEncoder(train.features, { scaling: 'standard', squash: true });
    const encoded = encoder.encode(takeRows(train.features, rows));
    await pace.after(encoded.values.length);
    const target = takeTarget(train.target, rows);
    const k = params.k as number;
    const of = kept < rowCount ? ` of ${rowCount}` : '';
    return {
      state: { encoder: encoder.state, k, weights: params.weights as string, prior: [...priorOf(train.target)] },
      arrays: { rows: encoded.values, target: target.kind === 'classes' ? target.codes : target.values },
      facts: {
        parameters: encoded.values.length + kept,
        words: `${Math.min(k, kept)} neighbours among ${kept}${of} stored rows of ${encoded.columns} inputs`,
      },
    };
  },
  restore(state, arrays, outcome) {
    const encoder = restoreMatrixEncoder(state.encoder);
    const targets = arrays.target as Int32Array | Float64Array;
    const columns = encoder.outputs.length;
    const stored = comparable({ rows: targets.length, columns, values: arrays.rows as Float32Array }, encoder.outputs);
    return {
      predict: (rows) => predict(stored, targets, comparable(encoder.encode(rows), encoder.outputs), state, outcome),
    };
  },
});

function space({ rowCount }: DatasetInfo): Space {
  return {
    parameters: [
      { name: 'k', distribution: { type: 'int', low: 1, high: mostNeighbours(rowCount), log: true } },
      { name: 'weights', distribution: { type: 'categorical', choices: ['uniform', 'distance'] } },
    ],
  };
}

const mostNeighbours = (rows: number) => Math.max(1, Math.min(200, Math.floor(rows / 2)));

function defaults({ rowCount }: DatasetInfo): Params {
  const k = Math.max(5, Math.round(Math.sqrt(rowCount) / 4));
  return { k: Math.min(mostNeighbours(rowCount), k), weights: 'distance' };
}

/** The encoded rows taken apart: what is compared as numbers, and for each coded column the place of its one 1. */
interface Comparable {
  readonly rows: number;
  /** [rows x numbers] */
  readonly numbers: Float32Array;
  /** [rows x coded columns], -1 where no level is flagged. */
  readonly codes: Int32Array;
  readonly numberCount: number;
  readonly codeCount: number;
}

function comparable(matrix: EncodedMatrix, outputs: readonly MatrixOutput[]): Comparable {
  const coded = [...new Set(outputs.filter((output) => output.kind === 'level').map((output) => output.column))];
  const isCoded = outputs.map((output) => coded.indexOf(output.column));
  const numberCount = isCoded.filter((place) => place < 0).length;
  const numbers = new Float32Array(matrix.rows * numberCount);
  const codes = new Int32Array(matrix.rows * coded.length).fill(-1);
  for (let row = 0, at = 0; row < matrix.rows; row++) {
    for (let j = 0, number = row * numberCount; j < outputs.length; j++, at++) {
      if (isCoded[j] < 0) numbers[number++] = matrix.values[at];
      else if (matrix.values[at] === 1) codes[row * coded.length + isCoded[j]] = j;
    }
  }
  return { rows: matrix.rows, numbers, codes, numberCount, codeCount: coded.length };
}

/** Squared Euclidean distances from one row to all stored rows: two different levels are 2 apart, a level and none 1. */
function distances(stored: Comparable, rows: Comparable, row: number, into: Float64Array): void {
  const { numbers, codes, numberCount, codeCount } = stored;
  const [ownNumbers, ownCodes] = [row * numberCount, row * codeCount];
  for (let i = 0, n = 0, c = 0; i < stored.rows; i++) {
    let sum = 0;
    for (let j = 0; j < numberCount; j++, n++) {
      const difference = numbers[n] - rows.numbers[ownNumbers + j];
      sum += difference * difference;
    }
    for (let j = 0; j < codeCount; j++, c++) {
      const own = rows.codes[ownCodes + j];
      if (codes[c] !== own) sum += codes[c] < 0 || own < 0 ? 1 : 2;
    }
    into[i] = sum;
  }
}

/** Places of the k smallest, nearest first, the earlier of equals first; their values are written to `nearest`. */
function smallest(values: Float64Array, places: Int32Array, nearest: Float64Array): void {
  const k = places.length;
  let filled = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (filled === k && value >= nearest[k - 1]) continue;
    let at = filled < k ? filled++ : k - 1;
    for (; at > 0 && nearest[at - 1] > value; at--) {
      nearest[at] = nearest[at - 1];
      places[at] = places[at - 1];
    }
    nearest[at] = value;
    places[at] = i;
  }
}

async function predict(
  stored: Comparable,
  targets: Int32Array | Float64Array,
  rows: Comparable,
  state: KnnState,
  { task, outputs }: Outcome,
): Promise<Float64Array> {
  const k = Math.min(state.k, stored.rows);
  const all = new Float64Array(stored.rows);
  const [places, nearest] = [new Int32Array(k), new Float64Array(k)];
  const values = new Float64Array(rows.rows * outputs);
  const pace = new Pace(new AbortController().signal);
  for (let row = 0; row < rows.rows; row++) {
    distances(stored, rows, row, all);
    smallest(all, places, nearest);
    const weights = weightsOf(nearest, state.weights);
    for (let output = 0; output < outputs; output++) values[row * outputs + output] = state.prior[output] / (k + 1);
    for (let i = 0; i < k; i++) {
      const share = weights[i] / (k + 1);
      if (task === 'regression') values[row] += share * targets[places[i]];
      else values[row * outputs + targets[places[i]]] += share;
    }
    await pace.after(stored.rows * (stored.numberCount + stored.codeCount + 2));
  }
  return values;
}

/** Summing to k: all 1, or in inverse proportion to the distance (Dudani 1976), equal rows counting as very near ones. */
function weightsOf(squaredDistances: Float64Array, kind: string): Float64Array {
  if (kind === 'uniform') return new Float64Array(squaredDistances.length).fill(1);
  const inverse = squaredDistances.map((squared) => 1 / (Math.sqrt(squared) + 1e-3));
  const sum = inverse.reduce((a, b) => a + b, 0);
  return inverse.map((weight) => (weight * inverse.length) / sum);
}
