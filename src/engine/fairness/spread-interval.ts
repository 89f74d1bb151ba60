import type { Interval } from '../../shared/results/result.ts';
import { mean } from '../statistics/mean.ts';
import { centralInterval } from '../statistics/quantile.ts';

/**
 * 95 % interval of a largest less a smallest: that of resampled groups is too large on average, by about as much as it is larger than the
 * observed one.
 * @param drawn of resamples
 */
export function spreadInterval(drawn: readonly number[], value: number): Interval {
  const bias = mean(drawn) - value;
  const { low, high } = centralInterval(drawn, 0.95);
  return { low: Math.max(0, Math.min(value, low - bias)), high: Math.max(value, high - bias) };
}
