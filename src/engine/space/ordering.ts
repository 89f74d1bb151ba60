import { UserError } from '../../shared/faults.ts';
import type { Parameter } from '../../shared/space.ts';

/**
 * Parameters in an order in which every condition speaks of an earlier one, otherwise as given.
 * Throws a UserError `space-condition-circle` where there is no such order. Conditions must name existing parameters.
 */
export function orderByConditions(parameters: readonly Parameter[]): Parameter[] {
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const ordered = new Set<Parameter>();
  const place = (parameter: Parameter, path: readonly string[]): void => {
    if (ordered.has(parameter)) return;
    if (path.includes(parameter.name)) throw circle([...path.slice(path.indexOf(parameter.name)), parameter.name]);
    for (const condition of parameter.when ?? []) {
      place(byName.get(condition.parameter) as Parameter, [...path, parameter.name]);
    }
    ordered.add(parameter);
  };
  for (const parameter of parameters) place(parameter, []);
  return [...ordered];
}

const circle = (names: readonly string[]) =>
  new UserError('space-condition-circle', `conditions must not go in a circle; got ${names.join(' -> ')}.`, {
    advice: `Take one of the 'when' conditions away.`,
  });
