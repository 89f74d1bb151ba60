import { UserError } from '../../../../shared/faults.ts';
import type { Distribution, Parameter, Params, Space, Value } from '../../../../shared/space.ts';
import { numericAxis } from '../../../space/axis.ts';
import { isActive } from '../../../space/conditions.ts';
import { contains, isCategorical, size, toNumber, valuesOf } from '../../../space/distribution.ts';
import { encodeValue } from '../../../space/encoding.ts';

/** How a parameter's values are spread within a branch, as masses that sum to 1. */
export interface Side {
  /** Mass of the coordinates above `low` and up to `high`. */
  between(low: number, high: number): number;
  /** Categorical: mass of each choice. */
  readonly choices?: Float64Array;
}

/** A part of the space in which the same parameters are active, so that it is a plain product of its sides. */
export interface SpaceBranch {
  readonly probability: number;
  /** [parameters] undefined where not active. */
  readonly sides: readonly (Side | undefined)[];
}

/** More values are taken for a continuous range, and more branches are not looked at. */
const [mostListed, mostBranches] = [1024, 4096];

/**
 * The space in parts without conditions: one for each way in which the values that conditions name can fall. Values are uniform on their
 * axes, as they are drawn; forbidden combinations are counted in.
 * Throws a UserError `importance-branches` where there are more than 4,096.
 */
export function branchesOf(space: Space): SpaceBranch[] {
  const named = new Map<string, Set<Value>>();
  for (const { parameter, oneOf } of space.parameters.flatMap(({ when }) => when ?? [])) {
    const values = named.get(parameter) ?? new Set();
    for (const value of oneOf) values.add(value);
    named.set(parameter, values);
  }
  const branches: SpaceBranch[] = [];
  const grow = (i: number, params: Params, probability: number, sides: readonly (Side | undefined)[]): void => {
    if (branches.length > mostBranches) throw tooMany();
    if (i === space.parameters.length) {
      branches.push({ probability, sides });
      return;
    }
    const parameter = space.parameters[i];
    if (!isActive(parameter, params)) {
      grow(i + 1, params, probability, [...sides, undefined]);
      return;
    }
    for (const { mass, side, value } of partsOf(parameter, named.get(parameter.name))) {
      const known = value === undefined ? params : { ...params, [parameter.name]: value };
      grow(i + 1, known, probability * mass, [...sides, side]);
    }
  };
  grow(0, {}, 1, []);
  return branches;
}

/** A part of a parameter's values: one that a condition names, or all the others (`value` undefined). */
interface Part {
  readonly mass: number;
  readonly side: Side;
  readonly value?: Value;
}

function partsOf({ distribution }: Parameter, named: ReadonlySet<Value> | undefined): Part[] {
  if (size(distribution) > mostListed) return [{ mass: 1, side: uniform }];
  const values = valuesOf(distribution);
  const masses = Float64Array.from(values, (value) => massOf(distribution, value));
  const part = (belongs: (value: Value) => boolean, value?: Value): Part => {
    const own = masses.map((mass, i) => (belongs(values[i]) ? mass : 0));
    const mass = own.reduce((sum, of) => sum + of, 0);
    return {
      mass,
      side: listedSide(
        distribution,
        values,
        own.map((of) => of / mass),
      ),
      value,
    };
  };
  const alone = [...(named ?? [])].filter((value) => contains(distribution, value));
  const parts = alone.map((value) => part((other) => other === value, value));
  if (alone.length === values.length) return parts;
  return [...parts, part((value) => !alone.includes(value))];
}

/** Share of the axis that the value's cell has. */
function massOf(distribution: Distribution, value: Value): number {
  if (isCategorical(distribution)) return 1 / distribution.choices.length;
  const axis = numericAxis(distribution);
  if (axis.count === 1) return 1;
  const [from, to] = axis.cell(toNumber(distribution, value));
  return (to - from) / (axis.high - axis.low);
}

const clipped = (at: number) => Math.min(1, Math.max(0, at));
const uniform: Side = { between: (low, high) => Math.max(0, clipped(high) - clipped(low)) };

function listedSide(distribution: Distribution, values: readonly Value[], masses: Float64Array): Side {
  const coordinates = values.map((value) => encodeValue(distribution, value));
  const sums = new Float64Array(masses.length + 1);
  for (const [i, mass] of masses.entries()) sums[i + 1] = sums[i] + mass;
  const upTo = (at: number) => sums[countUpTo(coordinates, at)];
  return {
    between: (low, high) => Math.max(0, upTo(high) - upTo(low)),
    ...(isCategorical(distribution) && { choices: masses }),
  };
}

/** Number of the ascending coordinates that are not above the given one. */
function countUpTo(ascending: readonly number[], at: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const tooMany = () =>
  new UserError('importance-branches', `the conditions part the space into more than ${mostBranches} branches.`, {
    advice: "Use the method 'ped-anova': it looks at one parameter at a time.",
  });
