import type { Parameter, Params, Value } from '../../shared/space.ts';
import type { Reason } from '../../shared/trial.ts';
import type { Random } from '../random.ts';
import { configure, isForbidden } from '../space/conditions.ts';
import { containsConfiguration, sampleConfiguration } from '../space/configuration.ts';
import { configurations, spaceSize } from '../space/enumeration.ts';
import type { Sampler, Suggestion } from './sampler.ts';
import type { StudyView } from './study-view.ts';

/** How often a sampler may suggest what was tried before, and how many uniform draws then look for something new. */
const samplerAttempts = 5;
const uniformAttempts = 200;

/**
 * A whole configuration that was not tried before. Where the sampler insists on old ones, a new one is drawn uniformly, and the
 * reason says so. A configuration is repeated only where all are tried, or where a continuous space gave no new one in 200 draws.
 */
export function suggest(sampler: Sampler, study: StudyView, number: number, random: Random): Suggestion {
  for (let attempt = 0; attempt < samplerAttempts; attempt++) {
    const stream = attempt === 0 ? random : random.fork(`again ${attempt}`);
    const suggestion = complete(sampler, study, number, {}, stream);
    if (!study.tried(suggestion.params, suggestion.fidelity)) return suggestion;
  }
  const why = (words: string): Reason => ({ sampler: sampler.name, phase: 'explore', words });
  const stream = random.fork('uniform');
  for (let draw = 0; draw < uniformAttempts; draw++) {
    const params = sampleConfiguration(study.space, stream);
    if (!study.tried(params)) {
      const words = `Drawn at random: ${samplerAttempts} suggestions of the ${sampler.name} sampler had all been tried before.`;
      return { params, why: why(words) };
    }
  }
  return leftOver(study, stream, why);
}

/**
 * A waiting trial's configuration with values for what was left out: the sampler's, or uniform ones where the sampler's make a forbidden
 * combination. What is given may have been tried before.
 */
export function fillIn(sampler: Sampler, study: StudyView, number: number, given: Params, random: Random): Params {
  for (let attempt = 0; attempt < samplerAttempts; attempt++) {
    const stream = attempt === 0 ? random : random.fork(`again ${attempt}`);
    const { params } = complete(sampler, study, number, given, stream);
    if (!isForbidden(study.space, params)) return params;
  }
  return sampleConfiguration(study.space, random.fork('uniform'), given);
}

/**
 * The sampler's suggestion around values that are given: those stay, active parameters that are still without a value are sampled
 * independently. The sampler's reason speaks of what it chose. Throws a RangeError where the sampler leaves the space: a fault of ours.
 */
function complete(sampler: Sampler, study: StudyView, number: number, given: Params, random: Random): Suggestion {
  const relative = sampler.sampleRelative(study, number, sampler.relativeSpace(study), random);
  const chosen: Params = { ...relative.params, ...given };
  const independent = ({ name, distribution }: Parameter): Value =>
    sampler.sampleIndependent(study, number, name, distribution, random);
  const params = configure(study.space, (parameter) => chosen[parameter.name] ?? independent(parameter));
  if (!containsConfiguration(study.space, params)) {
    throw new RangeError(`the sampler "${sampler.name}" left the space: ${JSON.stringify(params)}`);
  }
  return { ...relative, params };
}

function leftOver(study: StudyView, random: Random, why: (words: string) => Reason): Suggestion {
  const untried: Params[] = [];
  if (Number.isFinite(spaceSize(study.space))) {
    for (const params of configurations(study.space)) if (!study.tried(params)) untried.push(params);
  }
  if (untried.length > 0) {
    const words = `Drawn at random from the ${untried.length} configuration(s) that are not tried yet.`;
    return { params: untried[random.integer(untried.length)], why: why(words) };
  }
  const words = `Repeats an earlier configuration: ${uniformAttempts} random draws gave nothing new.`;
  return { params: sampleConfiguration(study.space, random), why: why(words) };
}
