import { acquisitions } from '../acquisition/acquisition.ts';
import type { Sampler } from '../sampler.ts';
import { type BohamiannOptions, fitBohamiann } from '../surrogates/bohamiann.ts';
import { modelBasedSampler, standardScale, startTrials } from './model-based.ts';

/**
 * Bayesian optimisation with networks drawn from their posterior (Springenberg et al. 2016): expected improvement of their mean and
 * spread, which knows better than one network where nothing has been seen.
 */
export function bohamiannSampler(options: BohamiannOptions = {}): Sampler {
  return modelBasedSampler({
    name: 'bohamiann',
    startTrials,
    scale: standardScale,
    fit: ({ space }, points, losses, random) => fitBohamiann(space, points, losses, random, options),
    acquisition: acquisitions['log-ei'],
    search: { draws: 512, starts: 4, rounds: 15 },
  });
}
