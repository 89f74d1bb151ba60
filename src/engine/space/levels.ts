import type { Distribution, Space, Value } from '../../shared/space.ts';
import { numericAxis } from './axis.ts';
import { fromNumber, listedValues, size, toNumber, valuesOf } from './distribution.ts';

/**
 * The space with at most so many values of every range, evenly along its axis from end to end; ranges with fewer values and lists keep
 * all of theirs. Values that a condition or a forbidden combination names are among them, so that what depends on them is reached.
 * A continuous range is a list of choices then, in order.
 */
export function withLevels({ parameters, forbidden }: Space, levels: number): Space {
  const conditions = [...parameters.flatMap(({ when }) => when ?? []), ...(forbidden ?? []).flat()];
  const named = (name: string) =>
    conditions.filter(({ parameter }) => parameter === name).flatMap(({ oneOf }) => oneOf);
  return {
    parameters: parameters.map((parameter) => ({
      ...parameter,
      distribution: levelsOf(parameter.distribution, levels, named(parameter.name)),
    })),
    ...(forbidden && { forbidden }),
  };
}

function levelsOf(distribution: Distribution, levels: number, named: readonly Value[]): Distribution {
  if (listedValues(distribution)) return distribution;
  if (size(distribution) <= levels) return { type: 'ordinal', choices: valuesOf(distribution) };
  if (distribution.type !== 'float' && distribution.type !== 'int') return distribution;
  const { low, high, toPosition, toValue } = numericAxis(distribution);
  const [from, to] = [distribution.low, distribution.high].map(toPosition);
  const even = Array.from({ length: levels }, (_, i) =>
    fromNumber(distribution, toValue(Math.min(high, Math.max(low, from + (i / (levels - 1)) * (to - from))))),
  );
  const choices = [...new Set([...even, ...named])];
  return { type: 'ordinal', choices: choices.sort((a, b) => toNumber(distribution, a) - toNumber(distribution, b)) };
}
