import type { DatasetInfo } from '../../shared/dataset.ts';
import { createRandom } from '../random.ts';
import { defineLearner } from './define-learner.ts';
import { learnBins } from './learn-bins.ts';
import { Pace } from './pace.ts';
import { choosePruning, grownTree, pruned } from './trees/choose-pruning.ts';
import { columnBins } from './trees/column-bins.ts';
import { editedTree } from './trees/edited-tree.ts';
import { type ForestState, forestLearnt, restoreForest } from './trees/forest-model.ts';
import { forestOnnx } from './trees/forest-onnx.ts';
import { ImpurityTreeGrower } from './trees/impurity-tree.ts';
import { shrunkMeans } from './trees/shrinkage.ts';
import { depthOf } from './trees/tree-nodes.ts';
import { treeReading } from './trees/tree-reading.ts';
import { treeTarget } from './trees/tree-target.ts';

/**
 * One classification or regression tree, grown and then pruned to the least cost at its complexity (Breiman et al. 1984,
 * chapter 3), small enough to be read; leaves are drawn towards the nodes above them (Agarwal et al. 2022). The strengths of both are
 * chosen inside by cross-validation, since one grown tree tries them all. Missing values and levels are handled natively.
 */
export const tree = defineLearner<ForestState>({
  name: 'tree',
  title: 'Decision tree',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    deterministic: true,
    readable: true,
    weighsRows: true,
    byDefault: true,
  },
  space: (info) => ({
    parameters: [
      { name: 'max_depth', distribution: { type: 'int', low: 1, high: 16 } },
      { name: 'leaves', distribution: { type: 'int', low: 2, high: 256, log: true } },
      { name: 'min_leaf_rows', distribution: { type: 'int', low: 1, high: largestLeaf(info), log: true } },
    ],
  }),
  defaults: (info) => ({
    max_depth: 10,
    leaves: 64,
    min_leaf_rows: Math.min(largestLeaf(info), Math.max(3, Math.round(info.rowCount / 500))),
  }),
  work: ({ rowCount, columns }, params) =>
    (rowCount > 20_000 ? 2 : 6) * rowCount * columns.length * (params.max_depth as number),
  async fit({ train, weights, seed, signal }, params) {
    const pace = new Pace(signal);
    const { encoder, data } = await learnBins(train.features, { minLevelRows: 3 }, pace);
    const target = treeTarget(train.target, weights);
    const grower = new ImpurityTreeGrower(columnBins(data), encoder.columns, target, {
      maxDepth: params.max_depth as number,
      minLeafRows: params.min_leaf_rows as number,
      columnsPerNode: encoder.columns.length,
      randomCuts: false,
    });
    const problem = {
      data,
      target,
      weights: weights ?? new Float64Array(data.rows).fill(1),
      grower,
      mostLeaves: params.leaves as number,
    };
    const random = createRandom(seed);
    const { pruning, shrinkage } = await choosePruning(problem, random.fork('parts'), pace);
    const grown = await grownTree(problem, problem.weights, random, pace);
    const { nodes, means } = pruned(problem, grown.nodes, grown.values, pruning);
    const shrunk = shrunkMeans(nodes, means, target.outputs, shrinkage);
    const learnt = forestLearnt(
      encoder.columns,
      target,
      nodes,
      Uint32Array.of(0),
      shrunk,
      (leaves) => `${leaves} leaves, ${depthOf(nodes)} questions at most`,
    );
    const count = nodes.feature.filter((feature) => feature < 0).length;
    return { ...learnt, facts: { ...learnt.facts, reading: { unit: 'leaves', count } } };
  },
  restore: (state, arrays, outcome) => ({
    ...restoreForest(state, arrays, outcome),
    reading: () => treeReading(state, arrays, outcome),
    editable: 'tree',
    edited: (parts) => editedTree(state, arrays, outcome.outputs, parts),
  }),
  onnx: forestOnnx,
});

const largestLeaf = ({ rowCount }: DatasetInfo) => Math.max(2, Math.min(200, Math.floor(rowCount / 10)));
