import type { CategoricalDistribution, Distribution, Value } from '../../shared/space.ts';
import type { Random } from '../random.ts';
import { type Numeric, numericAxis } from './axis.ts';

export const isCategorical = (distribution: Distribution): distribution is CategoricalDistribution =>
  distribution.type === 'categorical';

/** Distributions that list their values; undefined for ranges. */
export const listedValues = (distribution: Distribution): readonly Value[] | undefined =>
  distribution.type === 'categorical' || distribution.type === 'ordinal' ? distribution.choices : undefined;

/** Whether the value is one that the distribution can give; numbers on a grid within a billionth of a step. */
export function contains(distribution: Distribution, value: Value): boolean {
  if (distribution.type === 'categorical' || distribution.type === 'ordinal')
    return distribution.choices.includes(value);
  if (typeof value !== 'number' || !(value >= distribution.low && value <= distribution.high)) return false;
  const { step } = numericAxis(distribution);
  if (step === undefined) return true;
  const steps = (value - distribution.low) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
}

/** Number of values; Infinity for a continuous range that is not a single point. */
export function size(distribution: Distribution): number {
  return isCategorical(distribution) ? distribution.choices.length : numericAxis(distribution).count;
}

/** Every value of a finite distribution, in order. Throws a RangeError for a continuous one. */
export function valuesOf(distribution: Distribution): readonly Value[] {
  if (isCategorical(distribution)) return distribution.choices;
  const axis = numericAxis(distribution);
  if (!Number.isFinite(axis.count)) throw new RangeError('a continuous range has no list of values');
  return Array.from({ length: axis.count }, (_, i) => fromNumber(distribution, axis.valueAt(i)));
}

/** A value drawn uniformly: over the choices, over the range, or over its logarithm; each grid point owns half a step to either side. */
export function sampleValue(distribution: Distribution, random: Random): Value {
  if (isCategorical(distribution)) return distribution.choices[random.integer(distribution.choices.length)];
  const axis = numericAxis(distribution);
  return fromNumber(distribution, axis.toValue(axis.low + random.uniform() * (axis.high - axis.low)));
}

/** A value as its axis counts it: a number itself, an ordered choice its place among the choices. */
export const toNumber = (distribution: Numeric, value: Value): number =>
  distribution.type === 'ordinal' ? distribution.choices.indexOf(value) : (value as number);

/** The value that an axis counts as this number. */
export const fromNumber = (distribution: Numeric, number: number): Value =>
  distribution.type === 'ordinal' ? distribution.choices[number] : number;
