import type { Trial } from '../../../shared/trial.ts';
import { sampleValue } from '../../space/distribution.ts';
import { breed, childWords, tournament } from '../populations/breeding.ts';
import { ownTrials } from '../populations/generations.ts';
import { populationSize } from '../populations/population-size.ts';
import { finishedTrials, fittestFirst } from '../populations/standing.ts';
import { firstMember } from '../populations/start.ts';
import type { Sampler } from '../sampler.ts';

const generationName = 'nsga2.generation';

/**
 * NSGA-II (Deb et al. 2002) in its steady state (Durillo et al. 2009): the population is the fittest of all finished trials by
 * constrained domination, front and crowding, and every new trial is a child of two tournament winners of it. No generation is waited
 * for, so that any number of workers can ask, and a good trial is a parent at once. The population begins with a Sobol sequence;
 * trials of others take part. A generation is counted as one more than the older parent's.
 */
export function nsga2Sampler({ population = 50 }: { readonly population?: number } = {}): Sampler {
  return {
    name: 'nsga2',
    relativeSpace: (study) => study.space,
    sampleRelative(study, _number, _space, random) {
      const size = populationSize(study, population);
      const finished = finishedTrials(study);
      const own = ownTrials(study, generationName);
      if (finished.length < 2 || own < size) {
        return firstMember(study, 'nsga2', own, `generation of ${size}`, { [generationName]: 0 });
      }
      const fittest = fittestFirst(finished, study.directions).slice(0, size);
      const draw = () => tournament(fittest, 2, random);
      const child = breed(study, () => [draw(), draw()], random);
      const generation = 1 + Math.max(...child.parents.map((number) => generationOf(study.trials[number])));
      const why = { sampler: 'nsga2', phase: 'mutate', words: childWords(child), parents: child.parents } as const;
      return { params: child.params, why: { ...why, generation }, attributes: { [generationName]: generation } };
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

const generationOf = ({ attributes }: Trial): number => Number(attributes[generationName] ?? 0);
