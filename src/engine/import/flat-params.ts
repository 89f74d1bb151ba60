import type { Value } from '../../shared/space.ts';
import { isObject } from './python-json.ts';
import { asValue } from './trial-facts.ts';

/** Parameters that another program nests, by their paths: `{ optimizer: { name: 'sgd' } }` is `optimizer/name`, as Ray writes it in its tables. */
export function flatParams(params: object, prefix = ''): Record<string, Value> {
  const flat: Record<string, Value> = {};
  for (const [name, value] of Object.entries(params)) {
    if (isObject(value)) Object.assign(flat, flatParams(value, `${prefix}${name}/`));
    else flat[`${prefix}${name}`] = asValue(value);
  }
  return flat;
}
