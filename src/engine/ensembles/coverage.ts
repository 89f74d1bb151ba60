import type { HeldShare } from '../../shared/results/final-models.ts';
import type { Interval } from '../../shared/results/result.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { mean } from '../statistics/mean.ts';
import { centralInterval } from '../statistics/quantile.ts';

/** Shares of rows whose truth a set or an interval may be asked to hold. */
export const coverages = [0.8, 0.9, 0.95, 0.99] as const;
export type CoverageLevel = (typeof coverages)[number];

/** How often a promise to hold the truth was kept on rows that were not used to make it. */
export interface Coverage extends HeldShare {
  /** Mean width of the intervals, in the target's unit, or mean number of classes in the sets; infinite where an interval is. */
  readonly meanSize: number;
  /** Between which the central nine tenths of all widths lie; absent for sets, and where one is infinite. */
  readonly sizes?: Interval;
  /** Each quarter of the rows, from the narrowest intervals to the widest; absent where widths do not differ. */
  readonly quarters?: readonly HeldShare[];
}

/** [rows] each; infinite where there were too few rows for the level. */
export interface PredictionIntervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** member: [rows x classes] 1 where the class is in the row's set. */
export interface PredictionSets {
  readonly member: Uint8Array;
  readonly classCount: number;
}

/** Fewer rows than these tell nothing of a quarter of them. */
const leastToQuarter = 40;

/** Coverage of intervals. Throws a RangeError for no rows. */
export function intervalCoverage({ low, high }: PredictionIntervals, truth: Float64Array): Coverage {
  const held = Uint8Array.from(truth, (value, row) => (low[row] <= value && value <= high[row] ? 1 : 0));
  const widths = high.map((top, row) => top - low[row]);
  const whole = { ...heldShare(held), meanSize: mean(widths) };
  if (!Number.isFinite(whole.meanSize)) return whole;
  const sizes = centralInterval(widths);
  // Where all are of one width, the ends differ by rounding alone.
  const isEqual = sizes.high - sizes.low <= 1e-9 * sizes.high;
  if (isEqual || truth.length < leastToQuarter) return { ...whole, sizes };
  const order = Uint32Array.from(widths.keys()).sort((i, j) => widths[i] - widths[j]);
  const ends = [0, 1, 2, 3, 4].map((quarter) => Math.round((quarter * order.length) / 4));
  const quarters = ends
    .slice(1)
    .map((end, quarter) => heldShare(Uint8Array.from(order.subarray(ends[quarter], end), (row) => held[row])));
  return { ...whole, sizes, quarters };
}

/** Coverage of sets. Throws a RangeError for no rows. */
export function setCoverage({ member, classCount }: PredictionSets, codes: Int32Array): Coverage {
  const held = Uint8Array.from(codes, (code, row) => member[row * classCount + code]);
  const sizes = Float64Array.from(codes, (_, row) =>
    member.subarray(row * classCount, (row + 1) * classCount).reduce((size, inside) => size + inside, 0),
  );
  return { ...heldShare(held), meanSize: mean(sizes) };
}

/** @param held [rows] 1 where the truth is within */
function heldShare(held: Uint8Array): HeldShare {
  const count = held.reduce((sum, one) => sum + one, 0);
  return { rows: held.length, coverage: count / held.length, interval: clopperPearson(count, held.length) };
}
