import type { Value } from '../../models/onnx/graph-builder.ts';
import { type GraphRows, numbersIn, placesIn } from '../../models/onnx/graph-rows.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import type { NaiveBayesState } from '../naive-bayes.ts';
import { type BinnedColumn, bound, type CategoricalColumn, type ColumnModel, type GaussianColumn } from './columns.ts';

/** Log priors plus the columns' log probabilities times the power; a missing cell, and a level never seen, adds nothing. */
export const naiveBayesOnnx: WriteOnnx<NaiveBayesState> = (rows, { logPriors, power, columns }, _, { outputs }) => {
  const { graph } = rows;
  const priors = graph.row(logPriors);
  if (columns.length === 0) return graph.softmax(graph.repeated(priors, outputs, rows.columns[0].value));
  const sum = columns.map((column) => evidence(rows, column, outputs)).reduce((a, b) => graph.add(a, b));
  return graph.softmax(graph.add(graph.multiply(sum, power), priors));
};

function evidence(rows: GraphRows, column: ColumnModel, classes: number): Value {
  if (column.kind === 'gaussian') return logDensities(rows, column);
  const { graph } = rows;
  const count = column.logProbabilities.length / classes;
  const table = [...column.logProbabilities, ...new Array<number>(classes).fill(0)];
  return graph.linesAt(graph.matrix(table, count + 1, classes), placesOf(rows, column, count), classes);
}

/** `count` where the cell says nothing. */
function placesOf(rows: GraphRows, column: BinnedColumn | CategoricalColumn, count: number): Value {
  if (column.kind === 'categorical') {
    return placesIn(rows, column.name, new Map(column.levels.map((level, i) => [level, i])), count, count);
  }
  const { graph } = rows;
  const numbers = numbersIn(rows, column.name);
  if (column.edges.length === 0) return graph.multiply(graph.cast(graph.isMissing(numbers), 'int64'), count);
  const reached = graph.cast(graph.isAtLeast(numbers, graph.row(column.edges)), 'int64');
  return graph.where(graph.isMissing(numbers), graph.row([count], 'int64'), graph.sum(reached, 1, true));
}

function logDensities(rows: GraphRows, { name, center, scale, means, variances }: GaussianColumn): Value {
  const { graph } = rows;
  const numbers = numbersIn(rows, name);
  const standard = graph.clip(graph.divide(graph.subtract(numbers, center), scale), -bound, bound);
  const deviation = graph.subtract(standard, graph.row(means));
  const squares = graph.divide(graph.multiply(deviation, deviation), graph.row(variances));
  const density = graph.multiply(graph.add(squares, graph.row(variances.map(Math.log))), -0.5);
  return graph.where(graph.isMissing(numbers), 0, density);
}
