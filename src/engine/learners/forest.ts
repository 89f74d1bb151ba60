import type { DatasetInfo } from '../../shared/dataset.ts';
import { type BinnedColumn, fitBinEncoder, restoreBinEncoder } from '../data/encoders/bin-encoder.ts';
import { createRandom, type Random } from '../random.ts';
import { defineLearner } from './define-learner.ts';
import { Pace } from './pace.ts';
import { treeTarget } from './trees/bin-sums.ts';
import { ImpurityTreeGrower, shrinkMeans } from './trees/impurity-tree.ts';
import { addMeans, normalizeRows } from './trees/mean-votes.ts';
import { nodesFromArrays, nodesToArrays, TreeNodesBuilder } from './trees/tree-nodes.ts';

interface ForestState {
  readonly columns: readonly BinnedColumn[];
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Extremely randomised trees (Geurts et al. 2006: one random cut a column, all rows) or a random forest (Breiman 2001: best
 * cuts, a bootstrap of the rows); the mean of their leaves, each drawn towards the nodes above it (Agarwal et al. 2022).
 */
export const forest = defineLearner<ForestState>({
  name: 'forest',
  title: 'Forest of random trees',
  tags: { tasks: ['binary', 'multiclass', 'regression'], deterministic: true, readable: false, byDefault: true },
  space: () => ({
    parameters: [
      { name: 'random_cuts', distribution: { type: 'categorical', choices: [true, false] } },
      { name: 'column_sample', distribution: { type: 'float', low: 0.1, high: 1 } },
      { name: 'min_leaf_rows', distribution: { type: 'int', low: 1, high: 32, log: true } },
      { name: 'shrinkage', distribution: { type: 'float', low: 0.1, high: 100, log: true } },
    ],
  }),
  defaults: ({ task, rowCount }) => ({
    random_cuts: rowCount < 2500,
    column_sample: task === 'regression' ? 0.8 : 0.5,
    min_leaf_rows: rowCount < 2500 || task === 'regression' ? 2 : 4,
    shrinkage: 1,
  }),
  async fit({ train, seed, signal }, params) {
    const pace = new Pace(signal);
    const random = createRandom(seed);
    const encoder = fitBinEncoder(train.features, { minBinRows: 1, minLevelRows: 3 });
    const data = encoder.encode(train.features);
    const target = treeTarget(train.target);
    const randomCuts = params.random_cuts as boolean;
    const columnsPerNode = Math.max(1, Math.round(encoder.columns.length * (params.column_sample as number)));
    const grower = new ImpurityTreeGrower(data, encoder.columns, target, {
      maxDepth: 64,
      maxLeaves: Number.POSITIVE_INFINITY,
      minLeafRows: params.min_leaf_rows as number,
      columnsPerNode,
      randomCuts,
    });
    const builder = new TreeNodesBuilder();
    const means: number[] = [];
    const roots = new Uint32Array(treeCount(train.info));
    for (let i = 0; i < roots.length; i++) {
      roots[i] = builder.size;
      grower.grow(builder, means, randomCuts ? allRows(data.rows) : bootstrap(data.rows, random), random);
      await pace.after(100 * data.rows * columnsPerNode);
    }
    const nodes = builder.finish();
    const value = Float32Array.from(means);
    shrinkMeans(nodes, value, target.outputs, params.shrinkage as number);
    const leaves = nodes.feature.filter((feature) => feature < 0).length;
    return {
      state: { columns: encoder.columns, mean: target.mean, deviation: target.deviation },
      arrays: { ...nodesToArrays(nodes), roots, value },
      facts: {
        parameters: 2 * (leaves - roots.length) + leaves * target.outputs,
        words: `${roots.length} ${randomCuts ? 'extremely randomised trees' : 'trees on bootstraps'}, ${Math.round(leaves / roots.length)} leaves each on average`,
      },
    };
  },
  restore({ columns, mean, deviation }, arrays, { task, outputs }) {
    const encoder = restoreBinEncoder(columns);
    const nodes = nodesFromArrays(arrays);
    const roots = arrays.roots as Uint32Array;
    const value = arrays.value as Float32Array;
    return {
      predict(rows) {
        const data = encoder.encode(rows);
        const votes = new Float64Array(rows.rowCount * outputs);
        for (const root of roots) addMeans(nodes, root, value, data, votes, outputs);
        if (task !== 'regression') return normalizeRows(votes, outputs);
        return votes.map((vote) => (vote / roots.length) * deviation + mean);
      },
    };
  },
});

/** More trees never hurt but in time and memory, of which large data takes enough. */
const treeCount = ({ rowCount }: DatasetInfo) => Math.round(Math.max(60, Math.min(200, 1e6 / rowCount)));

const allRows = (rows: number) => Uint32Array.from({ length: rows }, (_, row) => row);

const bootstrap = (rows: number, random: Random) =>
  Uint32Array.from({ length: rows }, () => random.integer(rows)).sort();
