import { UserError } from '../../shared/faults.ts';
import type { Params, Space } from '../../shared/space.ts';
import type { Random } from '../random.ts';
import { activeParameters, configure, isForbidden } from './conditions.ts';
import { contains, sampleValue } from './distribution.ts';
import { spaceSize } from './enumeration.ts';
import { rangeWords } from './validation.ts';

/** Draws of a configuration until one is not forbidden. */
const mostDraws = 10_000;

/**
 * A whole configuration that is not forbidden, each active parameter that is not given drawn uniformly from its distribution.
 * Throws a UserError `space-all-forbidden` where ten thousand draws are.
 */
export function sampleConfiguration(space: Space, random: Random, given: Params = {}): Params {
  for (let draw = 0; draw < mostDraws; draw++) {
    const params = configure(space, ({ name, distribution }) => given[name] ?? sampleValue(distribution, random));
    if (!isForbidden(space, params)) return params;
  }
  throw new UserError('space-all-forbidden', `${mostDraws} configurations drawn at random were all forbidden.`, {
    advice: "Take away some of 'forbidden', or narrow the ranges instead.",
  });
}

/** Whether exactly the active parameters have values, all of them possible. */
export function containsConfiguration(space: Space, params: Params): boolean {
  const active = activeParameters(space, params);
  return (
    active.length === Object.keys(params).length &&
    active.every(({ name, distribution }) => name in params && contains(distribution, params[name]))
  );
}

/** The same text for the same configuration, whatever the order of its keys. */
export const configurationKey = (params: Params): string =>
  JSON.stringify(
    Object.keys(params)
      .sort()
      .map((name) => [name, params[name]]),
  );

/**
 * Throws where a part of a configuration cannot be: `configuration-unknown-parameter`, `configuration-outside`,
 * `configuration-inactive` (its condition does not hold, or speaks of a parameter that is not given), `configuration-forbidden`
 * (whatever the values that are not given).
 */
export function checkPartial(space: Space, params: Params): void {
  const active = new Set(activeParameters(space, params).map(({ name }) => name));
  for (const [name, value] of Object.entries(params)) {
    const parameter = space.parameters.find((other) => other.name === name);
    if (!parameter) {
      const known = space.parameters.map((other) => other.name).join(', ') || 'none';
      throw new UserError('configuration-unknown-parameter', `"${name}" is not a parameter of the space.`, {
        advice: `Known: ${known}.`,
      });
    }
    if (!contains(parameter.distribution, value)) {
      const range = rangeWords(parameter.distribution);
      throw new UserError(
        'configuration-outside',
        `parameter "${name}" must be ${range}; got ${JSON.stringify(value)}.`,
      );
    }
    if (!active.has(name)) {
      const needs = (parameter.when ?? []).map((c) => `${c.parameter} ${c.oneOf.join(' or ')}`).join(' and ');
      throw new UserError('configuration-inactive', `parameter "${name}" exists only where ${needs}.`, {
        advice: `Give those values too, or leave "${name}" out.`,
      });
    }
  }
  if (space.forbidden && spaceSize(space, params) === 0) {
    throw new UserError('configuration-forbidden', `the configuration ${JSON.stringify(params)} is forbidden.`, {
      advice: "Change one of its values, or 'forbidden'.",
    });
  }
}
