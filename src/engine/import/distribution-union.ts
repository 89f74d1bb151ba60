import type { Distribution, FloatDistribution, IntDistribution, Value } from '../../shared/space.ts';
import { listedValues } from '../space/distribution.ts';

type Range = FloatDistribution | IntDistribution;

/**
 * The narrowest distribution that holds what either holds: ranges are joined, choices added at the end. A logarithm or a step stays only
 * where both have it and the step's grid is the same; whole numbers and fractions together are fractions; numbers and choices together
 * are the choices, to which `values` (those that were seen) are added.
 */
export function uniteDistributions(a: Distribution, b: Distribution, values: readonly Value[]): Distribution {
  const [first, second] = [listedValues(a), listedValues(b)];
  if (!first && !second) return uniteRanges(a as Range, b as Range);
  const choices = [...new Set([...(first ?? []), ...(second ?? []), ...values])];
  const ordered = a.type === 'ordinal' && b.type === 'ordinal' && choices.length === a.choices.length;
  return { type: ordered ? 'ordinal' : 'categorical', choices };
}

function uniteRanges(a: Range, b: Range): Range {
  const type = a.type === 'int' && b.type === 'int' ? 'int' : 'float';
  const log = a.log === true && b.log === true;
  const step = a.step !== undefined && a.step === b.step && isWhole((a.low - b.low) / a.step) ? a.step : undefined;
  return {
    type,
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
    ...(log && { log }),
    ...(step !== undefined && { step }),
  };
}

const isWhole = (number: number): boolean =>
  Math.abs(number - Math.round(number)) < 1e-9 * Math.max(1, Math.abs(number));

/** Values whose highest is more than this many times their lowest are taken to have been drawn on a logarithmic scale. */
const logarithmicSpan = 100;

/**
 * A distribution that holds the values that were seen, where nothing says what could have been: the range of numbers, logarithmic where it
 * spans more than two powers of ten above 0, or the choices in the order in which they came.
 */
export function observedDistribution(values: readonly Value[]): Distribution {
  if (!values.every((value) => typeof value === 'number'))
    return { type: 'categorical', choices: [...new Set(values)] };
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const log = low > 0 && high / low > logarithmicSpan;
  return { type: values.every(Number.isSafeInteger) ? 'int' : 'float', low, high, ...(log && { log }) };
}
