import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { ranks } from './rank-correlation.ts';

/** How alike a value is to the next one. */
export interface SerialCorrelation {
  /** About the correlation of a value's rank with that of the next: 0 where the order says nothing. */
  readonly correlation: number;
  /** One-sided: chance of values so alike in a random order. */
  readonly p: number;
}

const fewest = 20;

/**
 * The rank version of von Neumann's ratio (Bartels 1982), sum of squared steps over sum of squares, by its normal limit with variance
 * 20 / (5 n + 7). Nothing is said of fewer than 20 values.
 * @param values in their order, none NaN
 */
export function serialCorrelation(values: ArrayLike<number>): SerialCorrelation {
  const all = ranks(values);
  const n = all.length;
  const centre = (n + 1) / 2;
  let [steps, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    squares += (all[i] - centre) ** 2;
    if (i > 0) steps += (all[i] - all[i - 1]) ** 2;
  }
  if (n < fewest || squares === 0) return { correlation: 0, p: 1 };
  const ratio = steps / squares;
  return { correlation: 1 - ratio / 2, p: normalCdf((ratio - 2) / Math.sqrt(20 / (5 * n + 7)), 0, 1) };
}
