import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Params } from '../../shared/space.ts';
import type { Target } from '../data/dataset.ts';
import { byName, numbersOf } from '../data/encoders/raw-columns.ts';
import type { Table } from '../data/table.ts';
import type { InputGradient } from '../models/predictor.ts';
import { softmaxRows } from '../numerics/softmax.ts';
import { defineLearner } from './define-learner.ts';
import {
  bound,
  type ColumnModel,
  fitColumn,
  type GaussianColumn,
  numbersIn,
  placesOf,
  type Rows,
  standardized,
} from './naive-bayes/columns.ts';
import { naiveBayesOnnx } from './naive-bayes/naive-bayes-onnx.ts';
import { witnessesReading } from './naive-bayes/witnesses-reading.ts';
import { Pace } from './pace.ts';

export interface NaiveBayesState {
  /** [classes] */
  readonly logPriors: readonly number[];
  /** What the columns' log probabilities are multiplied by. */
  readonly power: number;
  readonly columns: readonly ColumnModel[];
}

/**
 * Naive Bayes: given the class, columns are independent; numbers normal or uniform within bins of equally many rows, levels by their
 * frequencies with Laplace's smoothing (Hastie et al. 2009, section 6.6.3; Manning et al. 2008, section 13.2). A missing cell, and a
 * level never seen, says nothing. Columns that are not independent make it too sure: `power` < 1 counts each as less than one witness.
 */
export const naiveBayes = defineLearner<NaiveBayesState>({
  name: 'naive_bayes',
  title: 'Naive Bayes',
  tags: { tasks: ['binary', 'multiclass'], deterministic: true, readable: true, weighsRows: true, byDefault: true },
  space: () => ({
    parameters: [
      { name: 'numbers', distribution: { type: 'categorical', choices: ['gaussian', 'bins'] } },
      { name: 'power', distribution: { type: 'float', low: 0.05, high: 1, log: true } },
      { name: 'smoothing', distribution: { type: 'float', low: 1e-2, high: 100, log: true } },
      {
        name: 'variance_smoothing',
        distribution: { type: 'float', low: 1e-9, high: 1, log: true },
        when: [{ parameter: 'numbers', oneOf: ['gaussian'] }],
      },
    ],
  }),
  defaults,
  work: ({ rowCount, columns }: DatasetInfo) => rowCount * (1 + columns.length),
  async fit({ train, weights, signal }, params) {
    const pace = new Pace(signal);
    const { codes, classes } = classesOf(train.target);
    const rows = { codes, classes: classes.length, weights: weights ?? new Float64Array(codes.length).fill(1) };
    const columns: ColumnModel[] = [];
    for (const column of byName(train.features)) {
      const model = fitColumn(train.features, column, rows, params);
      if (model) columns.push(model);
      await pace.after(codes.length);
    }
    const parameters = columns.reduce((sum, column) => sum + numbersIn(column), classes.length);
    return {
      state: { logPriors: logPriorsOf(rows), power: params.power as number, columns },
      arrays: {},
      facts: {
        parameters,
        reading: { unit: 'probabilities', count: parameters },
        words: `${columns.length} columns, ${classes.length} classes, ${params.numbers === 'bins' ? 'numbers in bins' : 'numbers as normal'}`,
      },
    };
  },
  restore(state, _arrays, { outputs }) {
    const predict = (rows: Table) => {
      const scores = scoresOf(state, rows, outputs);
      softmaxRows(scores, outputs);
      return scores;
    };
    const reading = () => witnessesReading(state);
    // Bins are flat: there is no slope to follow.
    if (state.columns.some(({ kind }) => kind === 'binned')) return { predict, reading };
    return {
      predict,
      reading,
      inputGradient: (rows, target) => gradientOf(state, rows, predict(rows), classesOf(target).codes),
    };
  },
  onnx: naiveBayesOnnx,
});

/** The more columns, the more of them say the same again. */
function defaults({ columns }: DatasetInfo): Params {
  const features = columns.filter(({ role }) => role === 'feature').length;
  return { numbers: 'bins', power: Math.min(1, Math.max(0.25, 7 / Math.max(1, features))), smoothing: 1 };
}

function classesOf(target: Target): { codes: Int32Array; classes: readonly string[] } {
  if (target.kind !== 'classes') throw new RangeError('naive Bayes needs classes');
  return target;
}

/** A class without rows counts half a row. */
function logPriorsOf({ codes, classes, weights }: Rows): number[] {
  const counts = new Float64Array(classes);
  for (let row = 0; row < codes.length; row++) counts[codes[row]] += weights[row];
  return Array.from(counts, (count) => Math.log(Math.max(count, 0.5) / codes.length));
}

/** Log prior plus the log probabilities of all cells, these times `power`. [rows x classes] */
function scoresOf({ logPriors, power, columns }: NaiveBayesState, rows: Table, classes: number): Float64Array {
  const scores = new Float64Array(rows.rowCount * classes);
  for (const column of columns) {
    if (column.kind === 'gaussian') addDensities(column, numbersOf(rows, column.name), scores, classes);
    else addFrequencies(column.logProbabilities, placesOf(column, rows), scores, classes);
  }
  for (let i = 0; i < scores.length; i++) scores[i] = logPriors[i % classes] + power * scores[i];
  return scores;
}

function addFrequencies(logs: readonly number[], places: Int32Array, scores: Float64Array, classes: number): void {
  for (let row = 0; row < places.length; row++) {
    if (places[row] < 0) continue;
    for (let k = 0; k < classes; k++) scores[row * classes + k] += logs[places[row] * classes + k];
  }
}

/** The constant of the normal density is the same for all classes and left out. */
function addDensities(column: GaussianColumn, values: Float64Array, scores: Float64Array, classes: number): void {
  const { center, scale, means, variances } = column;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    const value = standardized(values[row], center, scale);
    for (let k = 0; k < classes; k++) {
      scores[row * classes + k] -= (Math.log(variances[k]) + (value - means[k]) ** 2 / variances[k]) / 2;
    }
  }
}

/** Of the log loss by the raw numbers: sum over classes of (probability - truth) times the slope of the class's score. */
function gradientOf(
  { columns, power }: NaiveBayesState,
  rows: Table,
  probabilities: Float64Array,
  codes: Int32Array,
): InputGradient {
  const names = rows.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const values = new Float64Array(rows.rowCount * names.length);
  for (const column of columns) {
    if (column.kind !== 'gaussian') continue;
    const place = names.indexOf(column.name);
    if (place < 0) continue;
    const { center, scale, means, variances } = column;
    const classes = means.length;
    const numbers = numbersOf(rows, column.name);
    for (let row = 0; row < rows.rowCount; row++) {
      if (Number.isNaN(numbers[row])) continue;
      const value = standardized(numbers[row], center, scale);
      if (Math.abs(value) === bound) continue;
      for (let k = 0; k < classes; k++) {
        const byScore = power * (probabilities[row * classes + k] - (codes[row] === k ? 1 : 0));
        values[row * names.length + place] -= (byScore * (value - means[k])) / variances[k] / scale;
      }
    }
  }
  return { columns: names, values };
}
