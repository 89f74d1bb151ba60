import type { BinnedColumn, BinnedRows } from '../data/encoders/bin-encoder.ts';
import type { Table } from '../data/table.ts';
import { learnBins } from '../learners/learn-bins.ts';
import { Pace } from '../learners/pace.ts';
import { columnBins } from '../learners/trees/column-bins.ts';
import { ImpurityTreeGrower } from '../learners/trees/impurity-tree.ts';
import { NodeValues } from '../learners/trees/node-values.ts';
import { type TreeNodes, TreeNodesBuilder } from '../learners/trees/tree-nodes.ts';
import { type TreeTarget, treeTarget } from '../learners/trees/tree-target.ts';
import type { Prediction } from '../models/predictor.ts';
import { createRandom } from '../random.ts';

/** A tree grown on what a model predicts. */
export interface SoftTree {
  readonly columns: readonly BinnedColumn[];
  readonly nodes: TreeNodes;
  /** [nodes] impurity that each split saves. */
  readonly gains: Float64Array;
  /** Numbers of a prediction. */
  readonly outputs: number;
  /** [nodes x outputs] mean prediction of the rows in each node. */
  readonly means: Float64Array;
}

/** Less than this of a class is not counted for a row: a thousand classes would be a thousand rows. */
const leastShare = 1e-3;

/**
 * A tree of the least squared distance from the predictions, probabilities as they are: of several classes a row counts for each
 * of them with its probability, so that the Gini impurity is the squared distance. rows: as many as predictions.
 */
export async function growSoftTree(
  rows: Table,
  prediction: Prediction,
  { depth, leafRows }: { readonly depth: number; readonly leafRows: number },
  signal: AbortSignal,
): Promise<SoftTree> {
  const pace = new Pace(signal);
  const { encoder, data } = await learnBins(rows, { minLevelRows: 3 }, pace);
  const { target, weights, rowOf } = softTarget(prediction, rows.rowCount);
  const grower = new ImpurityTreeGrower(columnBins(repeated(data, rowOf)), encoder.columns, target, {
    maxDepth: depth,
    minLeafRows: leafRows,
    columnsPerNode: encoder.columns.length,
    randomCuts: false,
  });
  const builder = new TreeNodesBuilder();
  const values = new NodeValues(target.outputs);
  await grower.grow(builder, values, weights, createRandom(0), pace);
  const nodes = builder.finish();
  const count = nodes.feature.length;
  const means = values.means.slice(0, count * target.outputs).map((mean) => mean * target.deviation + target.mean);
  return { columns: encoder.columns, nodes, gains: values.gains.slice(0, count), outputs: target.outputs, means };
}

/** A target, what each of its rows counts, and the row of the table that each is. */
interface SoftTarget {
  readonly target: TreeTarget;
  readonly weights: Float64Array;
  readonly rowOf: Uint32Array;
}

function softTarget(prediction: Prediction, rows: number): SoftTarget {
  const plain = { weights: new Float64Array(rows).fill(1), rowOf: Uint32Array.from({ length: rows }, (_, row) => row) };
  if (prediction.kind === 'values') return { ...plain, target: treeTarget(prediction) };
  const { classCount, values } = prediction;
  if (classCount === 2) {
    const second = Float64Array.from({ length: rows }, (_, row) => values[2 * row + 1]);
    return { ...plain, target: { outputs: 2, values: second, mean: 0, deviation: 1 } };
  }
  const counted = [...values.keys()].filter((i) => values[i] >= leastShare);
  return {
    target: { outputs: classCount, codes: Int32Array.from(counted, (i) => i % classCount), mean: 0, deviation: 1 },
    weights: Float64Array.from(counted, (i) => values[i]),
    rowOf: Uint32Array.from(counted, (i) => Math.floor(i / classCount)),
  };
}

function repeated({ columns, bins }: BinnedRows, rowOf: Uint32Array): BinnedRows {
  const all = new Uint8Array(rowOf.length * columns);
  rowOf.forEach((row, i) => {
    all.set(bins.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { rows: rowOf.length, columns, bins: all };
}
