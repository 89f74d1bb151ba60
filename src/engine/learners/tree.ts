import type { DatasetInfo } from '../../shared/dataset.ts';
import { type BinnedColumn, fitBinEncoder, restoreBinEncoder } from '../data/encoders/bin-encoder.ts';
import { createRandom } from '../random.ts';
import { defineLearner } from './define-learner.ts';
import { Pace } from './pace.ts';
import { treeTarget } from './trees/bin-sums.ts';
import { ImpurityTreeGrower, shrinkMeans } from './trees/impurity-tree.ts';
import { addMeans, normalizeRows } from './trees/mean-votes.ts';
import { depthOf, nodesFromArrays, nodesToArrays, TreeNodesBuilder } from './trees/tree-nodes.ts';

interface TreeState {
  readonly columns: readonly BinnedColumn[];
  readonly mean: number;
  readonly deviation: number;
}

/**
 * One classification or regression tree (Breiman et al. 1984), small enough to be read; leaves are drawn towards the nodes
 * above them (Agarwal et al. 2022). Missing values and levels are handled natively.
 */
export const tree = defineLearner<TreeState>({
  name: 'tree',
  title: 'Decision tree',
  tags: { tasks: ['binary', 'multiclass', 'regression'], deterministic: true, readable: true, byDefault: true },
  space: (info) => ({
    parameters: [
      { name: 'max_depth', distribution: { type: 'int', low: 1, high: 12 } },
      { name: 'leaves', distribution: { type: 'int', low: 2, high: 256, log: true } },
      { name: 'min_leaf_rows', distribution: { type: 'int', low: 1, high: largestLeaf(info), log: true } },
      { name: 'shrinkage', distribution: { type: 'float', low: 0.1, high: 100, log: true } },
    ],
  }),
  defaults: (info) => ({
    max_depth: 8,
    leaves: 48,
    min_leaf_rows: Math.min(largestLeaf(info), Math.max(3, Math.round(info.rowCount / 250))),
    shrinkage: 10,
  }),
  async fit({ train, seed, signal }, params) {
    const pace = new Pace(signal);
    const encoder = fitBinEncoder(train.features, { minLevelRows: 3 });
    const data = encoder.encode(train.features);
    await pace.after(10 * data.bins.length);
    const target = treeTarget(train.target);
    const grower = new ImpurityTreeGrower(data, encoder.columns, target, {
      maxDepth: params.max_depth as number,
      maxLeaves: params.leaves as number,
      minLeafRows: params.min_leaf_rows as number,
      columnsPerNode: encoder.columns.length,
      randomCuts: false,
    });
    const builder = new TreeNodesBuilder();
    const means: number[] = [];
    grower.grow(
      builder,
      means,
      Uint32Array.from({ length: data.rows }, (_, row) => row),
      createRandom(seed),
    );
    const nodes = builder.finish();
    const value = Float64Array.from(means);
    shrinkMeans(nodes, value, target.outputs, params.shrinkage as number);
    const leaves = nodes.feature.filter((feature) => feature < 0).length;
    return {
      state: { columns: encoder.columns, mean: target.mean, deviation: target.deviation },
      arrays: { ...nodesToArrays(nodes), value },
      facts: {
        parameters: 2 * (leaves - 1) + leaves * target.outputs,
        words: `${leaves} leaves, ${depthOf(nodes)} questions at most`,
      },
    };
  },
  restore({ columns, mean, deviation }, arrays, { task, outputs }) {
    const encoder = restoreBinEncoder(columns);
    const nodes = nodesFromArrays(arrays);
    const value = arrays.value as Float64Array;
    return {
      predict(rows) {
        const votes = new Float64Array(rows.rowCount * outputs);
        addMeans(nodes, 0, value, encoder.encode(rows), votes, outputs);
        return task === 'regression' ? votes.map((vote) => vote * deviation + mean) : normalizeRows(votes, outputs);
      },
    };
  },
});

const largestLeaf = ({ rowCount }: DatasetInfo) => Math.max(2, Math.min(200, Math.floor(rowCount / 10)));
