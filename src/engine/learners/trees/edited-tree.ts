import type { EditedParts } from '../../models/editable.ts';
import type { NumericArray } from '../../models/model.ts';
import type { EditedLearnt } from '../define-learner.ts';
import type { ForestState } from './forest-model.ts';
import { prunedTree } from './pruning.ts';
import { depthOf, nodesFromArrays, nodesToArrays } from './tree-nodes.ts';

/** The tree with these nodes as leaves, each of which predicts what it has kept of its training rows. */
export function editedTree(
  state: ForestState,
  arrays: Readonly<Record<string, NumericArray>>,
  outputs: number,
  parts: EditedParts,
): EditedLearnt {
  if (parts.kind !== 'tree') throw new RangeError(`a tree has no ${parts.kind}`);
  const means = Float64Array.from(arrays.value);
  const pruned = prunedTree(nodesFromArrays(arrays), { means }, outputs, parts.leaves);
  const leaves = pruned.nodes.feature.reduce((count, feature) => count + (feature < 0 ? 1 : 0), 0);
  return {
    state,
    arrays: {
      ...nodesToArrays(pruned.nodes),
      roots: Uint32Array.of(0),
      value: Float32Array.from(pruned.means),
    },
    facts: {
      parameters: 2 * (leaves - 1) + leaves * outputs,
      reading: { unit: 'leaves', count: leaves },
      words: `${leaves} leaves, ${depthOf(pruned.nodes)} questions at most, edited`,
    },
  };
}
