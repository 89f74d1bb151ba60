import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import type { Interval } from '../../shared/results/result.ts';

/**
 * Exact interval of a proportion (Clopper and Pearson 1934) from beta quantiles.
 * Throws a RangeError unless 0 <= successes <= trials and trials >= 1.
 * @param confidence such as 0.95
 */
export function clopperPearson(successes: number, trials: number, confidence = 0.95): Interval {
  if (!(trials >= 1 && successes >= 0 && successes <= trials))
    throw new RangeError(`${successes} successes of ${trials} trials have no proportion`);
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  };
}
