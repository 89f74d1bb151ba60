import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Parameter, Params } from '../../../shared/space.ts';
import { createRandom, type Random } from '../../random.ts';
import type { Learnt } from '../define-learner.ts';
import { learnBins } from '../learn-bins.ts';
import type { FitContext } from '../learner.ts';
import { Pace } from '../pace.ts';
import { columnBins } from './column-bins.ts';
import { type ForestState, forestLearnt } from './forest-model.ts';
import { ImpurityTreeGrower } from './impurity-tree.ts';
import { NodeValues } from './node-values.ts';
import { OutOfBag } from './out-of-bag.ts';
import { shrunkMeans } from './shrinkage.ts';
import { TreeNodesBuilder } from './tree-nodes.ts';
import { treeTarget } from './tree-target.ts';

/** More trees never hurt but in time and memory, of which large data takes enough. */
export const treeCount = ({ rowCount }: DatasetInfo): number =>
  Math.round(Math.max(60, Math.min(250, 2e6 / Math.max(1, rowCount))));

/** Searched only where the experiment file names it: by default there are as many trees as pay. */
export const forestOptions = (): readonly Parameter[] => [
  { name: 'trees', distribution: { type: 'int', low: 10, high: 2000, log: true } },
];

/** A tree has about this many leaves at most: millions of rows would make models that no memory holds. */
const mostLeaves = 20_000;
export const leastLeafRows = ({ rowCount }: DatasetInfo): number => Math.max(1, Math.ceil(rowCount / mostLeaves));

/**
 * Fits a random forest (Breiman 2001), or with random cuts extremely randomised trees (Geurts et al. 2006). Leaves are drawn
 * towards the nodes above them, as strongly as the rows out of the bags ask for where there are bags, else by `shrinkage`.
 */
export async function fitForest(
  { train, weights, seed, signal, progress }: FitContext,
  params: Params,
  { randomCuts, bootstrap }: { randomCuts: boolean; bootstrap: boolean },
  kind: string,
): Promise<Learnt<ForestState>> {
  const pace = new Pace(signal);
  const random = createRandom(seed);
  const { encoder, data } = await learnBins(train.features, { minBinRows: 1, minLevelRows: 3 }, pace, progress);
  const target = treeTarget(train.target, weights);
  const grower = new ImpurityTreeGrower(columnBins(data), encoder.columns, target, {
    maxDepth: 64,
    minLeafRows: params.min_leaf_rows as number,
    columnsPerNode: Math.max(1, Math.round(encoder.columns.length * (params.column_sample as number))),
    randomCuts,
  });
  const builder = new TreeNodesBuilder();
  const values = new NodeValues(target.outputs);
  const outside = bootstrap ? new OutOfBag(data, target, random.fork('judges')) : undefined;
  const roots = new Uint32Array(params.trees as number);
  const everyRow = weights ?? new Float64Array(data.rows).fill(1);
  const drawn = new RowDraws(data.rows, weights);
  for (let i = 0; i < roots.length; i++) {
    roots[i] = builder.size;
    const counts = bootstrap ? drawn.draw(random) : everyRow;
    await grower.grow(builder, values, counts, random, pace);
    outside?.add(builder.nodes, values.means, roots[i], counts);
  }
  const nodes = builder.finish();
  const given = (params.shrinkage as number | undefined) ?? 1;
  const strength = outside?.bestStrength(roots.length, weights, given) ?? given;
  const means = shrunkMeans(nodes, values.means, target.outputs, strength);
  return forestLearnt(
    encoder.columns,
    target,
    nodes,
    roots,
    means,
    (leaves) =>
      `${roots.length} ${kind}, ${Math.round(leaves / roots.length)} leaves each on average, drawn to their parents by ${strength} rows`,
  );
}

/** Bootstraps: as many rows as there are, with replacement, in proportion to their weights. */
class RowDraws {
  readonly #counts: Uint16Array;
  /** [rows] sums of the weights up to and with each row. */
  readonly #sums?: Float64Array;

  constructor(rows: number, weights: Float64Array | undefined) {
    this.#counts = new Uint16Array(rows);
    if (!weights) return;
    let sum = 0;
    this.#sums = weights.map((weight) => {
      sum += weight;
      return sum;
    });
  }

  /** [rows] how often each was drawn; the same array every time. */
  draw(random: Random): Uint16Array {
    const counts = this.#counts.fill(0);
    for (let i = 0; i < counts.length; i++) counts[this.#row(random)]++;
    return counts;
  }

  #row(random: Random): number {
    const sums = this.#sums;
    if (!sums) return random.integer(this.#counts.length);
    const wanted = random.uniform() * sums[sums.length - 1];
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
