import { quantile } from '../../statistics/quantile.ts';

/** Losses on a scale that spreads the best ones, and the way back. */
export interface LogScaledLosses {
  readonly values: Float64Array;
  /** A value of the scale as a loss. */
  toLoss(value: number): number;
}

/** Least distance of the floor below the best loss: a share of that from the best to the median, and of the whole range. */
const [leastOfMedian, leastOfRange] = [0.1, 1e-10];

/**
 * The logarithm of how far each loss lies above a floor just below the best one, in units of the whole range, so that a model of it
 * tells good from very good, however bad the worst are (Hutter et al. 2010 take plain logarithms, of running times; a floor as in SMAC3
 * makes them work for losses of either sign): log((y - floor) / (max - min)), floor = min - (5th percentile - min), or further
 * down where many trials are nearly as good as the best: the floor is also the most that an improvement can be thought to reach. Equal
 * losses all become 0.
 * @param losses [observations] finite, at least one
 */
export function logScaled(losses: Float64Array): LogScaledLosses {
  const ascending = losses.toSorted();
  const [least, most] = [ascending[0], ascending[ascending.length - 1]];
  // Halves of the largest numbers do not overflow.
  const range = most / 2 - least / 2;
  if (!(range > 0)) return { values: losses.map(() => 0), toLoss: () => least };
  const above = (share: number) => (quantile(ascending, share) / 2 - least / 2) / range;
  const gap = Math.max(above(0.05), leastOfMedian * above(0.5), leastOfRange);
  const share = (loss: number) => (loss / 2 - least / 2) / range + gap;
  return {
    values: losses.map((loss) => Math.log(share(loss))),
    toLoss: (value) => 2 * (least / 2 + (Math.exp(value) - gap) * range),
  };
}
