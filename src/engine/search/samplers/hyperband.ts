import type { Sampler } from '../sampler.ts';
import { type BracketRule, hyperbandBrackets } from './halving/brackets.ts';
import { drawAtRandom, halvingSampler } from './halving/halving-sampler.ts';
import { fidelityLevels } from './halving/levels.ts';

export interface HyperbandOptions {
  /** One in this many goes on from a rung, with this many times the resource. */
  readonly eta?: number;
  readonly rule?: BracketRule;
}

const name = 'hyperband';

/**
 * Hyperband (Li et al. 2018, algorithm 1): brackets of successive halving in turn, from many configurations at the least of the resource
 * to few that get all of it at once, so that a resource whose small amounts mislead costs no more than a factor of its brackets.
 */
export const hyperbandSampler = ({ eta = 3, rule = 'formula' }: HyperbandOptions = {}): Sampler =>
  halvingSampler({
    name,
    brackets: (resource) => hyperbandBrackets(fidelityLevels(resource, eta), eta, rule),
    draw: (study, place, random) => drawAtRandom(study, name, place, random),
  });
