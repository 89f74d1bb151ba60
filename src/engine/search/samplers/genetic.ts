import { sampleValue } from '../../space/distribution.ts';
import { breed, childWords, tournament } from '../populations/breeding.ts';
import { generationsOf, ownTrials } from '../populations/generations.ts';
import { populationSize } from '../populations/population-size.ts';
import { fittestFirst } from '../populations/standing.ts';
import { firstMember } from '../populations/start.ts';
import type { Sampler } from '../sampler.ts';

const generationName = 'genetic.generation';
/** Share of the parents that are at most the fittest of all before the last generation (elitism: De Jong 1975). */
const eliteShare = 0.25;

/**
 * A genetic algorithm in generations (Holland 1975; real-coded as in Deb 2001, chapter 4): the parents are the last generation with
 * the elite of those before and of others' trials, chosen by tournaments of three; children by simulated binary or uniform crossover and polynomial mutation.
 * The first generation is a Sobol sequence. While a generation's last members run, more children of the same parents are asked for.
 */
export function geneticSampler({ population = 40 }: { readonly population?: number } = {}): Sampler {
  return {
    name: 'genetic',
    relativeSpace: (study) => study.space,
    sampleRelative(study, _number, _space, random) {
      const size = populationSize(study, population);
      const { current, before, others } = generationsOf(study, generationName, size);
      const attributes = { [generationName]: current };
      if (current === 0) {
        return firstMember(study, 'genetic', ownTrials(study, generationName), `generation of ${size}`, attributes);
      }
      const earlier = [...before.slice(0, -1).flat(), ...others];
      const elite = fittestFirst(earlier, study.directions).slice(0, Math.ceil(eliteShare * size));
      const parents = fittestFirst([...elite, ...before[before.length - 1]], study.directions).slice(0, size);
      const draw = () => tournament(parents, 3, random);
      const child = breed(study, () => [draw(), draw()], random);
      const words = `Generation ${current}. ${childWords(child)}`;
      const why = { sampler: 'genetic', phase: 'mutate', words, parents: child.parents, generation: current } as const;
      return { params: child.params, why, attributes };
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}
