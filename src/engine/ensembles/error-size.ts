import { type BinnedColumn, type BinnedRows, fitBinEncoder, restoreBinEncoder } from '../data/encoders/bin-encoder.ts';
import type { Table } from '../data/table.ts';
import { poissonLoss } from '../learners/boosting/losses/poisson.ts';
import { type TrainOptions, trainBoosting } from '../learners/boosting/train.ts';
import { ensembleScores, type TreeEnsemble, TreeRunner } from '../learners/boosting/tree-scores.ts';
import { Pace } from '../learners/pace.ts';
import { nodesFromArrays, type TreeNodes } from '../learners/trees/tree-nodes.ts';
import { createRandom } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { foldsOf, inFold, notInFold } from './fold-rows.ts';
import type { JudgedPredictions } from './promise-kind.ts';

/**
 * How large a model's errors are on average for rows like this one: trees over some raw columns and the prediction itself, which add up to
 * the logarithm of the size, in the target's unit. Plain JSON.
 */
export interface ErrorSize {
  readonly columns: readonly BinnedColumn[];
  /** What the prediction is called among the columns. */
  readonly prediction: string;
  readonly nodes: Readonly<Record<keyof TreeNodes, readonly number[]>>;
  readonly roots: readonly number[];
  /** [nodes] */
  readonly value: readonly number[];
  readonly start: number;
}

export interface LearntErrorSize {
  readonly size: ErrorSize;
  /** Places of the rows that it was learnt from. */
  readonly rows: Uint32Array;
  /** Of each of these rows the size by trees of the other parts. */
  readonly crossFitted: Float64Array;
}

/** Fewer rows say nothing of their errors' sizes; more than `mostRows` little that these do not. */
const leastRows = 50;
const mostRows = 20_000;
/** Of a table with more columns the prediction alone is looked at: to bin them would take longer than the rest. */
const mostColumns = 100;
/** Rows x columns; five parts and the whole take some 0.4 s for them. */
const mostCells = 400_000;
/** Parts of the rows that each get their sizes by trees of the others. */
const mostParts = 5;
/** Types whose values tell something as they are. */
const usableTypes: readonly string[] = ['number', 'integer', 'date', 'category', 'boolean'];

/**
 * Learns the mean of absolute errors as a function of raw columns and prediction by boosting with Poisson's likelihood, which is right for
 * any mean above 0 (Gourieroux, Monfort and Trognon 1984) and gives no size below it.
 * @param errors [rows] of any sign, by models that were not fitted on the row
 * @returns undefined where there are too few rows or no errors to speak of
 */
export async function learnErrorSize(
  known: JudgedPredictions,
  errors: Float64Array,
  signal: AbortSignal,
): Promise<LearntErrorSize | undefined> {
  // What a double holds of the largest errors, it holds of their sums in this unit.
  const unit = errors.reduce((most, error) => Math.max(most, Math.abs(error)), 0);
  if (errors.length < leastRows || !(unit > 0 && unit < Number.POSITIVE_INFINITY)) return undefined;
  const rows = rowsToLearnFrom(known, errors.length);
  const parts = Uint32Array.from(rows, (row) => known.foldOf[row] % mostParts);
  if (foldsOf(parts).length < 2) return undefined;
  const predicted = Float64Array.from(rows, (row) => known.prediction.values[row]);
  const features = usableColumns(known.features(rows));
  const prediction = unusedName(features);
  const table = withPrediction(features, predicted, prediction);
  const encoder = fitBinEncoder(table, { maxBins: 32, minLevelRows: 10 });
  if (encoder.columns.length === 0) return undefined;
  const binned = encoder.encode(table);
  const scaled = Float64Array.from(rows, (row) => Math.abs(errors[row]) / unit);
  const crossFitted = new Float64Array(rows.length);
  for (const part of foldsOf(parts)) {
    const trees = await fitTrees(binned, encoder.columns, scaled, notInFold(parts, part), signal);
    const own = inFold(parts, part);
    const sizes = sizesBy(trees, takeBins(binned, own));
    own.forEach((place, i) => {
      crossFitted[place] = unit * sizes[i];
    });
  }
  const whole = await fitTrees(binned, encoder.columns, scaled, Uint32Array.from(rows.keys()), signal);
  return { size: plain(whole, encoder.columns, prediction, unit), rows, crossFitted };
}

/** The expected size of each row's error, above 0. @param predicted [rows] */
export function errorSizes(
  { columns, prediction, ...trees }: ErrorSize,
  { features, predicted }: { readonly features: Table; readonly predicted: Float64Array },
): Float64Array {
  const table = withPrediction(features, predicted, prediction);
  return sizesBy(restored(trees), restoreBinEncoder(columns).encode(table));
}

/** As many rows as the time allows for: one by chance from each of as many equal stretches, or all. */
function rowsToLearnFrom({ features }: JudgedPredictions, count: number): Uint32Array {
  const most = rowsWithin(count, usableColumns(features([])).columns.length);
  if (most === count) return Uint32Array.from({ length: count }, (_, row) => row);
  const random = createRandom(0);
  return Uint32Array.from({ length: most }, (_, i) => Math.floor(((i + random.uniform()) * count) / most));
}

const rowsWithin = (count: number, columns: number): number =>
  Math.min(mostRows, Math.floor(mostCells / (columns + 1)), count);

/** What `learnErrorSize` takes on a usual machine, at most, for so many rows and columns that can be used. */
export function secondsToLearnErrorSize(rows: number, columns: number): number {
  const used = columns > mostColumns ? 0 : columns;
  return 0.1 + 1e-6 * rowsWithin(rows, used) * (used + 1);
}

function usableColumns({ rowCount, columns }: Table): Table {
  const usable = columns.filter(({ type }) => usableTypes.includes(type));
  return { rowCount, columns: usable.length > mostColumns ? [] : usable };
}

/** Small trees, few of them: what is learnt of errors is far noisier than what is learnt of a target. */
const optionsFor = (rows: number): TrainOptions => ({
  learningRate: 0.15,
  maxRounds: 50,
  patience: 50,
  rowSample: 1,
  columnSample: 1,
  maxLeaves: 8,
  maxDepth: 8,
  l1: 0,
  l2: 1,
  pathSmoothing: 0,
  minLeafRows: Math.max(5, Math.min(50, Math.round(rows / 40))),
  minLeafHessian: 1e-3,
  randomCuts: false,
  levelSmoothing: 10,
  levelL2: 10,
  minGroupRows: 5,
});

/** Stands for the mean of errors that are all 0, so that no size is. */
const leastMean = 1e-9;

async function fitTrees(
  binned: BinnedRows,
  columns: readonly BinnedColumn[],
  errors: Float64Array,
  rows: Uint32Array,
  signal: AbortSignal,
): Promise<TreeEnsemble> {
  const own = Float64Array.from(rows, (row) => errors[row]);
  const centre = mean(own) || leastMean;
  const loss = poissonLoss(own, { link: 'log', mean: centre, deviation: 1 });
  const options = optionsFor(rows.length);
  const pace = new Pace(signal);
  const { ensemble } = await trainBoosting(takeBins(binned, rows), columns, loss, options, createRandom(0), pace);
  return { ...ensemble, start: ensemble.start.map((start) => start + Math.log(centre)) };
}

const sizesBy = (trees: TreeEnsemble, binned: BinnedRows): Float64Array =>
  ensembleScores(trees, new TreeRunner(trees.nodes, trees.value), binned).map(Math.exp);

function takeBins({ columns, bins }: BinnedRows, rows: Uint32Array): BinnedRows {
  const taken = new Uint8Array(rows.length * columns);
  rows.forEach((row, i) => {
    taken.set(bins.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { rows: rows.length, columns, bins: taken };
}

function withPrediction({ rowCount, columns }: Table, predicted: Float64Array, name: string): Table {
  return { rowCount, columns: [...columns, { kind: 'numeric', name, type: 'number', values: predicted }] };
}

function unusedName({ columns }: Table): string {
  let name = 'prediction';
  while (columns.some((column) => column.name === name)) name += '_';
  return name;
}

function plain(
  { nodes, roots, value, start }: TreeEnsemble,
  columns: readonly BinnedColumn[],
  prediction: string,
  unit: number,
): ErrorSize {
  return {
    columns,
    prediction,
    nodes: {
      feature: Array.from(nodes.feature),
      threshold: Array.from(nodes.threshold),
      missingLeft: Array.from(nodes.missingLeft),
      set: Array.from(nodes.set),
      sets: Array.from(nodes.sets),
      left: Array.from(nodes.left),
      right: Array.from(nodes.right),
      rows: Array.from(nodes.rows),
    },
    roots: Array.from(roots),
    value: Array.from(value),
    start: start[0] + Math.log(unit),
  };
}

/** Inverse of `plain`. Throws a RangeError where nodes lead nowhere. */
function restored({ nodes, roots, value, start }: Omit<ErrorSize, 'columns' | 'prediction'>): TreeEnsemble {
  return {
    nodes: nodesFromArrays({
      feature: Int32Array.from(nodes.feature),
      threshold: Uint8Array.from(nodes.threshold),
      missingLeft: Uint8Array.from(nodes.missingLeft),
      set: Int32Array.from(nodes.set),
      sets: Uint32Array.from(nodes.sets),
      left: Int32Array.from(nodes.left),
      right: Int32Array.from(nodes.right),
      rows: Uint32Array.from(nodes.rows),
    }),
    roots: Uint32Array.from(roots),
    value: Float64Array.from(value),
    start: Float64Array.of(start),
  };
}
