import type { Target } from '../data/dataset.ts';
import { conformalQuantile } from './conformal-quantile.ts';
import { coverages, intervalCoverage, type PredictionIntervals } from './coverage.ts';
import { type ErrorSize, errorSizes, learnErrorSize } from './error-size.ts';
import { intervalScore, type Reach } from './interval-score.ts';
import type { JudgedPredictions, PredictedRows, PromiseKind } from './promise-kind.ts';

/** Plain JSON. */
export interface IntervalState {
  /** What a row's reach is multiplied by; absent: 1, so that all intervals are equally wide. */
  readonly size?: ErrorSize;
  /** One a level of `coverages`. */
  readonly reaches: readonly Reach[];
}

/**
 * Split conformal intervals around the prediction (Lei et al. 2018), of equal width or normalised by how large errors are expected to be
 * for the row (Papadopoulos et al. 2008; Lei et al. 2018, section 5.2), and as wide to both sides or to each as its own errors ask
 * (Romano, Patterson and Candes 2019, theorem 2): whatever has the better interval score on rows whose sizes were learnt without them.
 * Conformalised quantile regression scores a little better, but has to be fitted for every level anew; CV+ (Barber et al. 2021) needs
 * all folds' models for every row, and its widths tell no more than how the folds differ.
 */
export const predictionIntervals: PromiseKind<IntervalState> = {
  name: 'intervals',
  target: 'values',
  make: makeIntervals,
  restore({ size, reaches }) {
    const sizesOf = ({ features, prediction: { values } }: PredictedRows) =>
      size ? errorSizes(size, { features, predicted: values }) : new Float64Array(values.length).fill(1);
    return {
      check(rows, target) {
        const sizes = sizesOf(rows);
        const truth = valuesOf(target);
        return reaches.map((reach) => intervalCoverage(intervalsWithin(reach, rows.prediction.values, sizes), truth));
      },
      columns(rows, level) {
        const reach = reaches[coverages.indexOf(level)];
        const { low, high } = intervalsWithin(reach, rows.prediction.values, sizesOf(rows));
        const suffix = Math.round(100 * level);
        return [
          { name: `low_${suffix}`, cell: (row) => low[row] },
          { name: `high_${suffix}`, cell: (row) => high[row] },
        ];
      },
      held(rows, level) {
        const reach = reaches[coverages.indexOf(level)];
        const { low, high } = intervalsWithin(reach, rows.prediction.values, sizesOf(rows));
        const end = (value: number) => (Number.isFinite(value) ? value : null);
        return Array.from(low, (_, row) => ({
          kind: 'interval',
          share: level,
          low: end(low[row]),
          high: end(high[row]),
        }));
      },
    };
  },
};

/** What the forms of intervals are compared at. */
const judgedAlpha = 0.1;
/** Share of the interval score that a more flexible form must save: on errors of one size none of them does. */
const leastGain = 0.01;

async function makeIntervals(known: JudgedPredictions, signal: AbortSignal): Promise<IntervalState> {
  const { values: predicted } = known.prediction;
  const errors = valuesOf(known.target).map((value, row) => value - predicted[row]);
  const learnt = await learnErrorSize(known, errors, signal);
  if (learnt) {
    const sized = { errors: Float64Array.from(learnt.rows, (row) => errors[row]), sizes: learnt.crossFitted };
    if (scoreOf(sized, bothSides) < (1 - leastGain) * scoreOf(evenly(sized.errors), bothSides))
      return { size: learnt.size, reaches: reachesFor(sized) };
  }
  return { reaches: reachesFor(evenly(errors)) };
}

/** errors: [rows] truth - prediction; sizes: [rows] above 0 */
interface SizedErrors {
  readonly errors: Float64Array;
  readonly sizes: Float64Array;
}

const evenly = (errors: Float64Array): SizedErrors => ({ errors, sizes: new Float64Array(errors.length).fill(1) });

const scoreOf = ({ errors, sizes }: SizedErrors, sides: (sized: SizedErrors, alpha: number) => Reach): number =>
  intervalScore(errors, sizes, sides({ errors, sizes }, judgedAlpha), judgedAlpha);

/** For each of `coverages`, with sides of their own where these are better and there are rows enough for both. */
function reachesFor(sized: SizedErrors): Reach[] {
  const isSkewed = scoreOf(sized, eachSide) < (1 - leastGain) * scoreOf(sized, bothSides);
  return coverages.map((level) => {
    const own = eachSide(sized, 1 - level);
    return isSkewed && own.below !== null && own.above !== null ? own : bothSides(sized, 1 - level);
  });
}

function bothSides({ errors, sizes }: SizedErrors, alpha: number): Reach {
  const reach = conformalQuantile(
    errors.map((error, row) => Math.abs(error) / sizes[row]),
    alpha,
  );
  return { below: reach, above: reach };
}

/** Half of the misses to each side. A reach may be negative, where most truths are on the other side of the prediction. */
const eachSide = ({ errors, sizes }: SizedErrors, alpha: number): Reach => ({
  below: conformalQuantile(
    errors.map((error, row) => -error / sizes[row]),
    alpha / 2,
  ),
  above: conformalQuantile(
    errors.map((error, row) => error / sizes[row]),
    alpha / 2,
  ),
});

/** @param sizes [rows] */
export function intervalsWithin(
  { below, above }: Reach,
  predicted: Float64Array,
  sizes: Float64Array,
): PredictionIntervals {
  const end = (reach: number | null, sign: number) =>
    predicted.map((value, row) =>
      reach === null ? sign * Number.POSITIVE_INFINITY : value + sign * reach * sizes[row],
    );
  return { low: end(below, -1), high: end(above, 1) };
}

function valuesOf(target: Target): Float64Array {
  if (target.kind !== 'values') throw new RangeError('intervals are of numbers');
  return target.values;
}
