import type { NumericArray } from '../../models/model.ts';
import type { TreeEnsemble } from '../../models/tree-ensemble.ts';
import type { Outcome } from '../define-learner.ts';
import { neutralNodes, treeInputsOf, treeNumbersOf } from '../trees/neutral-nodes.ts';
import { nodesFromArrays } from '../trees/tree-nodes.ts';
import type { BoostingState } from './boosting.ts';

/** The sum of starts and leaves before the loss's link: values where that is the identity, else log odds or logarithms. */
export const boostingTrees = (
  { columns, scale }: BoostingState,
  arrays: Readonly<Record<string, NumericArray>>,
  { task }: Outcome,
): TreeEnsemble => ({
  treeInputs: () => treeInputsOf(columns),
  trees() {
    const roots = arrays.roots as Uint32Array;
    const start = arrays.start as Float64Array;
    const { link, mean, deviation } = scale;
    const [shift, factor] = task !== 'regression' ? [0, 1] : link === 'log' ? [Math.log(mean), 1] : [mean, deviation];
    return {
      scale: task !== 'regression' ? 'log odds' : link === 'log' ? 'log values' : 'predictions',
      start: start.map((score) => score * factor + shift),
      nodes: neutralNodes(nodesFromArrays(arrays), columns),
      roots,
      scoreOf: Uint32Array.from(roots.keys(), (tree) => tree % start.length),
      value: (arrays.value as Float64Array).map((value) => value * factor),
    };
  },
  treeNumbers: (rows) => treeNumbersOf(columns, rows),
});
