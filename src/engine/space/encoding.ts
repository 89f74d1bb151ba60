import type { Distribution, Params, Space, Value } from '../../shared/space.ts';
import { numericAxis } from './axis.ts';
import { configure } from './conditions.ts';
import { fromNumber, isCategorical, toNumber } from './distribution.ts';

/**
 * A configuration as a point of the unit cube, one coordinate a parameter in the space's order: numbers along their axis
 * (logarithms where logarithmic, places where ordinal), the i-th of n choices at (i + 1/2) / n, a single value at 1/2. NaN where a parameter is not active.
 */
export const encode = (space: Space, params: Params): Float64Array =>
  Float64Array.from(space.parameters, ({ name, distribution }) =>
    name in params ? encodeValue(distribution, params[name]) : Number.NaN,
  );

/** The configuration that holds the point: its cell on a grid or among choices. Coordinates of parameters that are not active are ignored. */
export function decode(space: Space, point: Float64Array): Params {
  const index = new Map(space.parameters.map(({ name }, i) => [name, i]));
  return configure(space, ({ name, distribution }) => decodeValue(distribution, point[index.get(name) as number]));
}

export function encodeValue(distribution: Distribution, value: Value): number {
  if (isCategorical(distribution)) {
    return (distribution.choices.indexOf(value) + 0.5) / distribution.choices.length;
  }
  const { low, high, toPosition } = numericAxis(distribution);
  return low === high ? 0.5 : (toPosition(toNumber(distribution, value)) - low) / (high - low);
}

export function decodeValue(distribution: Distribution, coordinate: number): Value {
  if (isCategorical(distribution)) {
    const { choices } = distribution;
    return choices[Math.min(choices.length - 1, Math.max(0, Math.floor(coordinate * choices.length)))];
  }
  const { low, high, toValue } = numericAxis(distribution);
  return fromNumber(distribution, toValue(low + coordinate * (high - low)));
}
