import type { Parameter, Params, Space, Value } from '../../shared/space.ts';

/** Whether all of a parameter's conditions hold; one on a parameter without a value does not. */
export const isActive = (parameter: Parameter, params: Params): boolean =>
  (parameter.when ?? []).every(({ parameter: name, oneOf }) => name in params && oneOf.includes(params[name]));

/** Whether a configuration, or what is known of one, holds a combination that must not be tried. */
export const isForbidden = ({ forbidden = [] }: Space, params: Params): boolean =>
  forbidden.some((combination) =>
    combination.every(({ parameter, oneOf }) => parameter in params && oneOf.includes(params[parameter])),
  );

/** The parameters that exist in a configuration, in the space's order. */
export function activeParameters(space: Space, params: Params): Parameter[] {
  const active: Record<string, Value> = {};
  return space.parameters.filter((parameter) => {
    if (!isActive(parameter, active)) return false;
    if (parameter.name in params) active[parameter.name] = params[parameter.name];
    return true;
  });
}

/** A configuration made parameter by parameter: only active ones are asked for, each knowing the values before it. */
export function configure(space: Space, choose: (parameter: Parameter, before: Params) => Value): Params {
  const params: Record<string, Value> = {};
  for (const parameter of space.parameters) {
    if (isActive(parameter, params)) params[parameter.name] = choose(parameter, params);
  }
  return params;
}
