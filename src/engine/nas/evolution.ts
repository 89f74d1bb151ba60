import type { Reason } from '../../shared/trial.ts';
import { hiddenText } from '../networks/graph.ts';
import { stepText } from '../networks/graph-step.ts';
import type { Random } from '../random.ts';
import { sampleConfiguration } from '../space/configuration.ts';
import { mutate, randomHidden } from './mutations.ts';
import type { ArchitectureStrategy, Individual, Proposal, Surroundings } from './strategy.ts';

export interface EvolutionOptions {
  /** Individuals that live; the paper's 100 is for thousands of trials. */
  readonly population: number;
  /** How many of the living compete to be the parent. */
  readonly sample: number;
}

/**
 * Regularised evolution (Real et al. 2019, algorithm 1): random networks until a population lives, then children of the
 * best of a random sample, drawn with replacement. Age decides who dies: the living are those that finished last, however
 * good the older ones were, so that a lucky training does not reign for ever. Children inherit their parent's weights by
 * function-preserving steps (Elsken et al. 2018), so they are trained for less.
 */
export function createEvolution({ population, sample }: EvolutionOptions): ArchitectureStrategy {
  if (!(population >= 1 && sample >= 1)) {
    throw new RangeError(
      `a population of ${population} with samples of ${sample} cannot evolve: both must be 1 or more`,
    );
  }
  return {
    name: 'evolution',
    suggest: (history, surroundings, random) =>
      history.length < population
        ? firstGeneration(history.length, population, surroundings, random)
        : childOf(tournament(living(history, population), sample, random), surroundings, random),
  };
}

/** For the tens of trials of a run on one machine; NAS-Bench-201 used 30 and 10 for hundreds. */
export const evolution = createEvolution({ population: 10, sample: 4 });

/** The youngest `population`. */
export const living = (history: readonly Individual[], population: number): readonly Individual[] =>
  history.slice(-population);

/** The best of `sample` individuals drawn with replacement, the elder of equals; with all that were drawn. */
export function tournament(
  alive: readonly Individual[],
  sample: number,
  random: Random,
): { parent: Individual; drawn: readonly Individual[] } {
  const drawn = Array.from({ length: sample }, () => alive[random.integer(alive.length)]);
  const parent = drawn.reduce((best, next) =>
    next.loss < best.loss || (next.loss === best.loss && next.number < best.number) ? next : best,
  );
  return { parent, drawn };
}

function firstGeneration(born: number, population: number, { space }: Surroundings, random: Random): Proposal {
  const graph = hiddenText(randomHidden(random));
  const why: Reason = {
    sampler: 'evolution',
    phase: 'start-up',
    words: `A random network, ${born + 1} of the first ${population}.`,
  };
  return { params: sampleConfiguration(space, random), graph, step: null, parent: null, why };
}

function childOf(
  { parent, drawn }: { parent: Individual; drawn: readonly Individual[] },
  { space }: Surroundings,
  random: Random,
): Proposal {
  const { graph, params, step } = mutate(parent.graph, parent.params, space, random);
  const words = stepText(step);
  const others = [...new Set(drawn.map(({ number }) => number))].filter((number) => number !== parent.number);
  const why: Reason = {
    sampler: 'evolution',
    phase: 'mutate',
    words: `Child of trial ${parent.number}, the best of ${others.length + 1} drawn from the living (${words}).`,
    spokeFor: [parent.number],
    spokeAgainst: others,
    parent: parent.number,
    step: words,
  };
  return { params, graph, step: words, parent: parent.number, why };
}
