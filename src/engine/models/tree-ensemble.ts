import type { Table } from '../data/table.ts';
import type { Predictor } from './predictor.ts';

/** One number that splits ask for. */
export interface TreeInput {
  /** The column that the trees know: a raw one, or what the preparation made of it. */
  readonly name: string;
  /** The raw column that it depends on, and no other. */
  readonly column: string;
  /** Of levels, whose numbers are codes: 1 stands for all levels that are not listed, i for `levels[i - 2]`. */
  readonly levels?: readonly string[];
}

/** What the leaves add up to, before the model makes its prediction of it. */
export type ScoreScale =
  /** The predicted values or probabilities themselves. */
  | 'predictions'
  /** Log odds of the second of two classes, or one score a class whose softmax are the probabilities. */
  | 'log odds'
  /** Logarithms of the predicted values. */
  | 'log values';

/**
 * Trees as neutral nodes, which follow each other tree by tree, children after their parents. A row goes left where its number is at most
 * the threshold, or its code in the set, and where `missingLeft` says when its number is NaN, which in a set counts as code 0.
 * All arrays are [nodes] but where said.
 */
export interface TreeNodesOfInputs {
  /** Place in the inputs; -1 of a leaf. */
  readonly input: Int32Array;
  readonly threshold: Float64Array;
  readonly missingLeft: Uint8Array;
  /** Where the split's 256-bit set begins in `sets`; -1 of a split by a threshold. */
  readonly set: Int32Array;
  readonly sets: Uint32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Training rows that reached the node; absent where the model does not tell. */
  readonly cover?: Float64Array;
}

/** A model whose scores are sums of leaves. */
export interface Trees {
  readonly scale: ScoreScale;
  /** The class that a score speaks for; absent of values. */
  readonly classes?: readonly string[];
  /** [scores] before the first tree. */
  readonly start: Float64Array;
  readonly nodes: TreeNodesOfInputs;
  /** [trees] the first node of each. */
  readonly roots: Uint32Array;
  /** [trees] the one score that each adds to; absent: every tree adds to all of them. */
  readonly scoreOf?: Uint32Array;
  /** [nodes x width] what a leaf adds; width is 1 where `scoreOf` is given, else one a score. */
  readonly value: Float64Array;
}

/** A capability, asked for by `isTreeEnsemble`, never by the learner's name: the scores are sums of leaves of trees. */
export interface TreeEnsemble {
  treeInputs(): readonly TreeInput[];
  trees(): Trees;
  /** [rows x inputs] row-major, NaN where missing. */
  treeNumbers(rows: Table): Float64Array;
}

export const isTreeEnsemble = (predictor: Predictor): predictor is Predictor & TreeEnsemble =>
  typeof (predictor as Partial<TreeEnsemble>).trees === 'function';

/** Whether a row with this number in the split's input goes left. */
export function numberGoesLeft(
  { threshold, missingLeft, set, sets }: TreeNodesOfInputs,
  node: number,
  value: number,
): boolean {
  if (set[node] < 0) return Number.isNaN(value) ? missingLeft[node] === 1 : value <= threshold[node];
  const code = Number.isNaN(value) ? 0 : value;
  return ((sets[set[node] + (code >>> 5)] >>> (code & 31)) & 1) === 1;
}

/** [scores] of the row whose numbers begin at `base`. */
export function scoresOf(
  { start, nodes, roots, scoreOf, value }: Trees,
  numbers: Float64Array,
  base: number,
): number[] {
  const scores = Array.from(start);
  const width = scoreOf ? 1 : scores.length;
  for (const [tree, root] of roots.entries()) {
    let node = root;
    while (nodes.input[node] >= 0)
      node = numberGoesLeft(nodes, node, numbers[base + nodes.input[node]]) ? nodes.left[node] : nodes.right[node];
    for (let k = 0; k < width; k++) scores[scoreOf ? scoreOf[tree] : k] += value[node * width + k];
  }
  return scores;
}
