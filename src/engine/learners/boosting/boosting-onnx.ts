import { fromScores, unscaled } from '../../models/onnx/outputs.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import { nodesFromArrays } from '../trees/tree-nodes.ts';
import { treeSums } from '../trees/trees-onnx.ts';
import type { BoostingState } from './boosting.ts';

/** Starts plus trees, one an output a round in turn; then the loss's link. */
export const boostingOnnx: WriteOnnx<BoostingState> = (rows, { columns, scale }, arrays, { task, outputs }) => {
  const { graph } = rows;
  const { start, roots, value } = arrays;
  const count = start.length;
  const leaves = { value, width: 1, first: (tree: number) => tree % count, outputs: count };
  const sums = treeSums(rows, columns, nodesFromArrays(arrays), roots, leaves);
  const scores = graph.add(graph.cast(sums, 'double'), graph.row(start));
  if (task !== 'regression') return fromScores(graph, scores, outputs, count);
  const { link, mean, deviation } = scale;
  return link === 'log' ? graph.multiply(graph.node('Exp', [scores]), mean) : unscaled(graph, scores, mean, deviation);
};
