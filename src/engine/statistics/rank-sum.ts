import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { ranks } from './rank-correlation.ts';

/** How two samples differ in their ranks. */
export interface RankSum {
  /** Chance that a value of the first sample is above one of the second, ties half: the area under the ROC curve. */
  readonly area: number;
  /** Two-sided, by the normal limit with ties corrected. */
  readonly p: number;
}

/**
 * Test of Wilcoxon (1945) and Mann and Whitney (1947).
 * @param isFirst [values] 1 for those of the first sample
 */
export function rankSum(values: ArrayLike<number>, isFirst: ArrayLike<number>): RankSum {
  const all = ranks(values);
  const n = all.length;
  let [sum, first] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (isFirst[i] !== 1) continue;
    sum += all[i];
    first++;
  }
  const second = n - first;
  if (first === 0 || second === 0) return { area: 0.5, p: 1 };
  const area = (sum - (first * (first + 1)) / 2) / (first * second);
  const centre = (n + 1) / 2;
  let squares = 0;
  for (const rank of all) squares += (rank - centre) ** 2;
  // The variance of a sum of ranks drawn without replacement.
  const deviation = Math.sqrt((first * second * squares) / (n * (n - 1)));
  if (!(deviation > 0)) return { area, p: 1 };
  return { area, p: 2 * normalCdf(-Math.abs(sum - first * centre) / deviation, 0, 1) };
}
