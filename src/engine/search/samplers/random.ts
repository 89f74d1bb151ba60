import { sampleValue } from '../../space/distribution.ts';
import type { Sampler } from '../sampler.ts';

/** Every parameter drawn uniformly and by itself (Bergstra and Bengio 2012). Learns nothing, so it handles every space and state. */
export const randomSampler: Sampler = {
  name: 'random',
  relativeSpace: () => ({ parameters: [] }),
  sampleRelative: () => ({
    params: {},
    why: { sampler: 'random', phase: 'explore', words: 'Drawn at random, without looking at earlier trials.' },
  }),
  sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
};
