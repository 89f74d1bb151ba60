import { type BinnedColumn, binCount } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import { addToSet, type SplitRule, wordsPerSet } from '../trees/tree-nodes.ts';
import { perBin } from './histogram.ts';

export interface SplitOptions {
  readonly l2: number;
  readonly minLeafRows: number;
  readonly minLeafHessian: number;
  /** One random threshold a column and node (Geurts et al. 2006, extremely randomised trees) instead of the best one. */
  readonly randomCuts: boolean;
  /** Splits by levels: added to the hessian where levels are sorted by G / H. */
  readonly levelSmoothing: number;
  /** Added to l2 in the gain of a split by several levels. */
  readonly levelL2: number;
  /** A set of levels grows by at least this many rows between two looks at the gain. */
  readonly minGroupRows: number;
}

/** Sums over the rows of a node: gradients, hessians, rows. */
export interface NodeSums {
  readonly g: number;
  readonly h: number;
  readonly rows: number;
}

export interface Split extends SplitRule {
  /** Reduction of the second-order loss, times 2. */
  readonly gain: number;
  readonly leftSums: NodeSums;
}

/** Longest set of levels that is looked for from either end of the order (LightGBM's max_cat_threshold). */
const maxSetSize = 32;
/** Up to this many bins, one level against the rest. */
const oneAgainstRestBins = 4;
const minGain = 1e-9;

/** G^2 / (H + l2), twice the loss that the best constant takes off (Chen and Guestrin 2016, equation 6). */
const score = (g: number, h: number, l2: number) => (g * g) / (h + l2);

/** Best split of a node by one column, or undefined. offset: where the column's bins begin in `sums`. */
export function bestSplit(
  column: BinnedColumn,
  feature: number,
  sums: Float64Array,
  offset: number,
  node: NodeSums,
  options: SplitOptions,
  random: Random,
): Split | undefined {
  const view = sums.subarray(offset, offset + perBin * binCount(column));
  if (column.kind === 'coded') return bestLevels(feature, view, node, options);
  return bestThreshold(feature, view, node, options, options.randomCuts ? randomBin(view, random) : undefined);
}

/** A threshold between the lowest and the highest bin that has rows; -1 where there is only one such bin. */
function randomBin(view: Float64Array, random: Random): number {
  let low = 1;
  let high = view.length / perBin - 1;
  while (low < high && view[perBin * low + 2] === 0) low++;
  while (high > low && view[perBin * high + 2] === 0) high--;
  return low < high ? low + random.integer(high - low) : -1;
}

/** Scan over thresholds with the missing rows on the right, then on the left. only: the one threshold to try. */
function bestThreshold(
  feature: number,
  view: Float64Array,
  node: NodeSums,
  options: SplitOptions,
  only: number | undefined,
): Split | undefined {
  const { l2, minLeafRows, minLeafHessian } = options;
  const bins = view.length / perBin;
  const parent = score(node.g, node.h, l2);
  const missing = view[2] > 0;
  let bestGain = minGain;
  let threshold = -1;
  let missingLeft = false;
  let [bestG, bestH, bestRows] = [0, 0, 0];
  for (let pass = 0; pass < (missing ? 2 : 1); pass++) {
    let g = pass === 1 ? view[0] : 0;
    let h = pass === 1 ? view[1] : 0;
    let rows = pass === 1 ? view[2] : 0;
    // With missing rows on the right, 'every value against missing' is a split too: the last threshold.
    const last = pass === 0 && missing ? bins - 1 : bins - 2;
    for (let bin = 1, at = perBin; bin <= last; bin++, at += perBin) {
      if (view[at + 2] === 0 && bin !== only) continue;
      g += view[at];
      h += view[at + 1];
      rows += view[at + 2];
      if (only !== undefined && bin !== only && !(bin === last && last === bins - 1)) continue;
      if (rows < minLeafRows || h < minLeafHessian) continue;
      if (node.rows - rows < minLeafRows || node.h - h < minLeafHessian) break;
      const gain = score(g, h, l2) + score(node.g - g, node.h - h, l2) - parent;
      if (gain <= bestGain) continue;
      bestGain = gain;
      threshold = bin;
      missingLeft = pass === 1;
      [bestG, bestH, bestRows] = [g, h, rows];
    }
  }
  if (threshold < 0) return undefined;
  // Where none was missing, one that is missing later goes with the majority.
  if (!missing) missingLeft = bestRows * 2 > node.rows;
  return { feature, threshold, missingLeft, gain: bestGain, leftSums: { g: bestG, h: bestH, rows: bestRows } };
}

/** Best set of levels: each alone where they are few, else prefixes of the order by G / H (Fisher 1958), from both ends. */
function bestLevels(feature: number, view: Float64Array, node: NodeSums, options: SplitOptions): Split | undefined {
  const occupied: number[] = [];
  for (let bin = 0; bin < view.length / perBin; bin++) if (view[perBin * bin + 2] > 0) occupied.push(bin);
  if (occupied.length < 2) return undefined;
  if (occupied.length <= oneAgainstRestBins) {
    const sets = occupied.map((bin) => bestPrefix([bin], 1, view, node, options, 0, 0));
    return levelSplit(feature, view, node, best(sets));
  }
  const ratio = (bin: number) => view[perBin * bin] / (view[perBin * bin + 1] + options.levelSmoothing);
  const frequent = occupied.filter(
    (bin) => view[perBin * bin + 2] >= Math.min(options.levelSmoothing, options.minGroupRows),
  );
  const order = frequent.sort((a, b) => ratio(a) - ratio(b) || a - b);
  const longest = Math.min(maxSetSize, Math.ceil(order.length / 2));
  const fromLow = bestPrefix(order, longest, view, node, options, options.levelL2, options.minGroupRows);
  const fromHigh = bestPrefix(order.toReversed(), longest, view, node, options, options.levelL2, options.minGroupRows);
  return levelSplit(feature, view, node, best([fromLow, fromHigh]));
}

interface LevelSet {
  readonly gain: number;
  readonly bins: readonly number[];
  readonly sums: NodeSums;
}

const best = (sets: readonly (LevelSet | undefined)[]) =>
  sets.reduce((a, b) => (b && (!a || b.gain > a.gain) ? b : a), undefined);

function bestPrefix(
  order: readonly number[],
  longest: number,
  view: Float64Array,
  node: NodeSums,
  options: SplitOptions,
  extraL2: number,
  minGroupRows: number,
): LevelSet | undefined {
  const { l2, minLeafRows, minLeafHessian } = options;
  const parent = score(node.g, node.h, l2);
  let found: LevelSet | undefined;
  let [g, h, rows, group] = [0, 0, 0, 0];
  for (let i = 0; i < longest; i++) {
    const at = perBin * order[i];
    g += view[at];
    h += view[at + 1];
    rows += view[at + 2];
    group += view[at + 2];
    if (rows < minLeafRows || h < minLeafHessian || group < minGroupRows) continue;
    if (node.rows - rows < Math.max(minLeafRows, minGroupRows) || node.h - h < minLeafHessian) break;
    group = 0;
    const gain = score(g, h, l2 + extraL2) + score(node.g - g, node.h - h, l2 + extraL2) - parent;
    if (gain > (found?.gain ?? minGain)) found = { gain, bins: order.slice(0, i + 1), sums: { g, h, rows } };
  }
  return found;
}

/** The set as a rule. Levels that the node has no rows of go with the majority. */
function levelSplit(feature: number, view: Float64Array, node: NodeSums, set: LevelSet | undefined): Split | undefined {
  if (!set) return undefined;
  const left = new Uint32Array(wordsPerSet);
  for (const bin of set.bins) addToSet(left, bin);
  if (set.sums.rows * 2 > node.rows) {
    for (let bin = 0; bin < 256; bin++) {
      if (perBin * bin >= view.length || view[perBin * bin + 2] === 0) addToSet(left, bin);
    }
  }
  const missingLeft = (left[0] & 1) === 1;
  return { feature, threshold: 0, missingLeft, left, gain: set.gain, leftSums: set.sums };
}
