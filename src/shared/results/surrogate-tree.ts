import { type ModelReading, modelReadingWords, type ToldNode, type TreeShape, untold } from './model-reading.ts';
import { countWords, intervalWords, linesWords, numberWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** One tree of the path from the whole tree to its root. */
export interface Subtree {
  readonly leaves: number;
  readonly depth: number;
  /** Share of the variation of the model's predictions that it explains on held-out rows, 95 % interval; null where they do not vary. */
  readonly r2: number | null;
  readonly interval: Interval | null;
  /** Share of the held-out rows for which it predicts the model's class; absent of values. */
  readonly agreement?: number;
}

/** A tree that imitates a whole model. */
export interface SurrogateTree extends Result<'surrogate-tree'> {
  readonly classes?: readonly string[];
  readonly target: string;
  /** The largest tree; its predictions are means of the model's, its rows those it was grown on. */
  readonly tree: TreeShape;
  /** [nodes] leaves of the smallest tree of the path in which the node is split; 0 of a leaf. */
  readonly splitFrom: readonly number[];
  /** By cost-complexity, fewest leaves first. */
  readonly subtrees: readonly Subtree[];
  /** Place in `subtrees` of the one that is told: the smallest that is nearly as faithful as the best. */
  readonly chosen: number;
  /** Below this a subtree is not to be read. */
  readonly trustedR2: number;
  /** Share of the held-out rows of the class that the model predicts most often: what one leaf agrees on. */
  readonly commonest?: number;
  /** Training rows it was grown on, and how many there are. */
  readonly rows: number;
  readonly rowsAvailable: number;
  /** Rows its fidelity was measured on, and the part they are of. */
  readonly heldOutRows: number;
  readonly heldOutAvailable: number;
  readonly part: 'validation' | 'test';
}

/** Whether a subtree follows the model closely enough to be read in its place. */
export const isFaithful = ({ trustedR2 }: SurrogateTree, { r2 }: Subtree): boolean => r2 !== null && r2 >= trustedR2;

/** The tree of the path that has so many leaves, as it is drawn. */
export function subtreeShape({ tree, splitFrom }: SurrogateTree, { leaves, depth }: Subtree): TreeShape {
  const placeOf = new Map<number, number>();
  const endOf = tree.nodes.map((_, node) => node);
  // Nothing below a leaf of the path is split, and children stand after their parents.
  const isSplit = (node: number) => splitFrom[node] > 0 && splitFrom[node] <= leaves;
  const kept = [0];
  placeOf.set(0, 0);
  tree.nodes.forEach(({ split }, node) => {
    if (!split) return;
    for (const child of [split.yes, split.no])
      if (isSplit(node)) placeOf.set(child, kept.push(child) - 1);
      else endOf[child] = endOf[node];
  });
  const nodes = kept.map((node): ToldNode => {
    const { split, ...own } = tree.nodes[node];
    return split && isSplit(node)
      ? { ...own, split: { ...split, yes: placeOf.get(split.yes)!, no: placeOf.get(split.no)! } }
      : own;
  });
  const endOfRow = tree.endOfRow.map((end) => placeOf.get(endOf[end]) ?? untold);
  return { kind: 'tree', nodes, leaves, depth, drawnDepth: depth, endOfRow };
}

/** 'R² 0.91 (0.88 to 0.93), the same class for 96 % of the rows' */
export function fidelityWords({ r2, interval, agreement }: Subtree): string {
  if (r2 === null) return 'the predictions do not vary';
  const range = interval === null ? '' : ` (${intervalWords(interval, 2)})`;
  const same = agreement === undefined ? '' : `, the same class for ${percentWords(agreement)} of the rows`;
  return `R² ${numberWords(r2, 2)}${range}${same}`;
}

/** What it rests on. */
export const surrogateBasisWords = (result: SurrogateTree): string =>
  `Grown on the model's predictions of ${countWords(result.rows, 'training row')} of ${numberWords(result.rowsAvailable)}, compared with them on ${countWords(result.heldOutRows, `${result.part} row`)} of ${numberWords(result.heldOutAvailable)}.`;

/** A tree that imitates poorly is said to, and not told. */
export function surrogateTreeWords(result: SurrogateTree): string {
  const subtree = result.subtrees[result.chosen];
  const best = result.subtrees[result.subtrees.length - 1];
  return linesWords([
    result.partial ?? false,
    !isFaithful(result, subtree) && subtree.r2 !== null && 'Do not read this tree as the model.',
    result.quality.words,
    isFaithful(result, subtree) && treeWords(result, subtree),
    best.leaves > subtree.leaves && `With ${countWords(best.leaves, 'leaf', 'leaves')}: ${fidelityWords(best)}.`,
    result.commonest !== undefined &&
      `Always naming the commonest class would agree for ${percentWords(result.commonest)}.`,
    surrogateBasisWords(result),
  ]);
}

/** The tree in the words of a model that is one. */
function treeWords(result: SurrogateTree, subtree: Subtree): string {
  const reading: ModelReading = {
    ...result,
    kind: 'model-reading',
    unit: result.target,
    shape: subtreeShape(result, subtree),
    made: [],
    quality: { ...result.quality, words: '' },
  };
  return modelReadingWords(reading).replace('The model is a tree', 'The model is imitated by a tree');
}
