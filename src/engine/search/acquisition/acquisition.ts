import { lowerConfidenceBound } from './confidence-bound.ts';
import { expectedImprovement, logExpectedImprovement } from './expected-improvement.ts';
import { probabilityOfImprovement } from './probability-of-improvement.ts';

/** The value of an acquisition function and its slopes by the two numbers that it depends on. */
export interface Worth {
  value: number;
  byMean: number;
  byDeviation: number;
}

/**
 * What an observation is worth where a model foretells a loss by a normal distribution; higher is better. Mean, deviation and the
 * best loss so far are in one unit.
 */
export interface Acquisition {
  readonly name: string;
  /** @param deviation above 0. @param into is written to, so that a search need not allocate. */
  worth(mean: number, deviation: number, best: number, into: Worth): void;
}

/** Those that judge one point by itself, by the name in the options of a sampler. */
export const acquisitions = {
  'log-ei': logExpectedImprovement,
  ei: expectedImprovement,
  pi: probabilityOfImprovement,
  ucb: lowerConfidenceBound(2),
} as const satisfies Record<string, Acquisition>;

/** Values alone, for predictions at many points. */
export function acquisitionValues(
  acquisition: Acquisition,
  { mean, deviation }: { readonly mean: Float64Array; readonly deviation: Float64Array },
  best: number,
): Float64Array {
  const worth: Worth = { value: 0, byMean: 0, byDeviation: 0 };
  return mean.map((value, i) => {
    acquisition.worth(value, Math.max(smallestDeviation, deviation[i]), best, worth);
    return worth.value;
  });
}

/** A model that is sure of itself still leaves the acquisition finite. */
export const smallestDeviation = 1e-150;
