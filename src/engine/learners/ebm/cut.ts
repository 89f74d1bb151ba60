import type { Random } from '../../random.ts';
import type { Groups, Shape } from './term.ts';

export interface CutOptions {
  /** Share of the best value that a step takes. */
  readonly learningRate: number;
  /** Rows on each side of a cut. */
  readonly minLeafRows: number;
  /** Cuts that one visit makes in a table of one column, each after the last one's step. */
  readonly cuts: number;
}

/** Below this sum of hessians a side of a cut is too sure of itself to be moved: scores stay finite. */
const minHessian = 1e-3;
/** Steps of more than this, in log odds or deviations, come from rows that hardly count. */
const largestStep = 4;
/** Added to the hessians by which levels are sorted: small ones lie in the middle (Ke et al. 2017). */
const levelSmoothing = 10;

/**
 * Adds the best cuts of one table for one output to `step`, and returns the gain of the first. sums: [cells x 2] gradient and
 * hessian, moved along with the cuts; weights: [cells] of the rows behind them. random: cut anywhere, not at the best place: over some rounds
 * that smooths a curve of numbers.
 */
export function cutTable(
  shape: Shape,
  sums: Float64Array,
  weights: Float64Array,
  step: Float64Array,
  options: CutOptions,
  random?: Random,
): number {
  if (shape.kind === 'pair') return cutPair(shape.groups, sums, weights, step, options);
  let first = 0;
  for (let i = 0; i < options.cuts; i++) {
    const gain =
      shape.kind === 'numeric'
        ? cutNumbers(sums, weights, step, options, random, i === 0)
        : cutLevels(sums, weights, step, options);
    if (i === 0) first = gain;
    if (gain <= 0) break;
  }
  return first;
}

const newton = (g: number, h: number, rate: number) => rate * Math.max(-largestStep, Math.min(largestStep, -g / h));

/** Loss that two sides with values of their own save over one common value. */
const gainOf = (g: number, h: number, otherG: number, otherH: number): number => {
  const contrast = g / h - otherG / otherH;
  return (contrast * contrast * h * otherH) / (h + otherH);
};

/** Two leaves of neighbouring values, and missing ones (bin 0) as a leaf of their own. */
function cutNumbers(
  sums: Float64Array,
  weights: Float64Array,
  step: Float64Array,
  { learningRate, minLeafRows }: CutOptions,
  random: Random | undefined,
  withMissing: boolean,
): number {
  const bins = step.length;
  let [totalG, totalH, total] = [0, 0, 0];
  for (let bin = 1; bin < bins; bin++) {
    totalG += sums[2 * bin];
    totalH += sums[2 * bin + 1];
    total += weights[bin];
  }
  let missingGain = 0;
  if (withMissing && sums[1] >= minHessian && weights[0] >= minLeafRows) {
    missingGain = totalH > 0 ? gainOf(sums[0], sums[1], totalG, totalH) : 0;
    moveCells(sums, step, 0, 1, newton(sums[0], sums[1], learningRate));
  }
  const only = random && bins > 2 ? 1 + random.integer(bins - 2) : -1;
  let [g, h, rows, best, cut] = [0, 0, 0, 0, -1];
  let [cutG, cutH] = [0, 0];
  for (let bin = 1; bin + 1 < bins; bin++) {
    g += sums[2 * bin];
    h += sums[2 * bin + 1];
    rows += weights[bin];
    if (rows < minLeafRows || h < minHessian || bin < only) continue;
    if (total - rows < minLeafRows || totalH - h < minHessian) break;
    const gain = gainOf(g, h, totalG - g, totalH - h);
    if (gain > best) {
      best = gain;
      cut = bin;
      [cutG, cutH] = [g, h];
    }
    if (only >= 0) break;
  }
  if (cut < 0) return missingGain;
  moveCells(sums, step, 1, cut + 1, newton(cutG, cutH, learningRate));
  moveCells(sums, step, cut + 1, bins, newton(totalG - cutG, totalH - cutH, learningRate));
  return best + missingGain;
}

function moveCells(sums: Float64Array, step: Float64Array, from: number, to: number, value: number): void {
  for (let cell = from; cell < to; cell++) {
    step[cell] += value;
    sums[2 * cell] += sums[2 * cell + 1] * value;
  }
}

/** Two sets of levels: a prefix of their order by gradient over hessian, which is the best of all sets (Fisher 1958). */
function cutLevels(
  sums: Float64Array,
  weights: Float64Array,
  step: Float64Array,
  { learningRate, minLeafRows }: CutOptions,
): number {
  const order: number[] = [];
  let [totalG, totalH, total] = [0, 0, 0];
  for (let bin = 0; bin < step.length; bin++) {
    if (sums[2 * bin + 1] === 0) continue;
    order.push(bin);
    totalG += sums[2 * bin];
    totalH += sums[2 * bin + 1];
    total += weights[bin];
  }
  const ratio = (bin: number) => sums[2 * bin] / (sums[2 * bin + 1] + levelSmoothing);
  order.sort((a, b) => ratio(a) - ratio(b) || a - b);
  let [g, h, rows, best, cut] = [0, 0, 0, 0, -1];
  let [cutG, cutH] = [0, 0];
  for (let i = 0; i + 1 < order.length; i++) {
    g += sums[2 * order[i]];
    h += sums[2 * order[i] + 1];
    rows += weights[order[i]];
    if (rows < minLeafRows || h < minHessian) continue;
    if (total - rows < minLeafRows || totalH - h < minHessian) break;
    const gain = gainOf(g, h, totalG - g, totalH - h);
    if (gain <= best) continue;
    best = gain;
    cut = i;
    [cutG, cutH] = [g, h];
  }
  if (cut < 0) return 0;
  const low = newton(cutG, cutH, learningRate);
  const high = newton(totalG - cutG, totalH - cutH, learningRate);
  order.forEach((bin, i) => {
    moveCells(sums, step, bin, bin + 1, i <= cut ? low : high);
  });
  return best;
}

/** Where a table of two columns is cut into quadrants, and what they hold. */
export interface QuadrantCut {
  /** Last group of the first and of the second column on the near side; -1: no cut. */
  readonly first: number;
  readonly second: number;
  /** What an interaction saves over the two columns' own effects. */
  readonly gain: number;
  /** Gradient and hessian of near-near, near-far, far-near and far-far. */
  readonly quadrants: readonly { readonly g: number; readonly h: number }[];
}

/**
 * The cut of both columns whose quadrants interact most. Lou et al. (2013), FAST, judge a cut by the fit of all four quadrants; this by
 * the one degree of freedom of that fit which no sum of the columns' own effects has: the contrast c of the four means, which saves
 * c^2 / sum(1 / hessian). All cuts from one pass over running sums.
 */
export function bestQuadrants(
  columns: number,
  sums: Float64Array,
  weights: Float64Array,
  minLeafRows: number,
): QuadrantCut {
  const lines = sums.length / 2 / columns;
  const least = hessianOfRows(sums, weights, minLeafRows);
  const below = new Float64Array(2 * columns);
  const total = new Float64Array(2 * columns);
  for (let at = 0; at < sums.length; at++) total[at % (2 * columns)] += sums[at];
  for (let at = 2; at < total.length; at++) total[at] += total[at - 2];
  const [allG, allH] = [total[2 * columns - 2], total[2 * columns - 1]];
  let best: QuadrantCut = { first: -1, second: -1, gain: 0, quadrants: [] };
  for (let line = 0; line + 1 < lines; line++) {
    let [lineG, lineH] = [0, 0];
    for (let at = 0, from = 2 * columns * line; at < below.length; at += 2, from += 2) {
      below[at] += sums[from];
      below[at + 1] += sums[from + 1];
      lineG += below[at];
      lineH += below[at + 1];
    }
    if (lineH < 2 * least) continue;
    if (allH - lineH < 2 * least) break;
    let [g, h] = [0, 0];
    for (let column = 0; column + 1 < columns; column++) {
      g += below[2 * column];
      h += below[2 * column + 1];
      const nearFar = lineH - h;
      const farNear = total[2 * column + 1] - h;
      const farFar = allH - lineH - farNear;
      if (h < least || nearFar < least || farNear < least || farFar < least) continue;
      const farNearG = total[2 * column] - g;
      const [a, b, c, d] = [1 / h, 1 / nearFar, 1 / farNear, 1 / farFar];
      const contrast = g * a - (lineG - g) * b - farNearG * c + (allG - lineG - farNearG) * d;
      const gain = (contrast * contrast) / (a + b + c + d);
      if (gain <= best.gain) continue;
      const quadrants = [
        { g, h },
        { g: lineG - g, h: nearFar },
        { g: farNearG, h: farNear },
        { g: allG - lineG - farNearG, h: farFar },
      ];
      best = { first: line, second: column, gain, quadrants };
    }
  }
  return best;
}

/** What so many rows add to the hessians on average: a third running sum a cell would cost too much. */
function hessianOfRows(sums: Float64Array, weights: Float64Array, rows: number): number {
  let [hessian, weight] = [0, 0];
  for (let cell = 0; cell < weights.length; cell++) {
    hessian += sums[2 * cell + 1];
    weight += weights[cell];
  }
  return Math.max(minHessian, (rows * hessian) / Math.max(1, weight));
}

/** Adds the step of the best cut: each quadrant moves by its own value, and what the columns do apart is theirs in the end (`purify`). */
function cutPair(
  [lines, columns]: readonly [Groups, Groups],
  sums: Float64Array,
  weights: Float64Array,
  step: Float64Array,
  { learningRate, minLeafRows }: CutOptions,
): number {
  const { first, second, gain, quadrants } = bestQuadrants(columns.count, sums, weights, minLeafRows);
  if (gain === 0) return 0;
  const values = quadrants.map(({ g, h }) => newton(g, h, learningRate));
  // Groups that training never had stay at 0.
  const [lastLine, lastColumn] = [lines, columns].map(({ count, hasEmpty }) => (hasEmpty ? count - 1 : count));
  for (let line = 0; line < lastLine; line++) {
    for (let column = 0, cell = line * columns.count; column < lastColumn; column++, cell++) {
      step[cell] += values[(line > first ? 2 : 0) + (column > second ? 1 : 0)];
    }
  }
  return gain;
}
