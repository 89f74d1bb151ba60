import { normalised, unscaled } from '../../models/onnx/outputs.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import type { ForestState } from './forest-model.ts';
import { nodesFromArrays } from './tree-nodes.ts';
import { treeSums } from './trees-onnx.ts';

/** As `restoreForest` predicts. */
export const forestOnnx: WriteOnnx<ForestState> = (rows, { columns, mean, deviation }, arrays, { task, outputs }) => {
  const { graph } = rows;
  const roots = arrays.roots;
  const leaves = { value: arrays.value, width: outputs, first: () => 0, outputs };
  const votes = graph.cast(treeSums(rows, columns, nodesFromArrays(arrays), roots, leaves), 'double');
  if (task !== 'regression') return normalised(graph, votes);
  return unscaled(graph, graph.divide(votes, roots.length), mean, deviation);
};
