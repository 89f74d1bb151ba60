import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Params, Space } from '../../shared/space.ts';
import { takeTarget } from '../data/dataset.ts';
import {
  type EncodedMatrix,
  fitMatrixEncoderPaced,
  type MatrixOutput,
  type MatrixState,
  restoreMatrixEncoder,
} from '../data/encoders/matrix-encoder.ts';
import { takeRows } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { priorOf } from './constant.ts';
import { defineLearner, type Outcome } from './define-learner.ts';
import { type ComparableRows, NeighbourTree } from './knn/neighbour-tree.ts';
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
  work,
  async fit({ train, seed, signal }, params) {
    const pace = new Pace(signal);
    const { rowCount } = train.features;
    const kept = Math.min(rowCount, maxStoredRows);
    const rows = createRandom(seed).permutation(rowCount).subarray(0, kept).sort();
    const options = { scaling: 'standard', squash: true } as const;
    const encoder = await fitMatrixEncoderPaced(train.features, options, (steps) => pace.after(steps));
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
    const stored = { rows: targets.length, columns, values: arrays.rows as Float32Array };
    const tree = new NeighbourTree(comparable(stored, encoder.outputs));
    return {
      predict: (rows) => predict(tree, targets, comparable(encoder.encode(rows), encoder.outputs), state, outcome),
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

/** Fitting is quick; what takes time is to compare the rows that judge with those that are stored. */
function work({ rowCount, columns }: DatasetInfo, params: Params): number {
  const compared = Math.min(rowCount, maxStoredRows) ** 0.8;
  return rowCount * compared * (1 + columns.length + 0.1 * (params.k as number));
}

const mostNeighbours = (rows: number) => Math.max(1, Math.min(200, Math.floor(rows / 2)));

function defaults({ rowCount }: DatasetInfo): Params {
  const k = Math.max(5, Math.round(Math.sqrt(rowCount) / 4));
  return { k: Math.min(mostNeighbours(rowCount), k), weights: 'distance' };
}

/** The encoded rows taken apart: what is compared as numbers, and for each coded column its one 1. */
function comparable({ rows, columns, values }: EncodedMatrix, outputs: readonly MatrixOutput[]): ComparableRows {
  const names = [...new Set(outputs.filter(({ kind }) => kind === 'level').map(({ column }) => column))];
  const places = new Map(names.map((name, place) => [name, place]));
  const numbers = outputs.flatMap(({ column }, j) => (places.has(column) ? [] : [j]));
  const levels = outputs.flatMap(({ column }, j) => {
    const place = places.get(column);
    return place === undefined ? [] : [{ place, j }];
  });
  const numeric = new Float32Array(rows * numbers.length);
  const codes = new Uint32Array(rows * names.length);
  for (let row = 0; row < rows; row++) {
    numbers.forEach((j, place) => {
      numeric[row * numbers.length + place] = values[row * columns + j];
    });
    for (const { place, j } of levels) if (values[row * columns + j] === 1) codes[row * names.length + place] = j + 1;
  }
  return { rows, numbers: numbers.length, coded: names.length, values: numeric, codes };
}

async function predict(
  tree: NeighbourTree,
  targets: Int32Array | Float64Array,
  rows: ComparableRows,
  state: KnnState,
  { task, outputs }: Outcome,
): Promise<Float64Array> {
  const k = Math.min(state.k, targets.length);
  const found = { places: new Int32Array(k), distances: new Float64Array(k) };
  const values = new Float64Array(rows.rows * outputs);
  const pace = new Pace(new AbortController().signal);
  for (let row = 0; row < rows.rows; row++) {
    const before = tree.compared;
    tree.find(rows, row, found);
    const weights = weightsOf(found.distances, state.weights);
    for (let output = 0; output < outputs; output++) values[row * outputs + output] = state.prior[output] / (k + 1);
    for (let i = 0; i < k; i++) {
      const share = weights[i] / (k + 1);
      if (task === 'regression') values[row] += share * targets[found.places[i]];
      else values[row * outputs + targets[found.places[i]]] += share;
    }
    await pace.after((tree.compared - before) * (rows.numbers + rows.coded + 2));
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
