import type { Interval } from '../../../shared/results/result.ts';
import type { Random } from '../../random.ts';
import { mean } from '../../statistics/mean.ts';
import { quantile } from '../../statistics/quantile.ts';

/** How far each row is from the imitation, and from the one number that all rows would get. */
export interface RowDistances {
  /** [rows] squared distance between the model's prediction and the imitation's. */
  readonly missed: Float64Array;
  /** [rows] squared distance between the model's prediction and the mean one. */
  readonly whole: Float64Array;
}

/** predictions, imitated: [rows x width]; from: [width] the mean of the predictions that the imitation was made of. */
export function rowDistances(predictions: Float64Array, imitated: Float64Array, from: ArrayLike<number>): RowDistances {
  const width = from.length;
  const rows = predictions.length / width;
  const [missed, whole] = [new Float64Array(rows), new Float64Array(rows)];
  predictions.forEach((value, i) => {
    const row = Math.floor(i / width);
    missed[row] += (value - imitated[i]) ** 2;
    whole[row] += (value - from[i % width]) ** 2;
  });
  return { missed, whole };
}

/** Below this share of the squared numbers, variation is rounding. */
const rounding = 1e-20;

/** Share of the variation that is explained; null where there is none. */
export function explainedShare({ missed, whole }: RowDistances, size: number): number | null {
  const variation = mean(whole);
  return variation > rounding * size ** 2 ? 1 - mean(missed) / variation : null;
}

/** 95 % percentile interval over resampled rows. */
export function shareInterval({ missed, whole }: RowDistances, replicates: number, random: Random): Interval {
  const rows = missed.length;
  const shares = new Float64Array(replicates).map(() => {
    let [gone, all] = [0, 0];
    for (let i = 0; i < rows; i++) {
      const row = random.integer(rows);
      gone += missed[row];
      all += whole[row];
    }
    // A handful of rows may be drawn that do not differ.
    return all > 0 ? 1 - gone / all : 0;
  });
  shares.sort();
  return { low: quantile(shares, 0.025), high: quantile(shares, 0.975) };
}
