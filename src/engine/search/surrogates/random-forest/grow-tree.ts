import type { Random } from '../../../random.ts';
import { bestSplit, type FoundSplit, isInactive, type Totals, type TreeData, totalsOf } from './best-split.ts';
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
 * @param orders [features] the same rows as `sortedOrders` gives them; empty where none of them has the parameter
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
  const isLeft = new Uint8Array(data.points.length);
  let leftCount = 0;
  for (const row of rows) {
    isLeft[row] = goesLeft(found.split, data.points[row]) ? 1 : 0;
    leftCount += isLeft[row];
  }
  const side = (left: 0 | 1) => {
    const count = left === 1 ? leftCount : rows.length - leftCount;
    const taken = (order: Uint32Array) => rowsOfSide(order, isLeft, left, count);
    const isOpen = (order: Uint32Array, feature: number) => order.length > 0 && !isInactive(data, feature, order[0]);
    const parted = orders.map((order, feature) => (isOpen(order, feature) ? taken(order) : none));
    return growTree(data, taken(rows), parted, limits, random, depth + 1);
  };
  return { split: found.split, left: side(1), right: side(0) };

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

/** The order of a parameter that no row of a node has, nor then of those below it: nothing to part. */
const none = new Uint32Array(0);

/** @param isLeft [observations] 1 where a row goes left. @param count rows of that side */
function rowsOfSide(order: Uint32Array, isLeft: Uint8Array, left: 0 | 1, count: number): Uint32Array {
  const taken = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < order.length; i++) if (isLeft[order[i]] === left) taken[at++] = order[i];
  return taken;
}

function leafOfRows(data: TreeData, rows: Uint32Array, { weight, sum }: Totals): Leaf {
  const weights = Float64Array.from(rows, (row) => data.weights[row]);
  const mean = sum / weight;
  const error = rows.reduce((total, row, i) => total + weights[i] * (data.losses[row] - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(error / weight), rows, weights };
}
