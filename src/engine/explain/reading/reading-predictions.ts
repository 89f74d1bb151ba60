import { conditionHolds } from '../../../shared/results/read-condition.ts';
import { columnNamed, type Table } from '../../data/table.ts';
import type {
  ReadInput,
  Reading,
  RulesReading,
  TreeReading,
  WeightsReading,
  WitnessCell,
  WitnessesReading,
} from '../../models/readable.ts';
import { softmax } from '../../numerics/softmax.ts';
import { cellOf, holdingRows } from './cells-of.ts';

/** Inputs of linear models stay within so many scales (MatrixEncoder). */
const bound = 1e6;

/**
 * What a person who follows the reading comes to: [rows x classes] probabilities, or [rows] values.
 * rows: the columns that the reading speaks of; classes: how many, 0 for values.
 */
export function readingPredictions(reading: Reading, rows: Table, classes: number): Float64Array {
  switch (reading.kind) {
    case 'weights':
      return predictionsOf(weightedScores(reading, rows), reading.intercept.length, classes);
    case 'tree':
      return alongLeaves(reading, rows);
    case 'rules':
      return ruled(reading, rows, classes);
    case 'witnesses':
      return predictionsOf(witnessScores(reading, rows), classes, classes);
    case 'constant':
      return Float64Array.from(
        { length: rows.rowCount * reading.prediction.length },
        (_, i) => reading.prediction[i % reading.prediction.length],
      );
  }
}

/** Of two classes one score is the second one's log odds. scores: [rows x width] */
function predictionsOf(scores: Float64Array, width: number, classes: number): Float64Array {
  if (classes === 0) return scores;
  const rows = scores.length / width;
  const values = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    // With one score the first class's is 0.
    for (let k = 0; k < width; k++) values[row * classes + k + classes - width] = scores[row * width + k];
    softmax(values, row * classes, classes);
  }
  return values;
}

/** [rows] an input as the model rounds it: to the 24 bits of a Float32. */
export function inputValues(input: ReadInput, rows: Table): Float64Array {
  if (input.kind === 'flag') return Float64Array.from(holdingRows(rows, input.condition));
  const column = columnNamed(rows, input.column);
  const { center, scale, limit, fill } = input;
  return Float64Array.from({ length: rows.rowCount }, (_, row) => {
    const value = cellOf(column, row);
    const z = ((typeof value === 'number' ? value : fill) - center) / scale;
    const bounded = Math.max(-bound, Math.min(bound, z));
    return Math.fround(limit ? bounded / Math.sqrt(1 + (bounded / limit) ** 2) : bounded);
  });
}

/** [rows] product of the inputs of a term. */
export function termValues(inputs: readonly ReadInput[], rows: Table): Float64Array {
  const [first, ...others] = inputs.map((input) => inputValues(input, rows));
  return others.reduce((product, factor) => product.map((value, row) => Math.fround(value * factor[row])), first);
}

function weightedScores({ terms, intercept }: WeightsReading, rows: Table): Float64Array {
  const width = intercept.length;
  const scores = new Float64Array(rows.rowCount * width).map((_, i) => intercept[i % width]);
  for (const { inputs, weights } of terms) {
    const values = termValues(inputs, rows);
    for (let i = 0; i < scores.length; i++) scores[i] += values[Math.floor(i / width)] * weights[i % width];
  }
  return scores;
}

/** [rows] the leaf that each row ends in. */
export function leavesOf({ nodes }: TreeReading, rows: Table): Uint32Array {
  const columns = nodes.map(({ split }) => split && columnNamed(rows, split.condition.column));
  return Uint32Array.from({ length: rows.rowCount }, (_, row) => {
    let node = 0;
    for (let { split } = nodes[node]; split; { split } = nodes[node])
      node = conditionHolds(split.condition, cellOf(columns[node]!, row)) ? split.left : split.right;
    return node;
  });
}

function alongLeaves(reading: TreeReading, rows: Table): Float64Array {
  const leaves = leavesOf(reading, rows);
  return Float64Array.from(Array.from(leaves, (leaf) => reading.nodes[leaf].prediction).flat());
}

function ruled({ start, rules, deviation, mean }: RulesReading, rows: Table, classes: number): Float64Array {
  const width = start.length;
  const scores = new Float64Array(rows.rowCount * width).map((_, i) => start[i % width]);
  for (const { conditions, weights } of rules) {
    const holds = allHolding(rows, conditions);
    for (let i = 0; i < scores.length; i++) if (holds[Math.floor(i / width)]) scores[i] += weights[i % width];
  }
  return classes === 0 ? scores.map((score) => score * deviation + mean) : predictionsOf(scores, width, classes);
}

/** [rows] 1 where all conditions hold. */
export function allHolding(rows: Table, conditions: RulesReading['rules'][number]['conditions']): Uint8Array {
  const each = conditions.map((condition) => holdingRows(rows, condition));
  return Uint8Array.from({ length: rows.rowCount }, (_, row) => (each.every((holds) => holds[row] === 1) ? 1 : 0));
}

/** [rows x classes] */
function witnessScores({ priors, power, columns }: WitnessesReading, rows: Table): Float64Array {
  const sums = new Float64Array(rows.rowCount * priors.length);
  for (const column of columns) {
    const logs = witnessLogs(column, rows);
    for (let i = 0; i < sums.length; i++) sums[i] += logs[i];
  }
  return sums.map((sum, i) => Math.log(priors[i % priors.length]) + power * sum);
}

/** [rows x classes] log probabilities of a column's cells, up to what is the same for all classes; 0 where it says nothing. */
export function witnessLogs(witness: WitnessesReading['columns'][number], rows: Table): Float64Array {
  const column = columnNamed(rows, witness.column);
  const cells = Array.from({ length: rows.rowCount }, (_, row) => cellOf(column, row));
  if (witness.kind === 'normal') {
    const { means, deviations, low, high } = witness;
    return Float64Array.from(
      cells.flatMap((value) =>
        means.map((mean, k) =>
          typeof value === 'number'
            ? -Math.log(deviations[k]) - ((Math.max(low, Math.min(high, value)) - mean) / deviations[k]) ** 2 / 2
            : 0,
        ),
      ),
    );
  }
  const found = (value: number | string | null) => witness.cells.find((one) => isIn(one, value))?.shares;
  const width = witness.cells[0]?.shares.length ?? 0;
  return Float64Array.from(
    cells.flatMap((value) => found(value)?.map(Math.log) ?? Array.from({ length: width }, () => 0)),
  );
}

function isIn({ from = null, below = null, level }: WitnessCell, value: number | string | null): boolean {
  if (value === null) return false;
  if (level !== undefined) return value === level;
  return typeof value === 'number' && (from === null || value >= from) && (below === null || value < below);
}
