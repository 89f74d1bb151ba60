import type { Interval } from '../../shared/results/result.ts';
import type { Random } from '../random.ts';
import { quantile } from '../statistics/quantile.ts';

/** Resamples of the rows, drawn once and shared by all columns, so that their intervals can be compared. */
export interface Bootstrap {
  readonly replicates: number;
  /** [replicates x rows] how often each row was drawn. */
  readonly rowCounts: Uint16Array;
}

/** One shuffle of some columns. */
export interface Shuffle {
  /** [rows] where each row's shuffled values came from. */
  readonly donors: Uint32Array;
  /** [rows] losses with the shuffled values. */
  readonly losses: Float64Array;
}

export function drawBootstrap(rows: number, replicates: number, random: Random): Bootstrap {
  const rowCounts = new Uint16Array(replicates * rows);
  for (let b = 0; b < replicates; b++) for (let i = 0; i < rows; i++) rowCounts[b * rows + random.integer(rows)]++;
  return { replicates, rowCounts };
}

/**
 * 95 % percentile interval of `mean over shuffles of metric(shuffled) - metric(untouched)`.
 * A shuffled loss belongs to two rows, the one that is predicted and the one whose values it got, so it is weighted by
 * how often both were drawn (the pigeonhole bootstrap of Owen 2007). Counting the predicted row alone would take the
 * donors for given and make the interval a third too narrow; resampling the shuffles besides would count them twice.
 * @param untouched [rows] losses before any shuffling
 */
export function importanceInterval(
  shuffles: readonly Shuffle[],
  untouched: Float64Array,
  bootstrap: Bootstrap,
  metric: (mean: number) => number,
): Interval {
  const rows = untouched.length;
  const values = new Float64Array(bootstrap.replicates);
  for (let b = 0; b < bootstrap.replicates; b++) {
    const counts = bootstrap.rowCounts.subarray(b * rows, (b + 1) * rows);
    for (const shuffle of shuffles) values[b] += weightedGrowth(shuffle, untouched, counts, metric) / shuffles.length;
  }
  values.sort();
  return { low: quantile(values, 0.025), high: quantile(values, 0.975) };
}

function weightedGrowth(
  { donors, losses }: Shuffle,
  untouched: Float64Array,
  counts: Uint16Array,
  metric: (mean: number) => number,
): number {
  let weights = 0;
  let shuffledSum = 0;
  let untouchedSum = 0;
  for (let i = 0; i < losses.length; i++) {
    const weight = counts[i] * counts[donors[i]];
    weights += weight;
    shuffledSum += weight * losses[i];
    untouchedSum += weight * untouched[i];
  }
  // With a handful of rows a resample can hold no whole pair; it then says nothing about growth.
  return weights === 0 ? 0 : metric(shuffledSum / weights) - metric(untouchedSum / weights);
}
