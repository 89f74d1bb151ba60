import type { Params, Space, Value } from '../../shared/space.ts';
import { isActive, isForbidden } from './conditions.ts';
import { size, valuesOf } from './distribution.ts';

/**
 * Number of different configurations that are not forbidden; Infinity where an active parameter is continuous. Values of a parameter that no condition
 * or forbidden combination tells apart are counted together, so that a wide grid costs no more than the values its conditions name.
 * @param given only configurations with these values are counted
 */
export function spaceSize(space: Space, given: Params = {}): number {
  const mentioned = new Map<string, Set<Value>>();
  const conditions = [...space.parameters.flatMap(({ when }) => when ?? []), ...(space.forbidden ?? []).flat()];
  for (const condition of conditions) {
    const values = mentioned.get(condition.parameter) ?? new Set();
    for (const value of condition.oneOf) values.add(value);
    mentioned.set(condition.parameter, values);
  }
  const count = (i: number, params: Params): number => {
    if (i === space.parameters.length) return isForbidden(space, params) ? 0 : 1;
    const { name, distribution } = space.parameters[i];
    if (!isActive(space.parameters[i], params)) return count(i + 1, params);
    if (name in given) return count(i + 1, { ...params, [name]: given[name] });
    const values = mentioned.get(name) ?? new Set();
    const others = size(distribution) - values.size;
    // A parameter that decides nothing keeps no value: all that matters is that it multiplies.
    const rest = others > 0 ? count(i + 1, params) : 0;
    let total = rest > 0 ? others * rest : 0;
    for (const value of values) total += count(i + 1, { ...params, [name]: value });
    return total;
  };
  return count(0, {});
}

/** Every configuration of a finite space that is not forbidden, in the order of its parameters' values, the last varying fastest. */
export function* configurations(space: Space, i = 0, params: Params = {}): Generator<Params> {
  if (i === space.parameters.length) {
    if (!isForbidden(space, params)) yield params;
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
