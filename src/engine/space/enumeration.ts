import type { Params, Space, Value } from '../../shared/space.ts';
import { isActive } from './conditions.ts';
import { size, valuesOf } from './distribution.ts';

/**
 * Number of different configurations; Infinity where an active parameter is continuous. Values of a parameter that no condition
 * tells apart are counted together, so that a wide grid costs no more than the values its conditions name.
 */
export function spaceSize(space: Space): number {
  const mentioned = new Map<string, Set<Value>>();
  for (const condition of space.parameters.flatMap(({ when }) => when ?? [])) {
    const values = mentioned.get(condition.parameter) ?? new Set();
    for (const value of condition.oneOf) values.add(value);
    mentioned.set(condition.parameter, values);
  }
  const count = (i: number, params: Params): number => {
    if (i === space.parameters.length) return 1;
    const { name, distribution } = space.parameters[i];
    if (!isActive(space.parameters[i], params)) return count(i + 1, params);
    const values = mentioned.get(name) ?? new Set();
    const others = size(distribution) - values.size;
    // A parameter that decides nothing keeps no value: all that matters is that it multiplies.
    let total = others > 0 ? others * count(i + 1, params) : 0;
    for (const value of values) total += count(i + 1, { ...params, [name]: value });
    return total;
  };
  return count(0, {});
}

/** Every configuration of a finite space, in the order of its parameters' values, the last varying fastest. */
export function* configurations(space: Space, i = 0, params: Params = {}): Generator<Params> {
  if (i === space.parameters.length) {
    yield params;
    return;
  }
  const parameter = space.parameters[i];
  if (!isActive(parameter, params)) {
    yield* configurations(space, i + 1, params);
    return;
  }
  for (const value of valuesOf(parameter.distribution)) {
    yield* configurations(space, i + 1, { ...params, [parameter.name]: value });
  }
}
