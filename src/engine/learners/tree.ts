import type { DatasetInfo } from '../../shared/dataset.ts';
import { fitBinEncoder } from '../data/encoders/bin-encoder.ts';
import { createRandom } from '../random.ts';
import { defineLearner } from './define-learner.ts';
import { Pace } from './pace.ts';
import { columnBins } from './trees/column-bins.ts';
import { type ForestState, forestLearnt, restoreForest } from './trees/forest-model.ts';
import { ImpurityTreeGrower } from './trees/impurity-tree.ts';
import { NodeValues } from './trees/node-values.ts';
import { collapsedNodes, prunedTree, pruningPath } from './trees/pruning.ts';
import { shrunkMeans } from './trees/shrinkage.ts';
import { depthOf, TreeNodesBuilder } from './trees/tree-nodes.ts';
import { type TreeTarget, treeTarget } from './trees/tree-target.ts';

/**
 * One classification or regression tree, grown and then pruned to the least cost at its complexity (Breiman et al. 1984,
 * chapter 3), small enough to be read; leaves are drawn towards the nodes above them (Agarwal et al. 2022). The search
 * chooses the strength of pruning by its folds, as Breiman's cross-validation does. Missing values and levels are handled natively.
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
      { name: 'pruning', distribution: { type: 'float', low: 1e-5, high: 0.03, log: true } },
      { name: 'shrinkage', distribution: { type: 'float', low: 0.1, high: 100, log: true } },
    ],
  }),
  defaults: (info) => ({
    max_depth: 8,
    leaves: 48,
    min_leaf_rows: Math.min(largestLeaf(info), Math.max(3, Math.round(info.rowCount / 250))),
    pruning: 1e-3,
    shrinkage: 10,
  }),
  work: ({ rowCount, columns }, params) => rowCount * columns.length * (params.max_depth as number),
  async fit({ train, weights, seed, signal }, params) {
    const pace = new Pace(signal);
    const encoder = fitBinEncoder(train.features, { minLevelRows: 3 });
    const data = encoder.encode(train.features);
    await pace.after(10 * data.bins.length);
    const target = treeTarget(train.target, weights);
    const grower = new ImpurityTreeGrower(columnBins(data), encoder.columns, target, {
      maxDepth: params.max_depth as number,
      minLeafRows: params.min_leaf_rows as number,
      columnsPerNode: encoder.columns.length,
      randomCuts: false,
    });
    const builder = new TreeNodesBuilder();
    const values = new NodeValues(target.outputs);
    const everyRow = weights ?? new Float64Array(data.rows).fill(1);
    await grower.grow(builder, values, everyRow, createRandom(seed), pace);
    const grown = builder.finish();
    // Relative to the impurity of the whole, so that the target's scale does not matter.
    const strength = (params.pruning as number) * data.rows * wholeImpurity(values.means, target);
    const collapsed = collapsedNodes(pruningPath(grown, values.gains), strength, params.leaves as number);
    const { nodes, means } = prunedTree(grown, values, target.outputs, collapsed);
    const shrunk = shrunkMeans(nodes, means, target.outputs, params.shrinkage as number);
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
  restore: restoreForest,
});

const largestLeaf = ({ rowCount }: DatasetInfo) => Math.max(2, Math.min(200, Math.floor(rowCount / 10)));

/** Impurity of the root in the unit of the gains: that of classes, half of it for two, or the variance of a target that has deviation 1. */
function wholeImpurity(means: Float64Array, { outputs, codes }: TreeTarget): number {
  if (outputs === 1) return codes ? 0 : 1;
  const impurity = means.subarray(0, outputs).reduce((rest, share) => rest - share ** 2, 1);
  return codes ? impurity : impurity / 2;
}
