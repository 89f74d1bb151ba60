import { acquisitions } from '../acquisition/acquisition.ts';
import type { Sampler } from '../sampler.ts';
import { type DngoOptions, fitDngo } from '../surrogates/dngo.ts';
import { modelBasedSampler, standardScale, startTrials } from './model-based.ts';

/**
 * Deep networks for global optimisation (Snoek et al. 2015), with expected improvement. The network is trained anew for each suggestion, on
 * so many steps that this costs the same however many trials there are.
 */
export function dngoSampler(options: DngoOptions = {}): Sampler {
  return modelBasedSampler({
    name: 'dngo',
    startTrials,
    scale: standardScale,
    fit: ({ space }, points, losses, random) => fitDngo(space, points, losses, random, options),
    acquisition: acquisitions['log-ei'],
    search: { draws: 512, starts: 6 },
  });
}
