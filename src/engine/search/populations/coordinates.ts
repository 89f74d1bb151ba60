import type { Parameter, Params, Space, Value } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import { configure } from '../../space/conditions.ts';
import { isCategorical, size } from '../../space/distribution.ts';
import { decodeValue, encodeValue } from '../../space/encoding.ts';

/** Parameters along a line, with more than one value: the coordinates of strategies that take steps in a vector space. */
export const steppable = ({ parameters }: Space): Parameter[] =>
  parameters.filter(({ distribution }) => !isCategorical(distribution) && size(distribution) > 1);

/**
 * The configuration at a point of the unit cube, one coordinate for each of the axes (a coordinate beyond its end gives the last value);
 * what has no coordinate is chosen, down the conditions.
 */
export function configurationAt(
  space: Space,
  axes: readonly Parameter[],
  point: Float64Array,
  choose: (parameter: Parameter) => Value,
): Params {
  const places = new Map(axes.map(({ name }, i) => [name, i]));
  return configure(space, (parameter) => {
    const place = places.get(parameter.name);
    return place === undefined ? choose(parameter) : decodeValue(parameter.distribution, point[place]);
  });
}

/** A point as text for a trial's attributes; billionths are kept, and the point must be read from the text before it is decoded. */
export const pointText = (point: Float64Array): string =>
  JSON.stringify(Array.from(point, (x) => Number(x.toFixed(9))));

export const readPoint = (text: string): Float64Array => Float64Array.from(JSON.parse(text) as number[]);

/**
 * A trial's point: as the sampler recorded it, which says more than the configuration where values are on a grid or a parameter is not
 * active. Where nothing is recorded, or it does not give the trial's configuration because the space has changed since, from the
 * configuration; 1/2 for what is not active.
 */
export function pointOf({ params, attributes }: Trial, axes: readonly Parameter[], attribute: string): Float64Array {
  const text = attributes[attribute];
  const recorded = typeof text === 'string' ? readPoint(text) : undefined;
  const agrees = ({ name, distribution }: Parameter, i: number): boolean =>
    !(name in params) || (recorded !== undefined && decodeValue(distribution, recorded[i]) === params[name]);
  if (recorded?.length === axes.length && axes.every(agrees)) return recorded;
  return Float64Array.from(axes, ({ name, distribution }) =>
    name in params ? encodeValue(distribution, params[name]) : 0.5,
  );
}
