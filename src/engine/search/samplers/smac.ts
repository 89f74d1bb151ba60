import { logNormalImprovement } from '../acquisition/log-normal-improvement.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import { logScaled } from '../surrogates/log-scaled-losses.ts';
import { type ForestOptions, fitForest } from '../surrogates/random-forest.ts';
import { modelBasedSampler } from './model-based.ts';

export interface SmacOptions {
  readonly forest?: ForestOptions;
  /** Share of the suggestions that is drawn at random; default: 0.2. */
  readonly randomShare?: number;
  /** Quasi-random configurations that the forest is asked about, and local searches from the best of all; defaults: 10,000 and 10. */
  readonly challengers?: number;
  readonly localSearches?: number;
}

/** Quasi-random configurations at the start: ten a parameter, at most a quarter of the trials to come. */
const startPerParameter = 10;
const startShare = 0.25;
const trialsWhereUnknown = 100;

/**
 * Sequential model-based algorithm configuration (Hutter et al. 2011; constants as SMAC3 2.4 has them): a random forest is fitted on
 * the logarithms of the losses, and of ten thousand configurations, and of those that local searches from the best reach, the one with
 * the highest expected improvement is suggested; every fifth is drawn at random. The forest splits on choices and on whether a parameter
 * is active, and so needs no distances in conditional spaces.
 */
export function smacSampler(options: SmacOptions = {}): Sampler {
  const { forest, randomShare = 0.2, challengers = 10_000, localSearches = 10 } = options;
  return modelBasedSampler({
    name: 'smac',
    startTrials,
    randomShare,
    scale: logScaled,
    fit: ({ space }, points, losses, random) => fitForest(space, points, losses, random, forest),
    acquisition: logNormalImprovement,
    search: { draws: challengers, starts: localSearches },
  });
}

function startTrials({ space, expected }: StudyView): number {
  const most = Math.floor(startShare * (expected.trials ?? trialsWhereUnknown));
  return Math.max(1, Math.min(startPerParameter * space.parameters.length, most));
}
