import type { Random } from '../../../random.ts';
import { bestSplit, type FoundSplit, type Totals, type TreeData, totalsOf } from './best-split.ts';
import { goesLeft, type Leaf, type TreeNode } from './regression-tree.ts';

export interface GrowthLimits {
  /** Branches on the longest way from the root. */
  readonly depth: number;
  /** Observations, counted as often as drawn, that a node must have to be split. */
  readonly minimumSplit: number;
  /** Observations, counted as often as drawn, that a leaf must have. */
  readonly minimumLeaf: number;
  /** Share of the features that are looked at in each node, above 0 and up to 1. */
  readonly features: number;
}

/** What splitting gains must be more than rounding gives, as a share of the node's squared error. */
const leastGain = 1e-10;

/** Rows by ascending coordinate of each feature, inactive ones last: made once, and only parted from then on. */
export const sortedOrders = (points: readonly Float64Array[], features: number): Uint32Array[] =>
  Array.from({ length: features }, (_, feature) => {
    const key = (row: number) => {
      const coordinate = points[row][feature];
      return Number.isNaN(coordinate) ? Number.POSITIVE_INFINITY : coordinate;
    };
    return Uint32Array.from(points.keys()).sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
  });

/**
 * Grows a tree from the root: each node takes, of the features it looks at, the split that lowers the squared error the most; equal
 * ones by chance.
 * @param rows with a weight above 0, ascending
 * @param orders [features] the same rows as `sortedOrders` gives them
 */
export function growTree(
  data: TreeData,
  rows: Uint32Array,
  orders: readonly Uint32Array[],
  limits: GrowthLimits,
  random: Random,
  depth = 0,
): TreeNode {
  const totals = totalsOf(data, rows);
  const error = Math.max(0, totals.squares - totals.sum ** 2 / totals.weight);
  const whole = depth >= limits.depth || totals.weight < limits.minimumSplit || error === 0;
  const found = whole ? undefined : bestOfFeatures();
  if (!found || found.gain <= leastGain * error) return leafOfRows(data, rows, totals);
  const isLeft = (row: number) => goesLeft(found.split, data.points[row]);
  const isRight = (row: number) => !isLeft(row);
  const side = (belongs: (row: number) => boolean) =>
    growTree(
      data,
      rows.filter(belongs),
      orders.map((order) => order.filter(belongs)),
      limits,
      random,
      depth + 1,
    );
  return { split: found.split, left: side(isLeft), right: side(isRight) };

  function bestOfFeatures(): FoundSplit | undefined {
    const looked = Math.ceil(limits.features * orders.length);
    let best: FoundSplit | undefined;
    for (const feature of random.permutation(orders.length).subarray(0, looked)) {
      const split = bestSplit(data, feature, orders[feature], totals, limits.minimumLeaf, random);
      if (split && split.gain > (best?.gain ?? Number.NEGATIVE_INFINITY)) best = split;
    }
    return best;
  }
}

function leafOfRows(data: TreeData, rows: Uint32Array, { weight, sum }: Totals): Leaf {
  const weights = Float64Array.from(rows, (row) => data.weights[row]);
  const mean = sum / weight;
  const error = rows.reduce((total, row, i) => total + weights[i] * (data.losses[row] - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(error / weight), rows, weights };
}
