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
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    deterministic: true,
    readable: false,
    preparation: 'distances',
    byDefault: true,
  },
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

/** The encoded rows taken apart, column by column: what is compared as numbers, and for each coded column its one 1. */
interface Comparable {
  readonly rows: number;
  /** Each [rows]. */
  readonly numbers: readonly Float32Array[];
  /** Each [rows]: 0 where no level is flagged, else 1 + the level's place in the matrix. */
  readonly codes: readonly Uint32Array[];
  readonly columns: number;
}

function comparable({ rows, columns, values }: EncodedMatrix, outputs: readonly MatrixOutput[]): Comparable {
  const coded = new Map<string, Uint32Array>();
  const numbers: Float32Array[] = [];
  outputs.forEach(({ kind, column }) => {
    if (kind === 'level' && !coded.has(column)) coded.set(column, new Uint32Array(rows));
  });
  outputs.forEach(({ column }, j) => {
    const codes = coded.get(column);
    if (codes) for (let row = 0; row < rows; row++) codes[row] = values[row * columns + j] === 1 ? j + 1 : codes[row];
    else numbers.push(Float32Array.from({ length: rows }, (_, row) => values[row * columns + j]));
  });
  return { rows, numbers, codes: [...coded.values()], columns };
}

/** Squared Euclidean distances from one row to all stored rows: two different levels are 2 apart, a level and none 1. */
function distances(stored: Comparable, rows: Comparable, row: number, into: Float64Array): void {
  into.fill(0);
  stored.numbers.forEach((column, j) => {
    addSquares(column, rows.numbers[j][row], into);
  });
  const apart = new Float64Array(stored.columns + 1);
  stored.codes.forEach((column, j) => {
    const own = rows.codes[j][row];
    apart.fill(own === 0 ? 1 : 2);
    apart[0] = 1;
    apart[own] = 0;
    for (let i = 0; i < into.length; i++) into[i] += apart[column[i]];
  });
}

function addSquares(column: Float32Array, own: number, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) {
    const difference = column[i] - own;
    into[i] += difference * difference;
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
    await pace.after(stored.rows * (stored.numbers.length + stored.codes.length + 2));
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
