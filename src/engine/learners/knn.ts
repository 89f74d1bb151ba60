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
import { type Table, takeRows } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { priorOf } from './constant.ts';
import { defineLearner, type Outcome } from './define-learner.ts';
import { encodedColumns } from './encoded-columns.ts';
import { checkStored, leaveOneOut } from './knn/leave-one-out.ts';
import { addAnswer, type NeighbourAnswer } from './knn/neighbour-answer.ts';
import { type ComparableRows, NeighbourTree } from './knn/neighbour-tree.ts';
import { Pace } from './pace.ts';

interface KnnState {
  readonly encoder: MatrixState;
  readonly k: number;
  readonly weights: string;
  readonly prior: readonly number[];
  /** That the stored rows were drawn by; absent where all are stored. */
  readonly seed?: number;
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
    const rows = storedRows(rowCount, seed);
    const kept = rows.length;
    const options = { scaling: 'standard', squash: true } as const;
    const encoder = await fitMatrixEncoderPaced(train.features, options, (steps) => pace.after(steps));
    const encoded = encoder.encode(takeRows(train.features, rows));
    await pace.after(encoded.values.length);
    const target = takeTarget(train.target, rows);
    const k = params.k as number;
    const of = kept < rowCount ? ` of ${rowCount}` : '';
    return {
      state: {
        encoder: encoder.state,
        k,
        weights: params.weights as string,
        prior: [...priorOf(train.target)],
        ...(kept < rowCount && { seed }),
      },
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
    const kept = comparable(stored, encoder.outputs);
    const tree = new NeighbourTree(kept);
    const answer = { targets, isRegression: outcome.task === 'regression', weights: state.weights };
    const encoded = (rows: Table) => comparable(encoder.encode(rows), encoder.outputs);
    return {
      encoded: (rows) => encodedColumns(state.encoder, rows),
      predict: (rows) => predict(tree, answer, encoded(rows), state, outcome),
      ...((targets.length < maxStoredRows || state.seed !== undefined) && {
        influential: {
          influenceWay: 'leave-one-out',
          async influences(train, row, settings) {
            const positions = storedRows(train.features.rowCount, state.seed ?? 0);
            checkStored(targets, takeTarget(train.target, positions));
            const fitted = { tree, stored: kept, answer, k: state.k, prior: state.prior };
            return leaveOneOut(fitted, train.target, positions, encoded(row), settings);
          },
        },
      }),
    };
  },
});

/** Positions of the training rows that are stored, in their order. */
const storedRows = (rowCount: number, seed: number): Uint32Array =>
  createRandom(seed).permutation(rowCount).subarray(0, Math.min(rowCount, maxStoredRows)).sort();

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
  answer: NeighbourAnswer,
  rows: ComparableRows,
  state: KnnState,
  { outputs }: Outcome,
): Promise<Float64Array> {
  const k = Math.min(state.k, answer.targets.length);
  const found = { places: new Int32Array(k), distances: new Float64Array(k) };
  const values = new Float64Array(rows.rows * outputs);
  const pace = new Pace(new AbortController().signal);
  for (let row = 0; row < rows.rows; row++) {
    const before = tree.compared;
    tree.find(rows, row, found);
    addAnswer(answer, state.prior, found, values, row * outputs);
    await pace.after((tree.compared - before) * (rows.numbers + rows.coded + 2));
  }
  return values;
}
