import { density, logCumulative, logImprovement, slopeOfLogImprovement } from '../../numerics/log-normal.ts';
import type { Acquisition } from './acquisition.ts';

/**
 * Expected improvement (Jones et al. 1998, equation 15): E max(0, best - loss) = s h(z), z = (best - mean) / s,
 * h(z) = phi(z) + z Phi(z).
 */
export const expectedImprovement: Acquisition = {
  name: 'expected improvement',
  worth(mean, deviation, best, into) {
    const z = (best - mean) / deviation;
    into.value = Math.exp(Math.log(deviation) + logImprovement(z));
    into.byMean = -Math.exp(logCumulative(z));
    into.byDeviation = density(z);
  },
};

/**
 * Its logarithm (Ament et al. 2023, equation 9), which orders points likewise but has a slope where the improvement itself has
 * underflowed to nothing.
 */
export const logExpectedImprovement: Acquisition = {
  name: 'log expected improvement',
  worth(mean, deviation, best, into) {
    const z = (best - mean) / deviation;
    const slope = slopeOfLogImprovement(z);
    into.value = Math.log(deviation) + logImprovement(z);
    into.byMean = -slope / deviation;
    into.byDeviation = (1 - z * slope) / deviation;
  },
};
