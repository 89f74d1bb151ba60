import type { Interval } from '../../shared/results/result.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { mean } from '../statistics/mean.ts';
import type { PredictionIntervals, PredictionSets } from './conformal.ts';

/** How often a promise to hold the truth was kept on rows that were not used to make it. */
export interface Coverage {
  readonly rows: number;
  /** Share of the rows whose truth is within. */
  readonly coverage: number;
  /** Exact 95 % interval of that share. */
  readonly interval: Interval;
  /** Mean width of the intervals, in the target's unit, or mean number of classes in the sets; infinite where an interval is. */
  readonly meanSize: number;
}

/** Coverage of intervals. Throws a RangeError for no rows. */
export function intervalCoverage({ low, high }: PredictionIntervals, truth: Float64Array): Coverage {
  const covered = truth.filter((value, row) => low[row] <= value && value <= high[row]).length;
  return coverageOf(
    covered,
    high.map((top, row) => top - low[row]),
  );
}

/** Coverage of sets. Throws a RangeError for no rows. */
export function setCoverage({ member, classCount }: PredictionSets, codes: Int32Array): Coverage {
  const covered = codes.filter((code, row) => member[row * classCount + code] === 1).length;
  const sizes = Float64Array.from(codes, (_, row) =>
    member.subarray(row * classCount, (row + 1) * classCount).reduce((size, inside) => size + inside, 0),
  );
  return coverageOf(covered, sizes);
}

function coverageOf(covered: number, sizes: Float64Array): Coverage {
  const rows = sizes.length;
  return { rows, coverage: covered / rows, interval: clopperPearson(covered, rows), meanSize: mean(sizes) };
}
