import {
  isLeaf,
  type RegressionTree,
  type Split,
  type TreeNode,
} from '../../surrogates/random-forest/regression-tree.ts';
import type { Side } from './branches.ts';

/** What a leaf allows of one parameter. */
export interface Bound {
  readonly feature: number;
  /** Coordinates above `low` and up to `high`. */
  readonly low: number;
  readonly high: number;
  /** Categorical: which choices; undefined where all. */
  readonly choices?: readonly boolean[];
  /** Whether points that have the parameter, and points that do not, come here at all. */
  readonly active: boolean;
  readonly inactive: boolean;
}

/** A leaf as a box: what it says, and what it asks of the parameters that led to it. */
export interface Box {
  readonly value: number;
  readonly bounds: readonly Bound[];
}

/** The tree's leaves as boxes, from left to right. @param inUnit a leaf's mean, in the unit wanted */
export function boxesOf({ root }: RegressionTree, inUnit: (mean: number) => number): Box[] {
  const boxes: Box[] = [];
  const walk = (node: TreeNode, bounds: ReadonlyMap<number, Bound>): void => {
    if (isLeaf(node)) {
      boxes.push({ value: inUnit(node.mean), bounds: [...bounds.values()] });
      return;
    }
    const { split } = node;
    const before = bounds.get(split.feature) ?? unbounded(split.feature);
    walk(node.left, new Map(bounds).set(split.feature, narrowed(before, split, true)));
    walk(node.right, new Map(bounds).set(split.feature, narrowed(before, split, false)));
  };
  walk(root, new Map());
  return boxes;
}

const unbounded = (feature: number): Bound => ({
  feature,
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  active: true,
  inactive: true,
});

function narrowed(bound: Bound, split: Split, left: boolean): Bound {
  if (split.kind === 'activity') return { ...bound, ...(left ? { active: false } : { inactive: false }) };
  const inactive = bound.inactive && split.inactiveLeft === left;
  if (split.kind === 'threshold') {
    const side = left ? { high: Math.min(bound.high, split.threshold) } : { low: Math.max(bound.low, split.threshold) };
    return { ...bound, ...side, inactive };
  }
  const choices = split.left.map((isLeft, choice) => isLeft === left && (bound.choices?.[choice] ?? true));
  return { ...bound, choices, inactive };
}

/** Share of a branch's values of the parameter that the bound lets in. */
export function shareOf({ low, high, choices, active, inactive }: Bound, side: Side | undefined): number {
  if (!side) return inactive ? 1 : 0;
  if (!active) return 0;
  if (!choices) return side.between(low, high);
  return choices.reduce((sum, isIn, choice) => (isIn ? sum + (side.choices?.[choice] ?? 0) : sum), 0);
}
