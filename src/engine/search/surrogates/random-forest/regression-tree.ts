/** Inactive points (NaN) go left, those that have the parameter go right. */
export interface ActivitySplit {
  readonly kind: 'activity';
  readonly feature: number;
}

/** Coordinates up to the threshold go left. All points that it was made from had the parameter; `inactiveLeft` is where others go. */
export interface ThresholdSplit {
  readonly kind: 'threshold';
  readonly feature: number;
  /** In the unit interval, between two neighbouring coordinates. */
  readonly threshold: number;
  readonly inactiveLeft: boolean;
}

/** Some of a categorical parameter's choices go left, the others right. All points that it was made from had the parameter. */
export interface SubsetSplit {
  readonly kind: 'subset';
  readonly feature: number;
  /** [choices] whether the i-th choice goes left. */
  readonly left: readonly boolean[];
  readonly inactiveLeft: boolean;
}

export type Split = ActivitySplit | ThresholdSplit | SubsetSplit;

export interface Branch {
  readonly split: Split;
  readonly left: TreeNode;
  readonly right: TreeNode;
}

export interface Leaf {
  /** Of the losses in it, in their unit, each counted as often as it was drawn. */
  readonly mean: number;
  readonly deviation: number;
  /** Places of the observations in it, ascending, each once, and how often each was drawn. */
  readonly rows: Uint32Array;
  readonly weights: Float64Array;
}

export type TreeNode = Branch | Leaf;

/**
 * A binary regression tree over points of the unit cube (Breiman et al. 1984). Its leaves part the space into boxes: a threshold cuts an
 * interval in two, a subset the set of choices, and whether a parameter is active is a side of its own.
 */
export interface RegressionTree {
  readonly root: TreeNode;
  /** Places of the observations that it was not grown from. */
  readonly outOfBag: Uint32Array;
}

export const isLeaf = (node: TreeNode): node is Leaf => 'rows' in node;

/** Whether a point goes to a branch's left side. */
export function goesLeft(split: Split, point: Float64Array): boolean {
  const coordinate = point[split.feature];
  if (split.kind === 'activity') return Number.isNaN(coordinate);
  if (Number.isNaN(coordinate)) return split.inactiveLeft;
  return split.kind === 'threshold'
    ? coordinate <= split.threshold
    : split.left[placeOf(coordinate, split.left.length)];
}

/** The choice that a coordinate stands for, of so many: the reverse of (i + 1/2) / n. */
export const placeOf = (coordinate: number, choices: number): number =>
  Math.min(choices - 1, Math.max(0, Math.floor(coordinate * choices)));

export function leafOf({ root }: RegressionTree, point: Float64Array): Leaf {
  let node = root;
  while (!isLeaf(node)) node = goesLeft(node.split, point) ? node.left : node.right;
  return node;
}

/** Every leaf, from left to right. */
export function* leavesOf(node: TreeNode): Generator<Leaf> {
  if (isLeaf(node)) yield node;
  else {
    yield* leavesOf(node.left);
    yield* leavesOf(node.right);
  }
}
