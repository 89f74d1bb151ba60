import type { Space } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { isCategorical } from '../../space/distribution.ts';
import type { TreeData } from './random-forest/best-split.ts';
import { type GrowthLimits, growTree, sortedOrders } from './random-forest/grow-tree.ts';
import { isLeaf, leafOf, type RegressionTree, type TreeNode } from './random-forest/regression-tree.ts';
import { type StandardisedLosses, standardise } from './standardised-losses.ts';
import type { Prediction, Surrogate } from './surrogate.ts';

export interface ForestOptions extends Partial<GrowthLimits> {
  /** Default: 10. */
  readonly trees?: number;
  /** Whether each tree sees a draw with replacement, or every observation; default: true. */
  readonly bootstrap?: boolean;
}

/** A surrogate whose trees can be looked at. */
export interface RandomForest extends Surrogate {
  readonly trees: readonly RegressionTree[];
  /**
   * Coefficient of determination of the predictions by those trees that have not seen the observation (Breiman 2001); undefined where
   * the losses are all equal or every tree has seen everything.
   */
  readonly fit?: number;
  readonly fitName: 'out-of-bag R2';
  /** [observations] share that each has in the mean at a point; they add up to 1. */
  weights(point: Float64Array): Float64Array;
}

/**
 * A random regression forest (Breiman 2001) with SMAC's constants (Hutter et al. 2011): 10 trees, all features, split from 2, leaves
 * from 1, bootstrap. The mean is that of the trees, the variance theirs plus the mean of the leaves' own (law of total variance,
 * Hutter et al. 2014, equation 4.4): a forest cannot tell noise from what it does not know, so `noise` is 0 and the deviation holds both.
 *
 * Parameters that are not active need no filling in: see `regression-tree.ts`.
 * @param points [observations] of the unit cube; at least one
 * @param losses [observations] finite
 */
export function fitForest(
  space: Space,
  points: readonly Float64Array[],
  losses: Float64Array,
  random: Random,
  options: ForestOptions = {},
): RandomForest {
  const { trees: count = 10, bootstrap = true, depth = Number.POSITIVE_INFINITY } = options;
  const { minimumSplit = 2, minimumLeaf = 1, features = 1 } = options;
  const limits = { depth, minimumSplit, minimumLeaf, features };
  const choices = space.parameters.map(({ distribution }) =>
    isCategorical(distribution) ? distribution.choices.length : 0,
  );
  const standardised = standardise(losses);
  const orders = sortedOrders(points, choices.length);
  const trees = Array.from({ length: count }, (_, i): RegressionTree => {
    const own = random.fork(`tree ${i}`);
    const weights = bootstrap ? drawnWeights(points.length, own) : new Float64Array(points.length).fill(1);
    const data: TreeData = { points, losses: standardised.values, weights, choices };
    const isIn = (row: number) => weights[row] > 0;
    const rows = Uint32Array.from(points.keys());
    const root = growTree(
      data,
      rows.filter(isIn),
      orders.map((order) => order.filter(isIn)),
      limits,
      own,
    );
    return { root: root, outOfBag: rows.filter((row) => !isIn(row)) };
  });
  return {
    name: 'random forest',
    noise: 0,
    trees: trees.map((tree) => ({ ...tree, root: inUnit(tree.root, standardised) })),
    fit: outOfBagFit(trees, points, standardised.values),
    fitName: 'out-of-bag R2',
    predict: (asked) => predict(trees, asked, standardised),
    weights: (point) => weightsAt(trees, point, points.length),
  };
}

/** How often each observation is drawn, of as many draws as there are observations. */
function drawnWeights(count: number, random: Random): Float64Array {
  const weights = new Float64Array(count);
  for (let draw = 0; draw < count; draw++) weights[random.integer(count)]++;
  return weights;
}

function inUnit(node: TreeNode, losses: StandardisedLosses): TreeNode {
  if (!isLeaf(node)) return { ...node, left: inUnit(node.left, losses), right: inUnit(node.right, losses) };
  return { ...node, mean: losses.mean(node.mean), deviation: losses.deviation(node.deviation) };
}

function predict(trees: readonly RegressionTree[], points: readonly Float64Array[], losses: StandardisedLosses) {
  const prediction: Prediction = { mean: new Float64Array(points.length), deviation: new Float64Array(points.length) };
  for (const [i, point] of points.entries()) {
    const leaves = trees.map((tree) => leafOf(tree, point));
    const mean = leaves.reduce((sum, leaf) => sum + leaf.mean, 0) / leaves.length;
    const squares = leaves.reduce((sum, leaf) => sum + (leaf.mean - mean) ** 2 + leaf.deviation ** 2, 0);
    prediction.mean[i] = losses.mean(mean);
    prediction.deviation[i] = losses.deviation(Math.sqrt(squares / leaves.length));
  }
  return prediction;
}

/** Each tree speaks with the observations in its leaf, as often as it drew them. */
function weightsAt(trees: readonly RegressionTree[], point: Float64Array, count: number): Float64Array {
  const shares = new Float64Array(count);
  for (const tree of trees) {
    const { rows, weights } = leafOf(tree, point);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, row] of rows.entries()) shares[row] += weights[i] / total / trees.length;
  }
  return shares;
}

/** @param losses [observations] in the unit of the trees */
function outOfBagFit(trees: readonly RegressionTree[], points: readonly Float64Array[], losses: Float64Array) {
  const [sums, counts] = [new Float64Array(points.length), new Float64Array(points.length)];
  for (const tree of trees) {
    for (const row of tree.outOfBag) {
      sums[row] += leafOf(tree, points[row]).mean;
      counts[row]++;
    }
  }
  const foretold = [...counts.keys()].filter((row) => counts[row] > 0);
  const mean = foretold.reduce((sum, row) => sum + losses[row], 0) / foretold.length;
  const spread = foretold.reduce((sum, row) => sum + (losses[row] - mean) ** 2, 0);
  const error = foretold.reduce((sum, row) => sum + (losses[row] - sums[row] / counts[row]) ** 2, 0);
  return spread > 0 ? 1 - error / spread : undefined;
}
