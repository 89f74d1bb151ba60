import type { Sampler } from '../sampler.ts';
import { hyperbandBrackets } from './halving/brackets.ts';
import { drawAtRandom, halvingSampler } from './halving/halving-sampler.ts';
import { fidelityLevels } from './halving/levels.ts';

export interface SuccessiveHalvingOptions {
  /** One in this many goes on from a rung, with this many times the resource. */
  readonly eta?: number;
}

const name = 'successive-halving';

/**
 * Successive halving (Jamieson and Talwalkar 2016), synchronous: eta^s random configurations get the least of the resource, the best of
 * every eta go on with eta times as much, up to one that gets all of it; then again. Workers that would wait for a rung begin the next
 * round. It trusts the least amount to rank configurations; Hyperband does not.
 */
export const successiveHalvingSampler = ({ eta = 3 }: SuccessiveHalvingOptions = {}): Sampler =>
  halvingSampler({
    name,
    brackets: (resource) => hyperbandBrackets(fidelityLevels(resource, eta), eta, 'hpbandster').slice(0, 1),
    draw: (study, place, random) => drawAtRandom(study, name, place, random),
  });
