import type { Acquisition } from './acquisition.ts';

/**
 * The optimistic end of the model's interval (GP-UCB, Srinivas et al. 2010, turned to losses): -(mean - width x deviation).
 * @param width in standard deviations, at least 0
 */
export const lowerConfidenceBound = (width: number): Acquisition => ({
  name: 'confidence bound',
  worth(mean, deviation, _best, into) {
    into.value = width * deviation - mean;
    into.byMean = -1;
    into.byDeviation = width;
  },
});
