import type { Random } from '../../../random.ts';
import { placeOf, type Split } from './regression-tree.ts';

/** What a tree is grown from. */
export interface TreeData {
  readonly points: readonly Float64Array[];
  /** [observations] standardised */
  readonly losses: Float64Array;
  /** [observations] how often each was drawn, 0 where it was not. */
  readonly weights: Float64Array;
  /** [features] number of choices, 0 where the parameter is ordered. */
  readonly choices: readonly number[];
}

/** Observations of a node: sum of weights, of weighted losses, and of their squares. */
export interface Totals {
  readonly weight: number;
  readonly sum: number;
  readonly squares: number;
}

export interface FoundSplit {
  readonly split: Split;
  /** By how much the sum of squared errors falls. */
  readonly gain: number;
}

export function totalsOf({ losses, weights }: TreeData, rows: Uint32Array): Totals {
  let [weight, sum, squares] = [0, 0, 0];
  for (const row of rows) {
    weight += weights[row];
    sum += weights[row] * losses[row];
    squares += weights[row] * losses[row] ** 2;
  }
  return { weight, sum, squares };
}

/**
 * The split of one feature that lowers the sum of squared errors the most; undefined where none parts the node. A parameter that only
 * some of the points have can only part those from the others: nothing else about it can be compared.
 * @param order the node's rows by ascending coordinate, inactive ones last; empty where all are inactive
 */
export function bestSplit(
  data: TreeData,
  feature: number,
  order: Uint32Array,
  totals: Totals,
  minimumLeaf: number,
  random: Random,
): FoundSplit | undefined {
  if (order.length === 0 || isInactive(data, feature, order[0])) return undefined;
  const inactive = isInactive(data, feature, order[order.length - 1]);
  if (inactive) return activitySplit(data, feature, order, totals, minimumLeaf);
  return data.choices[feature] > 0
    ? subsetSplit(data, feature, order, totals, minimumLeaf, random)
    : thresholdSplit(data, feature, order, totals, minimumLeaf, random);
}

/** Whether an observation has no such parameter. */
export const isInactive = ({ points }: TreeData, feature: number, row: number): boolean =>
  Number.isNaN(points[row][feature]);

/** By how much the squared error falls where `weight` and `sum` of the node go to one side; -Infinity where a side is too small. */
function gainOf(totals: Totals, weight: number, sum: number, minimumLeaf: number): number {
  const rest = totals.weight - weight;
  if (weight < minimumLeaf || rest < minimumLeaf) return Number.NEGATIVE_INFINITY;
  return sum ** 2 / weight + (totals.sum - sum) ** 2 / rest - totals.sum ** 2 / totals.weight;
}

function activitySplit(data: TreeData, feature: number, order: Uint32Array, totals: Totals, minimumLeaf: number) {
  let [weight, sum] = [0, 0];
  for (const row of order) {
    if (!Number.isNaN(data.points[row][feature])) continue;
    weight += data.weights[row];
    sum += data.weights[row] * data.losses[row];
  }
  const gain = gainOf(totals, weight, sum, minimumLeaf);
  return gain === Number.NEGATIVE_INFINITY ? undefined : { gain, split: { kind: 'activity', feature } as const };
}

/**
 * The best place between two neighbours, and a threshold drawn uniformly between them: the mean over many trees then goes linearly from
 * one to the other, and their disagreement is largest where nothing was seen (Hutter et al. 2014, section 4.3.2).
 */
function thresholdSplit(
  { points, losses, weights }: TreeData,
  feature: number,
  order: Uint32Array,
  totals: Totals,
  minimumLeaf: number,
  random: Random,
): FoundSplit | undefined {
  let [weight, sum, best, place] = [0, 0, Number.NEGATIVE_INFINITY, -1];
  for (let i = 0; i + 1 < order.length; i++) {
    weight += weights[order[i]];
    sum += weights[order[i]] * losses[order[i]];
    if (points[order[i]][feature] === points[order[i + 1]][feature]) continue;
    const gain = gainOf(totals, weight, sum, minimumLeaf);
    if (gain > best) [best, place] = [gain, i];
  }
  if (place < 0) return undefined;
  const [low, high] = [points[order[place]][feature], points[order[place + 1]][feature]];
  const threshold = low + random.uniform() * (high - low);
  return { gain: best, split: { kind: 'threshold', feature, threshold, inactiveLeft: random.uniform() < 0.5 } };
}

/**
 * The best of all subsets: in order of the choices' mean losses it is one of the first few (Fisher 1958; Breiman et al. 1984, theorem
 * 4.5). Choices that the node has not seen go to either side by chance: that trees disagree on them is what not knowing means.
 */
function subsetSplit(
  { points, losses, weights, choices }: TreeData,
  feature: number,
  order: Uint32Array,
  totals: Totals,
  minimumLeaf: number,
  random: Random,
): FoundSplit | undefined {
  const count = choices[feature];
  const [weightOf, sumOf] = [new Float64Array(count), new Float64Array(count)];
  for (const row of order) {
    const place = placeOf(points[row][feature], count);
    weightOf[place] += weights[row];
    sumOf[place] += weights[row] * losses[row];
  }
  const seen = Array.from(weightOf.keys()).filter((place) => weightOf[place] > 0);
  const byMean = seen.sort((a, b) => sumOf[a] / weightOf[a] - sumOf[b] / weightOf[b] || a - b);
  let [weight, sum, best, end] = [0, 0, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i + 1 < byMean.length; i++) {
    weight += weightOf[byMean[i]];
    sum += sumOf[byMean[i]];
    const gain = gainOf(totals, weight, sum, minimumLeaf);
    if (gain > best) [best, end] = [gain, i + 1];
  }
  if (end === 0) return undefined;
  const taken = new Set(byMean.slice(0, end));
  const left = Array.from(weightOf, (own, place) => (own > 0 ? taken.has(place) : random.uniform() < 0.5));
  return { gain: best, split: { kind: 'subset', feature, left, inactiveLeft: random.uniform() < 0.5 } };
}
