import { sampleValue } from '../../space/distribution.ts';
import { quasiRandom } from '../populations/start.ts';
import type { Sampler } from '../sampler.ts';

const indexName = 'sobol.index';

/**
 * A scrambled Sobol sequence over the whole space (Sobol 1967; Bousquet et al. 2017 for tuning): as ignorant of results as random
 * search, with fewer gaps. Each trial records its place in the sequence and the next goes on after the last; tried and forbidden
 * configurations are passed over. Beyond 128 parameters the rest are drawn at random.
 */
export const sobolSampler: Sampler = {
  name: 'sobol',
  relativeSpace: (study) => study.space,
  sampleRelative(study) {
    const last = study.trials.reduce((most, { attributes }) => Math.max(most, Number(attributes[indexName] ?? -1)), -1);
    const { params, index } = quasiRandom(study, last + 1);
    const words = `Point ${index} of a Sobol sequence, which fills the space evenly without looking at earlier trials.`;
    return { params, why: { sampler: 'sobol', phase: 'explore', words }, attributes: { [indexName]: index } };
  },
  sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
};
