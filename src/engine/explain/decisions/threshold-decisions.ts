import type { CalibrationBin, ThresholdCounts, ThresholdDecisions } from '../../../shared/results/decisions.ts';
import { averagePrecision, type ClassificationMetric, rocAuc } from '../../metrics/classification.ts';
import type { Random } from '../../random.ts';
import { clopperPearson } from '../../statistics/clopper-pearson.ts';
import { resampledInterval } from './resampled.ts';

/** [true class][decided class] */
export type Costs = readonly (readonly number[])[];

/** Points of a curve at most; bins of the calibration, each of at least so many rows; shares of the gain. */
const [mostPoints, calibrationBins, binRows] = [100, 10, 10];
const shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
/** Rows below which half of them are too few to choose a threshold on. */
const fewestRows = 40;

/** The second of two classes by its probability [rows] and the true class [rows]. */
export function thresholdDecisions(
  probability: Float64Array,
  truth: Int32Array,
  positive: string,
  costs: Costs,
  draws: readonly Uint32Array[],
  random: Random,
): ThresholdDecisions {
  const order = Uint32Array.from(probability.keys()).sort((a, b) => probability[b] - probability[a]);
  const positives = truth.reduce((sum, code) => sum + code, 0);
  const hasBoth = positives > 0 && positives < truth.length;
  return {
    positive,
    rate: positives / truth.length,
    counts: thinned(countsAlong(order, probability, truth, costs)),
    ...(truth.length >= fewestRows && { best: leastCost(probability, truth, costs, random) }),
    rocAuc: hasBoth ? estimate(rocAuc, probability, truth, draws) : null,
    averagePrecision: hasBoth ? estimate(averagePrecision, probability, truth, draws) : null,
    gain: positives === 0 ? [] : shares.map((share) => gainOf(share, order, truth, positives)),
  };
}

function estimate(metric: ClassificationMetric, p: Float64Array, truth: Int32Array, draws: readonly Uint32Array[]) {
  const of = (rows: ArrayLike<number>) => {
    const both = new Float64Array(2 * rows.length);
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      both[2 * i] = 1 - p[rows[i]];
      both[2 * i + 1] = p[rows[i]];
      codes[i] = truth[rows[i]];
    }
    return metric(both, codes, 2);
  };
  const value = of(Uint32Array.from(p.keys()));
  const interval = value === undefined ? null : resampledInterval(draws, of);
  return value === undefined || interval === null ? null : { value, interval };
}

/** What each threshold between two probabilities decides; `order` is by falling probability. Selected is what is above. */
function countsAlong(order: Uint32Array, p: Float64Array, truth: Int32Array, costs: Costs): ThresholdCounts[] {
  const positives = truth.reduce((sum, code) => sum + code, 0);
  const rows = order.length;
  let [truePositive, falsePositive] = [0, 0];
  const countsAt = (threshold: number): ThresholdCounts => {
    const [falseNegative, trueNegative] = [positives - truePositive, rows - positives - falsePositive];
    const [negativeCosts, positiveCosts] = costs;
    const cost =
      trueNegative * negativeCosts[0] +
      falsePositive * negativeCosts[1] +
      falseNegative * positiveCosts[0] +
      truePositive * positiveCosts[1];
    return { threshold, truePositive, falsePositive, falseNegative, trueNegative, cost: cost / rows };
  };
  const all = [countsAt(1)];
  order.forEach((row, i) => {
    if (truth[row] === 1) truePositive++;
    else falsePositive++;
    const next = i + 1 < rows ? p[order[i + 1]] : 0;
    if (i + 1 === rows || next < p[row]) all.push(countsAt((p[row] + next) / 2));
  });
  return all;
}

function thinned(all: readonly ThresholdCounts[]): ThresholdCounts[] {
  if (all.length <= mostPoints) return [...all];
  return Array.from({ length: mostPoints }, (_, i) => all[Math.round((i * (all.length - 1)) / (mostPoints - 1))]);
}

/** The threshold of least cost on all rows; what choosing one on a half costs on the other, both ways, against 0.5. */
function leastCost(p: Float64Array, truth: Int32Array, costs: Costs, random: Random) {
  const bestOn = (rows: Uint32Array): number => {
    const order = rows.toSorted((a, b) => p[b] - p[a]);
    const own = Int32Array.from(order, (row) => truth[row]);
    const sorted = Float64Array.from(order, (row) => p[row]);
    const all = countsAlong(Uint32Array.from(own.keys()), sorted, own, costs);
    return all.reduce((best, one) => (one.cost < best.cost ? one : best)).threshold;
  };
  const costOn = (rows: Uint32Array, threshold: number): number => {
    let sum = 0;
    for (const row of rows) sum += costs[truth[row]][p[row] > threshold ? 1 : 0];
    return sum;
  };
  const shuffled = random.permutation(p.length);
  const halves = [shuffled.slice(0, p.length >> 1), shuffled.slice(p.length >> 1)];
  const held = costOn(halves[1], bestOn(halves[0])) + costOn(halves[0], bestOn(halves[1]));
  return {
    threshold: bestOn(shuffled),
    cost: held / p.length,
    usualCost: costOn(shuffled, 0.5) / p.length,
  };
}

function gainOf(share: number, order: Uint32Array, truth: Int32Array, positives: number) {
  const count = Math.max(1, Math.round(share * order.length));
  let found = 0;
  for (let i = 0; i < count; i++) found += truth[order[i]];
  const gain = found / positives;
  return { share, gain, interval: clopperPearson(found, positives), lift: gain / (count / order.length) };
}

/** How often it came true against how probable it was said to be, in bins of equally many rows. came: 1 where it did. */
export function calibrationOf(probability: Float64Array, came: ArrayLike<number>): CalibrationBin[] {
  const rows = probability.length;
  const bins = Math.max(1, Math.min(calibrationBins, Math.floor(rows / binRows)));
  const order = Uint32Array.from(probability.keys()).sort((a, b) => probability[a] - probability[b]);
  const found: CalibrationBin[] = [];
  let start = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let end = Math.max(start, Math.round((bin * rows) / bins));
    // Equal probabilities are in one bin.
    while (end > start && end < rows && probability[order[end]] === probability[order[end - 1]]) end++;
    if (end === start) continue;
    const own = order.slice(start, end);
    const hits = own.reduce((sum, row) => sum + came[row], 0);
    const stated = own.reduce((sum, row) => sum + probability[row], 0);
    found.push({
      probability: stated / own.length,
      frequency: hits / own.length,
      interval: clopperPearson(hits, own.length),
      rows: own.length,
    });
    start = end;
  }
  return found;
}
