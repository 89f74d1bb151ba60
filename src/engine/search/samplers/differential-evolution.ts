import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { sampleValue } from '../../space/distribution.ts';
import { decode, encode } from '../../space/encoding.ts';
import { trialWords } from '../populations/breeding.ts';
import { ownTrials } from '../populations/generations.ts';
import { populationSize } from '../populations/population-size.ts';
import { finishedTrials, fittestFirst } from '../populations/standing.ts';
import { firstMember } from '../populations/start.ts';
import { drawUntried } from '../populations/untried.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';

const slotName = 'differential-evolution.slot';

export interface DifferentialEvolutionOptions {
  /** Members at most. */
  readonly population?: number;
  /** F: how far the difference of two members carries. */
  readonly scale?: number;
  /** CR: probability that a coordinate is the mutant's. */
  readonly crossing?: number;
}

/**
 * Differential evolution, rand/1/bin (Storn and Price 1997), on the unit cube of the whole space: choices and grids by their cells, as in
 * DEHB (Awad et al. 2021). Each slot of the population is held by the fittest trial made for it. A new trial attacks the next slot: it
 * is the holder, crossed with a mutant of three other holders. Slots do not wait for one another, so that any number of workers can
 * ask. Trials of others take part in the slot of their number; a coordinate that is not active is filled at random.
 */
export function differentialEvolutionSampler(options: DifferentialEvolutionOptions = {}): Sampler {
  const { population = 20, scale = 0.5, crossing = 0.5 } = options;
  return {
    name: 'differential-evolution',
    relativeSpace: (study) => study.space,
    sampleRelative(study, _number, _space, random) {
      const size = populationSize(study, population);
      const own = ownTrials(study, slotName);
      const slot = own % size;
      const holders = holdersOf(study, size);
      if (own < size || holders.size < 4) {
        return firstMember(study, 'differential-evolution', own, `population of ${size}`, { [slotName]: slot });
      }
      const target = holders.get(slot) ?? [...holders.values()][random.integer(holders.size)];
      const donors = [...holders.values()].filter((trial) => trial !== target);
      const { params, donors: named } = drawUntried(study, () => {
        const mutant = mutantOf(study, donors, scale, random);
        return { params: cross(study, target, mutant.point, crossing, random), donors: mutant.parents };
      });
      const [base, plus, minus] = named;
      const generation = Math.floor(own / size);
      const words = `Attacks trial ${target.number}, crossed with trial ${base} moved by the difference of ${trialWords([plus, minus])}.`;
      const parents = [target.number, base, plus, minus];
      const why = { sampler: 'differential-evolution', phase: 'mutate', words, parents, generation } as const;
      return { params, why, attributes: { [slotName]: slot } };
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

/** The fittest trial of each slot. */
function holdersOf(study: StudyView, size: number): Map<number, Trial> {
  const holders = new Map<number, Trial>();
  for (const trial of fittestFirst(finishedTrials(study), study.directions)) {
    const slot = Number(trial.attributes[slotName] ?? trial.number % size);
    if (!holders.has(slot)) holders.set(slot, trial);
  }
  return holders;
}

/** One donor plus the scaled difference of two more; a coordinate that leaves the cube ends between the donor and the bound it crossed. */
function mutantOf({ space }: StudyView, donors: readonly Trial[], scale: number, random: Random) {
  const chosen = [...random.permutation(donors.length).subarray(0, 3)].map((i) => donors[i]);
  const [base, plus, minus] = chosen.map(({ params }) =>
    encode(space, params).map((x) => (Number.isNaN(x) ? random.uniform() : x)),
  );
  const point = base.map((x, i) => {
    const moved = x + scale * (plus[i] - minus[i]);
    return moved < 0 ? x * random.uniform() : moved > 1 ? x + (1 - x) * random.uniform() : moved;
  });
  return { point, parents: chosen.map(({ number }) => number) };
}

/** Binomial crossover: each coordinate is the mutant's with the given probability, one of them in any case. */
function cross({ space }: StudyView, target: Trial, mutant: Float64Array, crossing: number, random: Random) {
  const certain = random.integer(Math.max(1, mutant.length));
  const own = encode(space, target.params);
  return decode(
    space,
    mutant.map((x, i) => (i === certain || Number.isNaN(own[i]) || random.uniform() < crossing ? x : own[i])),
  );
}
