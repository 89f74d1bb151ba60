import { type BinnedColumn, type BinnedRows, restoreBinEncoder } from '../../data/encoders/bin-encoder.ts';
import type { NumericArray } from '../../models/model.ts';
import type { Inference, Learnt, Outcome } from '../define-learner.ts';
import { forestTrees } from './forest-trees.ts';
import { addMeans, normalizeRows } from './mean-votes.ts';
import { nodesFromArrays, nodesToArrays, type TreeNodes } from './tree-nodes.ts';
import type { TreeTarget } from './tree-target.ts';

/** What a fitted tree or forest needs besides its arrays. */
export interface ForestState {
  readonly columns: readonly BinnedColumn[];
  readonly mean: number;
  readonly deviation: number;
}

/** means: [nodes x outputs]; words: of the facts. */
export function forestLearnt(
  columns: readonly BinnedColumn[],
  { mean, deviation, outputs }: TreeTarget,
  nodes: TreeNodes,
  roots: Uint32Array,
  means: Float64Array,
  words: (leaves: number) => string,
): Learnt<ForestState> {
  const leaves = nodes.feature.filter((feature) => feature < 0).length;
  return {
    state: { columns, mean, deviation },
    arrays: { ...nodesToArrays(nodes), roots, value: Float32Array.from(means) },
    facts: { parameters: 2 * (leaves - roots.length) + leaves * outputs, words: words(leaves) },
  };
}

export function restoreForest(
  state: ForestState,
  arrays: Readonly<Record<string, NumericArray>>,
  outcome: Outcome,
): Inference {
  const { columns, mean, deviation } = state;
  const { task, outputs } = outcome;
  const encoder = restoreBinEncoder(columns);
  const nodes = nodesFromArrays(arrays);
  const roots = arrays.roots as Uint32Array;
  const value = arrays.value as Float32Array;
  const votesOf = (data: BinnedRows) => {
    const votes = new Float64Array(data.rows * outputs);
    for (const root of roots) addMeans(nodes, root, value, data, votes, outputs);
    return votes;
  };
  return {
    predict(rows) {
      const votes = votesOf(encoder.encode(rows));
      if (task !== 'regression') return normalizeRows(votes, outputs);
      return votes.map((vote) => (vote / roots.length) * deviation + mean);
    },
    treeEnsemble: forestTrees(state, arrays, outcome),
  };
}
