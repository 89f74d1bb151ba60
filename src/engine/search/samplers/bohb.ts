import type { Random } from '../../random.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import { hyperbandBrackets } from './halving/brackets.ts';
import { type DensityOptions, densityModel, likeliest } from './halving/density-model.ts';
import { type Draw, drawAtRandom, halvingSampler, resourceOf } from './halving/halving-sampler.ts';
import { fidelityLevels } from './halving/levels.ts';
import type { Place } from './halving/places.ts';

export interface BohbOptions extends Partial<DensityOptions> {
  readonly eta?: number;
  /** Share of new configurations that are drawn at random, so that Hyperband's guarantee stays. */
  readonly randomShare?: number;
}

const name = 'bohb';

/**
 * BOHB (Falkner et al. 2018): Hyperband whose new configurations are, two times in three, those of 64 draws from the kernel density of
 * the good trials with the highest ratio to the density of the others, as TPE chooses, learnt at the largest amount of the resource
 * that has enough trials. Brackets and constants are HpBandSter's.
 */
export function bohbSampler(options: BohbOptions = {}): Sampler {
  const { eta = 3, randomShare = 1 / 3, good = 0.15, samples = 64, widening = 3 } = options;
  const density = { good, samples, widening };
  const draw = (study: StudyView, place: Place, random: Random): Draw | undefined => {
    const byChance = random.uniform() < randomShare;
    const levels = fidelityLevels(resourceOf(study, name), eta);
    const model = byChance ? undefined : densityModel(study, levels, density, random);
    const choice = model && likeliest(study, model, place.fidelity, density, random);
    return choice
      ? { params: choice.params, why: { sampler: name, ...choice.why } }
      : drawAtRandom(study, name, place, random);
  };
  const brackets: Parameters<typeof halvingSampler>[0]['brackets'] = (resource) =>
    hyperbandBrackets(fidelityLevels(resource, eta), eta, 'hpbandster');
  return halvingSampler({ name, brackets, draw });
}
