import type { NumericArray } from '../../models/model.ts';
import type { TreeEnsemble } from '../../models/tree-ensemble.ts';
import type { Outcome } from '../define-learner.ts';
import type { ForestState } from './forest-model.ts';
import { neutralNodes, treeInputsOf, treeNumbersOf } from './neutral-nodes.ts';
import { nodesFromArrays } from './tree-nodes.ts';

/** What `restoreForest` predicts as a sum: each tree adds its share of the prediction. */
export const forestTrees = (
  { columns, mean, deviation }: ForestState,
  arrays: Readonly<Record<string, NumericArray>>,
  { task, outputs }: Outcome,
): TreeEnsemble => ({
  treeInputs: () => treeInputsOf(columns),
  trees() {
    const roots = arrays.roots as Uint32Array;
    const scale = (task === 'regression' ? deviation : 1) / roots.length;
    return {
      scale: 'predictions',
      start: new Float64Array(outputs).fill(task === 'regression' ? mean : 0),
      nodes: neutralNodes(nodesFromArrays(arrays), columns),
      roots,
      value: Float64Array.from(arrays.value as Float32Array, (value) => value * scale),
    };
  },
  treeNumbers: (rows) => treeNumbersOf(columns, rows),
});
