import { conditionOf } from '../../data/encoders/bin-conditions.ts';
import type { NumericArray } from '../../models/model.ts';
import type { ReadNode, TreeReading } from '../../models/readable.ts';
import type { Outcome } from '../define-learner.ts';
import type { ForestState } from './forest-model.ts';
import { goesLeft, nodesFromArrays } from './tree-nodes.ts';

/** One tree in the words of its columns: what `restoreForest` predicts with. */
export function treeReading(
  { columns, mean, deviation }: ForestState,
  arrays: Readonly<Record<string, NumericArray>>,
  { task, outputs }: Outcome,
): TreeReading {
  const nodes = nodesFromArrays(arrays);
  const value = arrays.value as Float32Array;
  const predictionOf = (node: number): number[] => {
    const means = Array.from(value.subarray(node * outputs, (node + 1) * outputs));
    if (task === 'regression') return [means[0] * deviation + mean];
    const sum = means.reduce((a, b) => a + b);
    return means.map((share) => share / sum);
  };
  return {
    kind: 'tree',
    nodes: Array.from(nodes.feature, (feature, node): ReadNode => {
      const own = { rows: nodes.rows[node], prediction: predictionOf(node) };
      if (feature < 0) return own;
      const condition = conditionOf(columns[feature], (bin) => goesLeft(nodes, node, bin));
      return { ...own, split: { condition, left: nodes.left[node], right: nodes.right[node] } };
    }),
  };
}
