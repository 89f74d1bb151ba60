import type { Condition, Distribution, Params, Space } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { numericAxis } from '../../space/axis.ts';
import { contains, isCategorical, size, valuesOf } from '../../space/distribution.ts';
import { decode, decodeValue, encodeValue } from '../../space/encoding.ts';

/** Grids of more values are searched as if they were continuous, and only their ends are rounded. */
const mostListed = 1024;

/** One side of the cube. */
interface Side {
  readonly kind: 'continuous' | 'grid' | 'choice';
  readonly distribution: Distribution;
  /** Coordinates of the values, ascending, where they can be listed. */
  readonly listed?: Float64Array;
  readonly when: readonly Demand[];
}

/** A coordinate that must be one of these. */
interface Demand {
  readonly side: number;
  readonly among: ReadonlySet<number>;
}

/**
 * A space seen from its unit cube, for searches that try thousands of points: which points stand for configurations, and what lies
 * next to them. Points are those of `space/encoding.ts`: NaN where a parameter is not active.
 */
export class Cube {
  readonly space: Space;
  readonly sides: readonly Side[];
  readonly #forbidden: readonly (readonly Demand[])[];

  constructor(space: Space) {
    this.space = space;
    const places = new Map(space.parameters.map(({ name }, i) => [name, i]));
    const demands = (conditions: readonly Condition[]) =>
      conditions.map(({ parameter, oneOf }): Demand => {
        const side = places.get(parameter) as number;
        const { distribution } = space.parameters[side];
        const possible = oneOf.filter((value) => contains(distribution, value));
        return { side, among: new Set(possible.map((value) => encodeValue(distribution, value))) };
      });
    this.sides = space.parameters.map(({ distribution, when = [] }) => ({
      kind: kindOf(distribution),
      distribution,
      ...(size(distribution) <= mostListed && { listed: listed(distribution) }),
      when: demands(when),
    }));
    this.#forbidden = (space.forbidden ?? []).map(demands);
  }

  /**
   * Moves a point without NaN to the configuration that holds it: each coordinate to its cell's value, NaN where not active.
   * Gives back whether the configuration is allowed.
   */
  settle(point: Float64Array): boolean {
    for (let i = 0; i < this.sides.length; i++) {
      const side = this.sides[i];
      point[i] = holds(side.when, point) ? settled(side, point[i]) : Number.NaN;
    }
    return !this.#forbidden.some((combination) => holds(combination, point));
  }

  /** A copy with a uniform draw in place of each NaN, to be changed and settled. */
  opened(point: Float64Array, random: Random): Float64Array {
    const open = point.slice();
    for (let i = 0; i < open.length; i++) if (Number.isNaN(open[i])) open[i] = random.uniform();
    return open;
  }

  /** The configuration of a settled point. */
  params(point: Float64Array): Params {
    return decode(this.space, point);
  }

  /** Settled points that differ from this one in one parameter, and in those that it opens or closes. */
  neighbours(point: Float64Array, steps: Steps, random: Random): Float64Array[] {
    const near: Float64Array[] = [];
    for (let i = 0; i < this.sides.length; i++) {
      if (Number.isNaN(point[i])) continue;
      for (const coordinate of movesOf(this.sides[i], point[i], steps, random)) {
        const moved = this.opened(point, random);
        moved[i] = coordinate;
        if (this.settle(moved)) near.push(moved);
      }
    }
    return near;
  }
}

/** How far a search looks along one side. */
export interface Steps {
  /** Standard deviations of normal steps on continuous sides and long grids, in units of the cube. */
  readonly deviations: readonly number[];
  /** Values of a choice or a short grid that are tried; all where there are no more. */
  readonly values: number;
}

function kindOf(distribution: Distribution): Side['kind'] {
  if (isCategorical(distribution)) return 'choice';
  return Number.isFinite(numericAxis(distribution).count) ? 'grid' : 'continuous';
}

const listed = (distribution: Distribution): Float64Array =>
  Float64Array.from(valuesOf(distribution), (value) => encodeValue(distribution, value));

const holds = (demands: readonly Demand[], point: Float64Array): boolean =>
  demands.every(({ side, among }) => among.has(point[side]));

function settled({ kind, distribution, listed }: Side, coordinate: number): number {
  if (listed) return listed[kind === 'choice' ? placeOf(coordinate, listed.length) : nearest(listed, coordinate)];
  if (kind === 'continuous') return Math.min(1, Math.max(0, coordinate));
  return encodeValue(distribution, decodeValue(distribution, coordinate));
}

const placeOf = (coordinate: number, count: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor(coordinate * count)));

/** Index of the closest of ascending numbers. */
export function nearest(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle;
  }
  return value - ascending[low] <= ascending[high] - value ? low : high;
}

/** Coordinates to move to: other values of a choice, those next in a grid, normal steps. */
function movesOf({ kind, listed }: Side, from: number, { deviations, values }: Steps, random: Random): number[] {
  const steps = () => deviations.map((deviation) => from + deviation * random.normal());
  if (!listed) return steps();
  const place = kind === 'choice' ? placeOf(from, listed.length) : nearest(listed, from);
  if (listed.length - 1 <= values) return [...listed].filter((_, i) => i !== place);
  if (kind === 'choice') return Array.from({ length: values }, () => listed[otherThan(place, listed.length, random)]);
  const next = [listed[place - 1], listed[place + 1]].filter((coordinate) => coordinate !== undefined);
  return [...next, ...steps()];
}

const otherThan = (place: number, count: number, random: Random): number =>
  (place + 1 + random.integer(count - 1)) % count;
