import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import type { Pace } from '../pace.ts';
import type { ImpurityTreeGrower } from './impurity-tree.ts';
import { NodeValues } from './node-values.ts';
import { collapsedNodes, prunedTree, pruningPath } from './pruning.ts';
import { shrunkMeans } from './shrinkage.ts';
import { leafOf, type TreeNodes, TreeNodesBuilder } from './tree-nodes.ts';
import type { TreeTarget } from './tree-target.ts';

/** What is done to a grown tree. */
export interface Pruning {
  /** Impurity that a leaf has to save, as a share of the whole's. */
  readonly pruning: number;
  /** Rows by which a node is drawn towards the one above. */
  readonly shrinkage: number;
}

export interface PruningProblem {
  readonly data: BinnedRows;
  readonly target: TreeTarget;
  /** [rows] */
  readonly weights: Float64Array;
  readonly grower: ImpurityTreeGrower;
  readonly mostLeaves: number;
}

/** Where there are too few rows to part. */
const otherwise: Pruning = { pruning: 0.01, shrinkage: 10 };
const fewestRows = 20;
/** Larger data have one part left out instead of each of five. */
const foldsUpTo = 20_000;
const folds = 5;
const prunings = Array.from({ length: 15 }, (_, i) => 1e-5 * 10 ** (0.275 * i));
const shrinkages = [1, 3, 10, 30, 100];
/** Losses up to so many times the least are good enough. */
const tolerance = 1.01;
const leastProbability = 1e-6;

/**
 * Strengths of pruning and of shrinkage by cross-validation (Breiman et al. 1984, section 3.4): trees grown without a part of
 * the rows are pruned at every strength and judged by the part, by log loss or squared error. The smallest
 * tree within a hundredth of the least loss is taken: it is there to be read.
 */
export async function choosePruning(problem: PruningProblem, random: Random, pace: Pace): Promise<Pruning> {
  const { data, weights } = problem;
  if (data.rows < fewestRows) return otherwise;
  const partOf = random.permutation(data.rows).map((place) => place % folds);
  const losses = new Float64Array(prunings.length * shrinkages.length);
  for (let part = 0; part < (data.rows > foldsUpTo ? 1 : folds); part++) {
    const kept = weights.map((weight, row) => (partOf[row] === part ? 0 : weight));
    const left = Uint32Array.from(partOf.keys()).filter((row) => partOf[row] === part);
    const { nodes, values } = await grownTree(problem, kept, random, pace);
    addLosses(problem, nodes, values, left, losses);
    await pace.after(left.length * prunings.length * 10);
  }
  const enough = Math.min(...losses) * tolerance;
  // The strongest pruning that is good enough, then the best shrinkage for it.
  const row = Math.floor(losses.findLastIndex((loss) => loss <= enough) / shrinkages.length) * shrinkages.length;
  const ofRow = losses.subarray(row, row + shrinkages.length);
  const best = row + ofRow.indexOf(Math.min(...ofRow));
  return {
    pruning: prunings[Math.floor(best / shrinkages.length)],
    shrinkage: shrinkages[best % shrinkages.length],
  };
}

export async function grownTree(
  { target, grower }: PruningProblem,
  weights: Float64Array,
  random: Random,
  pace: Pace,
): Promise<{ nodes: TreeNodes; values: NodeValues }> {
  const builder = new TreeNodesBuilder();
  const values = new NodeValues(target.outputs);
  await grower.grow(builder, values, weights, random, pace);
  return { nodes: builder.finish(), values };
}

/** The tree with what saves too little cut off. */
export function pruned(
  { target, mostLeaves }: PruningProblem,
  nodes: TreeNodes,
  values: NodeValues,
  strength: number,
): { nodes: TreeNodes; means: Float64Array } {
  // Relative to the impurity of the whole, so that the target's scale does not matter.
  const whole = strength * nodes.rows[0] * wholeImpurity(values.means, target);
  const collapsed = collapsedNodes(pruningPath(nodes, values.gains), whole, mostLeaves);
  return prunedTree(nodes, values, target.outputs, collapsed);
}

/** Impurity of the root in the unit of the gains: that of classes, half of it for two, or the variance of a target that has deviation 1. */
function wholeImpurity(means: Float64Array, { outputs, codes }: TreeTarget): number {
  if (outputs === 1) return codes ? 0 : 1;
  const impurity = means.subarray(0, outputs).reduce((rest, share) => rest - share ** 2, 1);
  return codes ? impurity : impurity / 2;
}

/** Adds what these rows lose under every pair of strengths. losses: [prunings x shrinkages] */
function addLosses(
  problem: PruningProblem,
  nodes: TreeNodes,
  values: NodeValues,
  rows: Uint32Array,
  losses: Float64Array,
): void {
  const { data, target, weights } = problem;
  const { outputs } = target;
  prunings.forEach((strength, i) => {
    const tree = pruned(problem, nodes, values, strength);
    const leaves = Int32Array.from(rows, (row) => leafOf(tree.nodes, 0, data.bins, row * data.columns));
    shrinkages.forEach((shrinkage, j) => {
      const means = shrunkMeans(tree.nodes, tree.means, outputs, shrinkage);
      let loss = 0;
      rows.forEach((row, at) => {
        loss += weights[row] * rowLoss(target, row, means, leaves[at] * outputs);
      });
      losses[i * shrinkages.length + j] += loss;
    });
  });
}

function rowLoss({ outputs, codes, values }: TreeTarget, row: number, means: Float64Array, at: number): number {
  if (outputs === 1 && values) return (values[row] - means[at]) ** 2;
  const code = codes ? codes[row] : (values?.[row] ?? 0);
  return -Math.log(Math.max(leastProbability, means[at + code]));
}
