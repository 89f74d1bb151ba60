import { countWords } from '../../shared/results/numbers.ts';
import type { Distribution, Parameter, Params, Space } from '../../shared/space.ts';
import { isOver, type Trial } from '../../shared/trial.ts';
import { containsConfiguration } from '../space/configuration.ts';
import { contains } from '../space/distribution.ts';
import { checkSpace } from '../space/validation.ts';
import { observedDistribution, uniteDistributions } from './distribution-union.ts';
import { inferConditions } from './inferred-conditions.ts';

/** A parameter as one trial was asked for it. */
export interface AskedParameter {
  readonly name: string;
  readonly distribution: Distribution;
}

/**
 * The space that trials span which were each asked for their own parameters: differing distributions are joined, conditions inferred from
 * who has which parameter. `asked`: one list a trial, in the order in which they were asked for.
 */
export function spanningSpace(trials: readonly Trial[], asked: readonly (readonly AskedParameter[])[]): Space {
  const known = new Map<string, Distribution>();
  const seen = valuesByName(trials);
  // Nearly every trial is asked for the same distribution as the one before.
  const joined = new Set<string>();
  for (const { name, distribution } of asked.flat()) {
    const text = JSON.stringify([name, distribution]);
    if (joined.has(text)) continue;
    joined.add(text);
    const before = known.get(name);
    known.set(name, before ? uniteDistributions(before, distribution, seen.get(name) ?? []) : distribution);
  }
  const parameters = [...known].map(([name, distribution]) => ({ name, distribution }));
  return checkSpace(inferConditions(parameters, endedConfigurations(trials)));
}

/** As `spanningSpace`, where nothing says what could have been asked for: the values that were seen span it. */
export function observedSpace(trials: readonly Trial[]): Space {
  const parameters = [...valuesByName(trials)].map(([name, values]) => ({
    name,
    distribution: observedDistribution(values),
  }));
  return checkSpace(inferConditions(parameters, endedConfigurations(trials)));
}

/** A space that was written down, its ranges widened where trials left them. */
export function widenedSpace({ parameters, forbidden }: Space, trials: readonly Trial[]): Space {
  const seen = valuesByName(trials);
  const widened = parameters.map((parameter): Parameter => {
    const { distribution } = parameter;
    const beyond = (seen.get(parameter.name) ?? []).filter((value) => !contains(distribution, value));
    if (beyond.length === 0) return parameter;
    return { ...parameter, distribution: uniteDistributions(distribution, observedDistribution(beyond), beyond) };
  });
  return checkSpace(widened, forbidden);
}

/** Which trials lie outside of the space, in a sentence; none where none do. Trials that wait or run may still be incomplete. */
export function outsideNotes(space: Space, trials: readonly Trial[]): string[] {
  const over = trials.filter(isOver);
  const outside = over.filter(({ params }) => !containsConfiguration(space, params)).map(({ number }) => number);
  if (outside.length === 0) return [];
  const named = outside.slice(0, 10).join(', ') + (outside.length > 10 ? ', ...' : '');
  return [
    `${countWords(outside.length, 'trial')} (${named}) ${outside.length === 1 ? 'lies' : 'lie'} outside of the space that the others span: kept and shown, but no analysis of parameters learns from ${outside.length === 1 ? 'it' : 'them'}.`,
  ];
}

function valuesByName(trials: readonly Trial[]): Map<string, Params[string][]> {
  const seen = new Map<string, Params[string][]>();
  for (const { params } of trials) {
    for (const [name, value] of Object.entries(params)) {
      const values = seen.get(name);
      if (values) values.push(value);
      else seen.set(name, [value]);
    }
  }
  return seen;
}

/** Of trials that ended: one that waits or runs may not have asked for everything yet. */
const endedConfigurations = (trials: readonly Trial[]): Params[] => trials.filter(isOver).map(({ params }) => params);
