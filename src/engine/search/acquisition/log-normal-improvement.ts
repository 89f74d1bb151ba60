import { density } from '../../numerics/log-normal.ts';
import { cumulative } from '../../numerics/standard-normal.ts';
import type { Acquisition } from './acquisition.ts';

/**
 * Expected improvement of a loss whose logarithm is foretold by a normal distribution (Hutter et al. 2009, section 5.2):
 * E max(0, f - e^N) = f Phi(v) - e^(mean + s^2 / 2) Phi(v - s), v = (log f - mean) / s, where `best` is log f.
 */
export const logNormalImprovement: Acquisition = {
  name: 'expected improvement',
  worth(mean, deviation, best, into) {
    const v = (best - mean) / deviation;
    const lost = Math.exp(mean + 0.5 * deviation ** 2) * cumulative(v - deviation);
    into.value = Math.max(0, Math.exp(best) * cumulative(v) - lost);
    into.byMean = -lost;
    // f phi(v) = e^(mean + s^2 / 2) phi(v - s), so that the other terms cancel.
    into.byDeviation = Math.exp(best) * density(v) - deviation * lost;
  },
};
