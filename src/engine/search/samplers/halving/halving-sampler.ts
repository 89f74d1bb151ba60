import type { Params } from '../../../../shared/space.ts';
import type { Reason } from '../../../../shared/trial.ts';
import type { Random } from '../../../random.ts';
import { sampleConfiguration } from '../../../space/configuration.ts';
import { sampleValue } from '../../../space/distribution.ts';
import type { Sampler, Suggestion } from '../../sampler.ts';
import type { Resource, StudyView } from '../../study-view.ts';
import type { Bracket } from './brackets.ts';
import { freshConfiguration } from './fresh.ts';
import { openPlaces, type Place, placeAttributes } from './places.ts';
import { amount, promotable, promotion } from './promotion.ts';

/** A configuration and why, without what it may use. */
export interface Draw {
  readonly params: Params;
  readonly why: Reason;
}

/** What makes one sampler that halves synchronously different from another. */
export interface HalvingPlan {
  readonly name: string;
  /** The brackets in the order they are begun; after the last the first follows. */
  brackets(resource: Resource): readonly Bracket[];
  /** A new configuration for the lowest rung of a bracket; undefined where all have been tried at this amount. */
  draw(study: StudyView, place: Place, random: Random): Draw | undefined;
}

/**
 * Synchronous successive halving over a plan's brackets: a rung is filled with new configurations, and when all its trials are over the
 * best go on with more of the resource (Jamieson and Talwalkar 2016; Li et al. 2018). Failed and pruned trials never go on.
 */
export const halvingSampler = ({ name, brackets, draw }: HalvingPlan): Sampler => ({
  name,
  sharesResource: true,
  relativeSpace: (study) => study.space,
  sampleRelative(study, _number, _space, random) {
    const resource = resourceOf(study, name);
    const shapes = brackets(resource);
    for (const place of openPlaces(study, name, (i) => shapes[i % shapes.length], shapes.length)) {
      const { rung, fidelity, below, size } = place;
      const attributes = placeAttributes(name, place);
      if (rung === 0) {
        const drawn = draw(study, place, random);
        if (drawn) return { ...drawn, fidelity, attributes };
        continue;
      }
      const candidate = promotable(study, below, size, fidelity);
      if (candidate) return promotion(name, candidate, fidelity, resource, attributes);
    }
    return whole(study, name, resource, random);
  },
  sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
});

/** A uniform draw of a configuration that is new at the place's amount of the resource. */
export function drawAtRandom(study: StudyView, name: string, place: Place, random: Random): Draw | undefined {
  const params = freshConfiguration(study, place.fidelity, random);
  const share = amount(place.fidelity, resourceOf(study, name));
  const words = `Drawn at random for bracket ${place.bracket}, which begins with ${place.size} configuration(s) at ${share}.`;
  return params && { params, why: { sampler: name, phase: 'explore', words } };
}

/** Where a finite space leaves nothing new at any lesser amount: what is still untried at the whole of it. */
export function whole(study: StudyView, name: string, resource: Resource, random: Random): Suggestion {
  const words = `Drawn at random, with all ${amount(resource.max, resource)}: nothing is new at less of them.`;
  const params = freshConfiguration(study, resource.max, random) ?? sampleConfiguration(study.space, random);
  return { params, fidelity: resource.max, why: { sampler: name, phase: 'explore', words } };
}

/** The study's resource. Throws a RangeError where it has none: `createStudy` has refused that before. */
export function resourceOf({ resource }: StudyView, name: string): Resource {
  if (resource) return resource;
  throw new RangeError(`the sampler "${name}" was asked without a resource to share out`);
}
