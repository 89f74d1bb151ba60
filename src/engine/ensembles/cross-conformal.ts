import { firstAtLeast } from '../statistics/first-at-least.ts';
import { checkLevel, type PredictionIntervals } from './conformal.ts';

/** Absolute out-of-fold errors, ascending, for each fold; plain numbers. */
export interface CrossResiduals {
  readonly folds: readonly Float64Array[];
}

/**
 * @param predicted [rows] each by a model that was fitted without the row
 * @param foldOf [rows] 0, 1, ...: whose model that was
 */
export function crossResiduals(
  predicted: Float64Array,
  truth: Float64Array,
  foldOf: ArrayLike<number>,
  foldCount: number,
): CrossResiduals {
  const errors = truth.map((value, row) => Math.abs(value - predicted[row]));
  return {
    folds: Array.from({ length: foldCount }, (_, fold) => errors.filter((_, row) => foldOf[row] === fold).sort()),
  };
}

/**
 * CV+ intervals (Barber, Candes, Ramdas and Tibshirani 2021, section 3): each row of the folds says `its fold's model at x -+ its own
 * error`; the interval reaches from the floor(alpha (n + 1))-th smallest of the lower ends to the ceil((1 - alpha)(n + 1))-th smallest
 * of the upper ones. Covers at least 1 - 2 alpha (theorem 4, up to a term that vanishes with the folds' size), in practice about 1 -
 * alpha.
 * @param byFold [folds] of [rows]: what each fold's model predicts for the new rows
 */
export function crossIntervals(
  { folds }: CrossResiduals,
  byFold: readonly Float64Array[],
  alpha: number,
): PredictionIntervals {
  checkLevel(alpha);
  const count = folds.reduce((sum, errors) => sum + errors.length, 0);
  const rank = Math.ceil((count + 1) * (1 - alpha) - 1e-9);
  const rows = byFold[0].length;
  const [low, high] = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    // The lower end is the upper one of the mirrored problem: floor(alpha (n + 1)) from below is the same rank from above.
    low[row] = -nthSmallest(
      folds,
      byFold.map((values) => -values[row]),
      rank,
    );
    high[row] = nthSmallest(
      folds,
      byFold.map((values) => values[row]),
      rank,
    );
  }
  return { low, high };
}

/** The rank-th smallest of `shift + error` over all folds, by bisection of the value; infinite where there are not so many. */
function nthSmallest(folds: readonly Float64Array[], shifts: readonly number[], rank: number): number {
  const count = folds.reduce((sum, errors) => sum + errors.length, 0);
  if (rank > count) return Number.POSITIVE_INFINITY;
  // The value is the smallest sum at which enough are not above: look for it in each fold by its sorted errors.
  let least = Number.POSITIVE_INFINITY;
  folds.forEach((errors, fold) => {
    let [from, to] = [0, errors.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (notAbove(folds, shifts, shifts[fold] + errors[middle]) >= rank) to = middle;
      else from = middle + 1;
    }
    if (from < errors.length) least = Math.min(least, shifts[fold] + errors[from]);
  });
  return least;
}

/** How many sums of all folds are not above this value. */
function notAbove(folds: readonly Float64Array[], shifts: readonly number[], value: number): number {
  let count = 0;
  folds.forEach((errors, fold) => {
    // Compared as sums, as they were made: a difference would round otherwise.
    let at = firstAtLeast(errors, value - shifts[fold]);
    while (at < errors.length && shifts[fold] + errors[at] <= value) at++;
    while (at > 0 && shifts[fold] + errors[at - 1] > value) at--;
    count += at;
  });
  return count;
}
