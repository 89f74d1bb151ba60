import type { Distribution, Parameter, Params, Space, Value } from '../../../shared/space.ts';
import { activeParameters, configure, isForbidden } from '../../space/conditions.ts';
import { size, valuesOf } from '../../space/distribution.ts';
import { decodeValue } from '../../space/encoding.ts';

/** Values along a parameter: all where there are at most so many, else so many evenly along its axis, ends included. */
export function valuesAlong(distribution: Distribution, most: number): readonly Value[] {
  if (size(distribution) <= most) return valuesOf(distribution);
  const even = Array.from({ length: most }, (_, i) => decodeValue(distribution, i / (most - 1)));
  return [...new Set(even)];
}

/**
 * A configuration with one value changed. Parameters that this closes are left out; those that it opens take their values from the
 * first of the examples that has this value too (a learner's own defaults, say), else the middle of their range.
 */
export function withValue(
  space: Space,
  params: Params,
  name: string,
  value: Value,
  examples: readonly Params[] = [],
): Params {
  const example = examples.find((other) => other[name] === value) ?? {};
  return configure(space, (parameter) => {
    if (parameter.name === name) return value;
    return params[parameter.name] ?? example[parameter.name] ?? decodeValue(parameter.distribution, 0.5);
  });
}

/** The configuration with each of so many values along one of its parameters, those left out that are forbidden. */
export const variationsAlong = (
  space: Space,
  params: Params,
  { name, distribution }: Parameter,
  most: number,
  examples: readonly Params[],
): Params[] =>
  valuesAlong(distribution, most)
    .map((value) => withValue(space, params, name, value, examples))
    .filter((varied) => !isForbidden(space, varied));

/** Parameters that exist in a configuration and could be otherwise. */
export const variable = (space: Space, params: Params) =>
  activeParameters(space, params).filter(({ distribution }) => size(distribution) > 1);
