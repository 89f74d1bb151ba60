import type { Params } from '../../../shared/space.ts';
import type { Reason, Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { sampleValue } from '../../space/distribution.ts';
import { decode } from '../../space/encoding.ts';
import type { Sampler, Suggestion } from '../sampler.ts';
import type { Resource, StudyView } from '../study-view.ts';
import { type Bracket, hyperbandBrackets } from './halving/brackets.ts';
import { type Offspring, randOneBin } from './halving/differential-evolution.ts';
import { drawAtRandom, resourceOf, whole } from './halving/halving-sampler.ts';
import { fidelityLevels } from './halving/levels.ts';
import { openPlaces, type Place, placeAttributes } from './halving/places.ts';
import { amount, promotable, promotion } from './halving/promotion.ts';
import {
  type Individual,
  individual,
  type Subpopulation,
  slotAttribute,
  subpopulation,
} from './halving/subpopulation.ts';

export interface DehbOptions {
  readonly eta?: number;
  /** F: how far a mutant is moved along the difference of two others. */
  readonly factor?: number;
  /** CR: the chance that a coordinate comes from the mutant. */
  readonly crossover?: number;
}

const name = 'dehb';
/** Children of one target that are looked at until one is new. */
const attempts = 20;

interface Setting extends Required<DehbOptions> {
  readonly study: StudyView;
  readonly resource: Resource;
  readonly shapes: readonly Bracket[];
  readonly random: Random;
}

/**
 * DEHB (Awad et al. 2021): differential evolution with a population at each of Hyperband's amounts of the resource. The first bracket is
 * plain successive halving of random configurations; in the other brackets of the first round the lowest rung evolves its own
 * population and the best of a rung go on to the next; from then on nothing is promoted: every rung evolves its population with
 * parents from the best of the rung below it. A child that is no worse takes its target's slot. The figures are HpBandSter's brackets,
 * F = 0.5, CR = 0.5, rand/1/bin, eta = 3.
 */
export function dehbSampler({ eta = 3, factor = 0.5, crossover = 0.5 }: DehbOptions = {}): Sampler {
  return {
    name,
    sharesResource: true,
    relativeSpace: (study) => study.space,
    sampleRelative(study, _number, _space, random) {
      const resource = resourceOf(study, name);
      const shapes = hyperbandBrackets(fidelityLevels(resource, eta), eta, 'hpbandster');
      const setting = { study, resource, shapes, random, eta, factor, crossover };
      for (const place of openPlaces(study, name, (i) => shapes[i % shapes.length], shapes.length)) {
        const suggestion = take(place, setting);
        if (suggestion) return suggestion;
      }
      return whole(study, name, resource, random);
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

/** What is started at a place; undefined where nothing new is found for it. */
function take(place: Place, setting: Setting): Suggestion | undefined {
  const { study, resource, shapes, random } = setting;
  const { fidelity, bracket, rung, size } = place;
  const own = populationAt(fidelity, setting);
  const attributes = { ...placeAttributes(name, place), ...slotAttribute(own.next) };
  if (rung > 0 && bracket < shapes.length) {
    const below = populationAt(fidelityBelow(place, shapes), setting).ranked;
    const places = Math.min(below.length, size + own.ranked.length);
    const candidate = promotable(study, below, places, fidelity);
    return candidate && promotion(name, candidate, fidelity, resource, attributes);
  }
  const child = bracket === 0 ? undefined : evolved(place, own, setting);
  const made = child ?? drawAtRandom(study, name, place, random);
  return made && { ...made, fidelity, attributes };
}

const fidelityBelow = ({ bracket, rung }: Place, shapes: readonly Bracket[]): number =>
  shapes[bracket % shapes.length].fidelities[Math.max(0, rung - 1)];

/** A population has as many slots as the largest rung at its amount of the resource. */
function populationAt(fidelity: number, { study, shapes }: Setting): Subpopulation {
  const sizes = shapes.map(({ fidelities, sizes }) => sizes[fidelities.indexOf(fidelity)] ?? 0);
  return subpopulation(study, fidelity, Math.max(...sizes));
}

/** A child that is new at the place's amount of the resource; undefined where twenty were not. */
function evolved(place: Place, own: Subpopulation, setting: Setting): { params: Params; why: Reason } | undefined {
  const { study, shapes, random, factor, crossover } = setting;
  const below = populationAt(fidelityBelow(place, shapes), setting);
  const parents = below.ranked.slice(0, place.size);
  const target = own.members[own.next];
  const aim = target ? individual(study, target) : stranger(study, random);
  const pool = mutationPool(parents, target, setting);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const child = randOneBin(aim, pool, factor, crossover, random);
    const params = decode(study.space, child.point);
    if (!study.tried(params, place.fidelity)) return { params, why: childReason(child, place, setting) };
  }
  return undefined;
}

/** The parents without the target; where fewer than three are left, with mutants of all populations (Awad et al. 2021, section 3.2). */
function mutationPool(parents: readonly Trial[], target: Trial | undefined, setting: Setting): Individual[] {
  const { study, shapes, random, factor } = setting;
  const others = parents.filter((trial) => trial !== target);
  const pool = others.map((trial) => individual(study, trial));
  if (pool.length >= 3) return pool;
  const all = shapes[0].fidelities.flatMap((fidelity) => populationAt(fidelity, setting).ranked);
  const everyone = all.map((trial) => individual(study, trial));
  while (everyone.length < 3) everyone.push(stranger(study, random));
  while (pool.length < 3) pool.push({ point: randOneBin(everyone[0], everyone, factor, 1, random).point });
  return pool;
}

const stranger = ({ space }: StudyView, random: Random): Individual => ({
  point: Float64Array.from(space.parameters, () => random.uniform()),
});

function childReason({ target, from }: Offspring, { fidelity, bracket }: Place, setting: Setting): Reason {
  const { resource, shapes, factor } = setting;
  const parents = [...new Set([target, ...from].flatMap(({ number }) => number ?? []))];
  const [base, plus, minus] = from.map(({ number }) => (number === undefined ? 'a mutant' : `trial ${number}`));
  const kept = target.number === undefined ? 'a random point' : `trial ${target.number}`;
  return {
    sampler: name,
    phase: 'mutate',
    words: `A child of ${kept} at ${amount(fidelity, resource)}: half of it is ${base}, moved by ${factor} of the way from ${minus} to ${plus}.`,
    parents,
    generation: Math.floor(bracket / shapes.length),
  };
}
