import { type BinnedColumn, binCount } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import { addToSet, type SplitRule, wordsPerSet } from '../trees/tree-nodes.ts';
import { perBin } from './histogram.ts';
import { type LeafLimits, type LeafRule, leafValue, type NodeSums, scoreOfValue } from './leaf-value.ts';

export interface SplitOptions extends LeafRule {
  readonly minLeafRows: number;
  readonly minLeafHessian: number;
  /** One random threshold a column and node (Geurts et al. 2006, extremely randomised trees) instead of the best one. */
  readonly randomCuts: boolean;
  /** Splits by levels: added to the hessian where levels are sorted by G / H. */
  readonly levelSmoothing: number;
  /** Added to l2 in a split by several levels. */
  readonly levelL2: number;
  /** A set of levels grows by at least this many rows between two looks at the gain. */
  readonly minGroupRows: number;
  /** Of each column: 1 where the prediction may only rise with it, -1 where it may only fall, 0 elsewhere; absent: 0 throughout. */
  readonly directions?: Int8Array;
}

/** A node that is to be split. */
export interface OpenNode {
  readonly sums: NodeSums;
  readonly limits: LeafLimits;
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
export const minGain = 1e-9;

/**
 * Best split of a node by one column if its gain is above `toBeat`, else undefined. view: gradient, hessian and rows of each of
 * the column's bins.
 */
export function bestSplit(
  column: BinnedColumn,
  feature: number,
  view: Float64Array,
  node: OpenNode,
  options: SplitOptions,
  random: Random,
  toBeat = minGain,
): Split | undefined {
  const bins = binCount(column);
  const least = Math.max(minGain, toBeat);
  if (column.kind === 'coded') return bestLevels(feature, view, bins, node, options, least);
  return bestThreshold(
    feature,
    view,
    bins,
    node,
    options,
    options.randomCuts ? randomBin(view, bins, random) : 0,
    least,
  );
}

/** A threshold between the lowest and the highest bin that has rows; -1 where there is only one such bin. */
function randomBin(view: Float64Array, bins: number, random: Random): number {
  let low = 1;
  let high = bins - 1;
  while (low < high && view[perBin * low + 2] === 0) low++;
  while (high > low && view[perBin * high + 2] === 0) high--;
  return low < high ? low + random.integer(high - low) : -1;
}

/** Whether nothing but L2 goes into the gain: no L1 penalty, no smoothing, no monotone columns. */
export const isPlain = ({ l1, pathSmoothing, directions }: SplitOptions): boolean =>
  l1 === 0 && pathSmoothing === 0 && directions === undefined;

/** What two leaves take off together: Chen and Guestrin 2016, equation 6, and with penalties or limits by the leaves' values. */
class Gain {
  readonly #node: OpenNode;
  readonly #options: LeafRule;
  readonly #direction: number;
  /** G^2 / (H + L2) is the whole truth. */
  readonly #plain: boolean;
  readonly #parent: number;

  /** extraL2: added to both leaves'. direction: of the column. */
  constructor(node: OpenNode, options: SplitOptions, extraL2: number, direction: number) {
    const l2 = options.l2 + extraL2;
    this.#node = node;
    this.#options = extraL2 === 0 ? options : { ...options, l2 };
    this.#direction = direction;
    this.#plain = isPlain(options);
    const { g, h, rows } = node.sums;
    this.#parent = this.#plain
      ? (g * g) / (h + options.l2)
      : scoreOfValue(g, h, leafValue(g, h, rows, options, node.limits), options);
  }

  of(g: number, h: number, rows: number): number {
    if (!this.#plain) return this.#ofValues(g, h, rows);
    const { sums } = this.#node;
    const rest = sums.g - g;
    const { l2 } = this.#options;
    return (g * g) / (h + l2) + (rest * rest) / (sums.h - h + l2) - this.#parent;
  }

  #ofValues(g: number, h: number, rows: number): number {
    const { sums, limits } = this.#node;
    const [restG, restH] = [sums.g - g, sums.h - h];
    const left = leafValue(g, h, rows, this.#options, limits);
    const right = leafValue(restG, restH, sums.rows - rows, this.#options, limits);
    if (this.#direction * (right - left) < 0) return Number.NEGATIVE_INFINITY;
    const after = scoreOfValue(g, h, left, this.#options) + scoreOfValue(restG, restH, right, this.#options);
    return after - this.#parent;
  }
}

/** Scan over thresholds with the missing rows on the right, then on the left. only: the one threshold to try, 0 for all. */
function bestThreshold(
  feature: number,
  view: Float64Array,
  bins: number,
  node: OpenNode,
  options: SplitOptions,
  only: number,
  toBeat: number,
): Split | undefined {
  const { minLeafRows, minLeafHessian } = options;
  const gainOf = new Gain(node, options, 0, options.directions?.[feature] ?? 0);
  const mostRows = node.sums.rows - minLeafRows;
  const mostHessian = node.sums.h - minLeafHessian;
  const missing = view[2] > 0;
  let bestGain = toBeat;
  let threshold = -1;
  let missingLeft = false;
  let bestG = 0;
  let bestH = 0;
  let bestRows = 0;
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
      if (only !== 0 && bin !== only && !(bin === last && last === bins - 1)) continue;
      if (rows < minLeafRows || h < minLeafHessian) continue;
      if (rows > mostRows || h > mostHessian) break;
      const gain = gainOf.of(g, h, rows);
      if (gain <= bestGain) continue;
      bestGain = gain;
      threshold = bin;
      missingLeft = pass === 1;
      bestG = g;
      bestH = h;
      bestRows = rows;
    }
  }
  if (threshold < 0) return undefined;
  // Where none was missing, one that is missing later goes with the majority.
  if (!missing) missingLeft = bestRows * 2 > node.sums.rows;
  return { feature, threshold, missingLeft, gain: bestGain, leftSums: { g: bestG, h: bestH, rows: bestRows } };
}

/** Best set of levels: each alone where they are few, else prefixes of the order by G / H (Fisher 1958), from both ends. */
function bestLevels(
  feature: number,
  view: Float64Array,
  bins: number,
  node: OpenNode,
  options: SplitOptions,
  toBeat: number,
): Split | undefined {
  const occupied: number[] = [];
  for (let bin = 0; bin < bins; bin++) if (view[perBin * bin + 2] > 0) occupied.push(bin);
  if (occupied.length < 2) return undefined;
  if (occupied.length <= oneAgainstRestBins) {
    const gain = new Gain(node, options, 0, 0);
    const sets = occupied.map((bin) => bestPrefix([bin], 1, view, node, options, gain, 0, toBeat));
    return levelSplit(feature, view, bins, node.sums, best(sets));
  }
  const ratio = (bin: number) => view[perBin * bin] / (view[perBin * bin + 1] + options.levelSmoothing);
  const frequent = occupied.filter(
    (bin) => view[perBin * bin + 2] >= Math.min(options.levelSmoothing, options.minGroupRows),
  );
  const order = frequent.sort((a, b) => ratio(a) - ratio(b) || a - b);
  const longest = Math.min(maxSetSize, Math.ceil(order.length / 2));
  const gain = new Gain(node, options, options.levelL2, 0);
  const from = (bins: number[]) => bestPrefix(bins, longest, view, node, options, gain, options.minGroupRows, toBeat);
  return levelSplit(feature, view, bins, node.sums, best([from(order), from(order.toReversed())]));
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
  { sums }: OpenNode,
  { minLeafRows, minLeafHessian }: SplitOptions,
  gainOf: Gain,
  minGroupRows: number,
  toBeat: number,
): LevelSet | undefined {
  let found: LevelSet | undefined;
  let [g, h, rows, group] = [0, 0, 0, 0];
  for (let i = 0; i < longest; i++) {
    const at = perBin * order[i];
    g += view[at];
    h += view[at + 1];
    rows += view[at + 2];
    group += view[at + 2];
    if (rows < minLeafRows || h < minLeafHessian || group < minGroupRows) continue;
    if (sums.rows - rows < Math.max(minLeafRows, minGroupRows) || sums.h - h < minLeafHessian) break;
    group = 0;
    const gain = gainOf.of(g, h, rows);
    if (gain > (found?.gain ?? toBeat)) found = { gain, bins: order.slice(0, i + 1), sums: { g, h, rows } };
  }
  return found;
}

/** The set as a rule. Levels that the node has no rows of go with the majority. */
function levelSplit(
  feature: number,
  view: Float64Array,
  bins: number,
  node: NodeSums,
  set: LevelSet | undefined,
): Split | undefined {
  if (!set) return undefined;
  const left = new Uint32Array(wordsPerSet);
  for (const bin of set.bins) addToSet(left, bin);
  if (set.sums.rows * 2 > node.rows) {
    for (let bin = 0; bin < 256; bin++) {
      if (bin >= bins || view[perBin * bin + 2] === 0) addToSet(left, bin);
    }
  }
  const missingLeft = (left[0] & 1) === 1;
  return { feature, threshold: 0, missingLeft, left, gain: set.gain, leftSums: set.sums };
}
