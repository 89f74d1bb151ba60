import { logCumulative, slopeOfLogCumulative } from '../../numerics/log-normal.ts';
import type { Acquisition } from './acquisition.ts';

/** log P(loss < best) = log Phi(z), z = (best - mean) / s (Kushner 1964); the logarithm keeps its slope far from the best. */
export const probabilityOfImprovement: Acquisition = {
  name: 'log probability of improvement',
  worth(mean, deviation, best, into) {
    const z = (best - mean) / deviation;
    const slope = slopeOfLogCumulative(z) / deviation;
    into.value = logCumulative(z);
    into.byMean = -slope;
    into.byDeviation = -z * slope;
  },
};
