import type { Interval } from '../../../shared/results/result.ts';
import type { TrustBand } from '../../../shared/results/trust-score.ts';
import type { Prediction } from '../../models/predictor.ts';
import type { Random } from '../../random.ts';
import { clopperPearson } from '../../statistics/clopper-pearson.ts';
import { quantile } from '../../statistics/quantile.ts';
import { rankSum } from '../../statistics/rank-sum.ts';

const fifths = 5;

/** Chance that a wrong row has less than a right one. */
export function errorArea(trusts: Float64Array, isWrong: Uint8Array): number | null {
  const wrong = isWrong.reduce((sum, one) => sum + one, 0);
  return wrong === 0 || wrong === isWrong.length ? null : 1 - rankSum(trusts, isWrong).area;
}

/** 95 % percentile interval over resampled rows. */
export function areaInterval(trusts: Float64Array, isWrong: Uint8Array, replicates: number, random: Random): Interval {
  const areas: number[] = [];
  for (let b = 0; b < replicates; b++) {
    const drawn = Uint32Array.from({ length: trusts.length }, () => random.integer(trusts.length));
    const area = errorArea(
      Float64Array.from(drawn, (row) => trusts[row]),
      Uint8Array.from(drawn, (row) => isWrong[row]),
    );
    // A resample without an error says nothing of them.
    if (area !== null) areas.push(area);
  }
  const sorted = Float64Array.from(areas).sort();
  return sorted.length === 0 ? { low: 0, high: 1 } : { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/** [rows] probability of the predicted class; null of values. */
export function confidences(prediction: Prediction): Float64Array | null {
  if (prediction.kind === 'values') return null;
  const { classCount, values } = prediction;
  return Float64Array.from({ length: values.length / classCount }, (_, row) =>
    Math.max(...values.subarray(row * classCount, (row + 1) * classCount)),
  );
}

/** The rows in fifths by trust, with the errors in each. */
export function bandsOf(trusts: Float64Array, isWrong: Uint8Array): TrustBand[] {
  const order = Uint32Array.from(trusts.keys()).sort((a, b) => trusts[a] - trusts[b] || a - b);
  const bands = Math.min(fifths, order.length);
  return Array.from({ length: bands }, (_, band): TrustBand => {
    const own = order.subarray(
      Math.floor((band * order.length) / bands),
      Math.floor(((band + 1) * order.length) / bands),
    );
    const wrong = own.reduce((sum, row) => sum + isWrong[row], 0);
    return {
      low: trusts[own[0]],
      high: trusts[own[own.length - 1]],
      rows: own.length,
      wrong: wrong / own.length,
      interval: clopperPearson(wrong, own.length),
    };
  });
}
